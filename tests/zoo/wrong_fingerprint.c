/* Built against headers that differ.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .abi_fingerprint = 0xfeedu
#include "tests/zoo/zoo.h"
