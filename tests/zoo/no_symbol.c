/* Exports nothing of ours.
 * SPDX-License-Identifier: Apache-2.0
 */
__attribute__((visibility("default"))) int answer(void);
int answer(void) { return 42; }
