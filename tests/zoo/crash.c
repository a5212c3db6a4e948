/* Crashes while it is loaded.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>

#include "tests/zoo/zoo.h"

/* Read at run time: a compiler that sees the null pointer may drop the store. */
static volatile int* volatile nowhere = NULL;

__attribute__((constructor)) static void crash(void) { *nowhere = 1; }
