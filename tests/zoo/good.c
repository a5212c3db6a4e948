/* The good plugin that the others spoil.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tests/zoo/zoo.h"
