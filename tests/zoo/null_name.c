/* The plugin has no name.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .name = 0
#include "tests/zoo/zoo.h"
