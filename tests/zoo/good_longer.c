/* From a newer SDK whose structs have grown: good, since what is new is only read by those who know it.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .struct_size = sizeof(orrery_plugin) + 64
#define ZOO_OPERATION .struct_size = sizeof(orrery_operation) + 64
#include "tests/zoo/zoo.h"
