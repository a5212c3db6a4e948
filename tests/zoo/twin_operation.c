/* Two operations of one name.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_OPERATIONS &scale, &scale
#include "tests/zoo/zoo.h"
