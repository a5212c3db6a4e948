/* Ends the process while it is loaded, as if all were well.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "tests/zoo/zoo.h"

__attribute__((constructor)) static void leave(void) { exit(0); }
