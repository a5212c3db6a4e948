/* Needs a function that nobody has.
 * SPDX-License-Identifier: Apache-2.0
 */
void function_that_nobody_has(void);
#include "tests/zoo/zoo.h"

__attribute__((constructor)) static void call(void) { function_that_nobody_has(); }
