/* A documentation with an escape sequence for terminals.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .doc = "\033]0;pwned\007"
#include "tests/zoo/zoo.h"
