/* An operation that is not there.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_OPERATIONS &scale, 0
#include "tests/zoo/zoo.h"
