/* Built for another version of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .abi_major = 7, .abi_minor = 3
#include "tests/zoo/zoo.h"
