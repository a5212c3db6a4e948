// The kernel of closed orbits for the instruction set avx512.
// SPDX-License-Identifier: Apache-2.0
// The sources are named in the kernel, orbit_kernel.hpp.
#ifdef __AVX512F__  // the build gives this file its flags, on a machine that has such instructions
#define ORRERY_SIMD avx512
#include "plugins/orbital/core/orbit_kernel.hpp"
#endif
