/* A default that is no number.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .default_text = "much"
#include "tests/zoo/zoo.h"
