/* A default outside of its range.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .default_text = "2"
#include "tests/zoo/zoo.h"
