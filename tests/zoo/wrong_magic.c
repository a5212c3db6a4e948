/* Its descriptor begins with something else.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .magic = 0
#include "tests/zoo/zoo.h"
