/* Aborts while it is loaded.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/zoo/zoo.h"

__attribute__((constructor)) static void give_up(void) {
  fputs("no device\n", stderr);
  abort();
}
