/* Two inputs of one name.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .name = "x"
#include "tests/zoo/zoo.h"
