/* Needs a library that is not there.
 * SPDX-License-Identifier: Apache-2.0
 */
int function_of_gone(void);
#include "tests/zoo/zoo.h"

__attribute__((constructor)) static void call(void) { function_of_gone(); }
