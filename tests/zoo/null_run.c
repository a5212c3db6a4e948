/* An operation without a function.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_OPERATION .run = 0
#include "tests/zoo/zoo.h"
