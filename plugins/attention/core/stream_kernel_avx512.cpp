// The inner loops of streaming attention for AVX-512.
// SPDX-License-Identifier: Apache-2.0
#if defined(__AVX512F__)
#include <immintrin.h>

#define ORRERY_VECTOR_BYTES 64

namespace orrery::attention {
namespace {

inline __m512 multiply_add(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
inline __m512d multiply_add(__m512d a, __m512d b, __m512d c) { return a * b + c; }

}  // namespace
}  // namespace orrery::attention

#include "plugins/attention/core/stream_kernel_loops.hpp"

namespace orrery::attention {

const StreamKernels<float>& avx512_kernels(float) { return kernels<float>; }
const StreamKernels<double>& avx512_kernels(double) { return kernels<double>; }

}  // namespace orrery::attention
#else
#include "plugins/attention/core/stream_kernels.hpp"

namespace orrery::attention {

const StreamKernels<float>& avx512_kernels(float) { return baseline_kernels(0.0f); }
const StreamKernels<double>& avx512_kernels(double) { return baseline_kernels(0.0); }

}  // namespace orrery::attention
#endif
