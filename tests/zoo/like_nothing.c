/* An output that follows an input which does not exist.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_Y .dtype_like = "z"
#include "tests/zoo/zoo.h"
