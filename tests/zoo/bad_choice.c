/* A default that is none of the choices.
 * SPDX-License-Identifier: Apache-2.0
 */
static const char* const choices[] = {"slow", "fast"};
#define ZOO_FACTOR .kind = ORRERY_KIND_TEXT, .choices = choices, .n_choices = 2, .default_text = "medium"
#include "tests/zoo/zoo.h"
