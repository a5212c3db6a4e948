// The kernel of closed orbits for every machine.
// SPDX-License-Identifier: Apache-2.0
// The sources are named in the kernel, orbit_kernel.hpp.
#define ORRERY_SIMD baseline
#include "plugins/orbital/core/orbit_kernel.hpp"
