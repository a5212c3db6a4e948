/* Its descriptor is shorter than any version of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .struct_size = 40
#include "tests/zoo/zoo.h"
