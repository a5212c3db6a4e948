/* Good but for its link flags, which flush small numbers to zero in the whole process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tests/zoo/zoo.h"
