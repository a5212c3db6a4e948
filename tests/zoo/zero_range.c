/* A range that a zeroed struct has by accident.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_FACTOR .maximum = 0.0, .default_text = 0
#include "tests/zoo/zoo.h"
