// The elliptic Kepler kernel for the instruction set avx2.
// SPDX-License-Identifier: Apache-2.0
// The sources are named in the kernel, kepler_kernel.hpp.
#ifdef __AVX2__  // the build gives this file its flags, on a machine that has such instructions
#define ORRERY_SIMD avx2
#include "plugins/orbital/core/kepler_kernel.hpp"
#endif
