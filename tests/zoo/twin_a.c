/* A plugin of the same name as twin_b, but with another content.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .name = "twin", .title = "The first"
#include "tests/zoo/zoo.h"
