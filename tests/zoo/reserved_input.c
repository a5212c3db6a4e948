/* An input that is named like a key of a step.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .name = "after"
#include "tests/zoo/zoo.h"
