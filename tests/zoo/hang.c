/* Never finishes loading, and says so.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <unistd.h>

#include "tests/zoo/zoo.h"

__attribute__((constructor)) static void hang(void) {
  fputs("waiting for a licence server\n", stderr);
  for (;;) sleep(1);
}
