/* A library that is not where missing_library looks for it.
 * SPDX-License-Identifier: Apache-2.0
 */
__attribute__((visibility("default"))) int function_of_gone(void);
int function_of_gone(void) { return 1; }
