/* Several things wrong at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_PLUGIN .version = "one"
#define ZOO_X .shape = "n x"
#define ZOO_FACTOR .default_text = "-1"
#include "tests/zoo/zoo.h"
