/* A minimum above the maximum.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .minimum = 3.0, .maximum = 2.0, .default_text = 0
#include "tests/zoo/zoo.h"
