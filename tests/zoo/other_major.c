/* A plugin for a later interface, with another symbol.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_SYMBOL orrery_plugin_1
#include "tests/zoo/zoo.h"
