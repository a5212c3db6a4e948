/* More taps than a call has bits for.
 * SPDX-License-Identifier: Apache-2.0
 */
#define ZOO_OPERATION .n_taps = 65
#include "tests/zoo/zoo.h"
