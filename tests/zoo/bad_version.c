/* The version of the plugin is not one.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .version = "1.0"
#include "tests/zoo/zoo.h"
