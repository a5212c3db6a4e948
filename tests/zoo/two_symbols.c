/* Exports helpers beside the descriptor.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tests/zoo/zoo.h"
__attribute__((visibility("default"))) int helper_a = 1, helper_b = 2, helper_c = 3, helper_d = 4, helper_e = 5;
