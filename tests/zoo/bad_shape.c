/* A shape that is not a pattern.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_X .shape = "n by 3"
#include "tests/zoo/zoo.h"
