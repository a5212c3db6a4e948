/* A port of a kind that does not exist.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .kind = 9
#include "tests/zoo/zoo.h"
