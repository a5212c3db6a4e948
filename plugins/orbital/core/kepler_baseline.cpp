// The elliptic Kepler kernel for every machine.
// SPDX-License-Identifier: Apache-2.0
// The sources are named in the kernel, kepler_kernel.hpp.
#define ORRERY_SIMD baseline
#include "plugins/orbital/core/kepler_kernel.hpp"
