/* The name of the plugin is not one.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .name = "Zoo\033[31m"
#include "tests/zoo/zoo.h"
