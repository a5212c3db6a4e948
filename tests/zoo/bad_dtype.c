/* An element type that does not exist.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_X .dtypes = 1u << 20
#include "tests/zoo/zoo.h"
