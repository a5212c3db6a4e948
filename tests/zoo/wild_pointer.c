/* A name that points nowhere.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_OPERATION .name = (const char*)16
#include "tests/zoo/zoo.h"
