/* An input of any unit that is named like a unit.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_X .name = "h"
#define ZOO_Y .unit = "1"
#include "tests/zoo/zoo.h"
