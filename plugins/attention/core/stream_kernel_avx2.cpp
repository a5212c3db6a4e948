// The inner loops of streaming attention for AVX2.
// SPDX-License-Identifier: Apache-2.0
#if defined(__FMA__)
#include <immintrin.h>

#define ORRERY_VECTOR_BYTES 32

namespace orrery::attention {
namespace {

inline __m256 multiply_add(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
inline __m256d multiply_add(__m256d a, __m256d b, __m256d c) { return a * b + c; }

}  // namespace
}  // namespace orrery::attention

#include "plugins/attention/core/stream_kernel_loops.hpp"

namespace orrery::attention {

const StreamKernels<float>& avx2_kernels(float) { return kernels<float>; }
const StreamKernels<double>& avx2_kernels(double) { return kernels<double>; }

}  // namespace orrery::attention
#else
#include "plugins/attention/core/stream_kernels.hpp"

namespace orrery::attention {

const StreamKernels<float>& avx2_kernels(float) { return baseline_kernels(0.0f); }
const StreamKernels<double>& avx2_kernels(double) { return baseline_kernels(0.0); }

}  // namespace orrery::attention
#endif
