/* A unit that does not exist.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_Y .unit = "furlong/fortnight"
#include "tests/zoo/zoo.h"
