// The inner loops of streaming attention for any machine: multiply-adds in single precision are formed in double.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#define ORRERY_VECTOR_BYTES 16

namespace orrery::attention {
namespace {

typedef float Floats __attribute__((vector_size(16)));
typedef float TwoFloats __attribute__((vector_size(8)));
typedef double Doubles __attribute__((vector_size(16)));
typedef std::int64_t Bits __attribute__((vector_size(16)));

// The product is exact in double; its sum with c, rounded to odd, rounds to float as the exact one does.
inline TwoFloats multiply_add_two(TwoFloats a, TwoFloats b, TwoFloats c) {
  const Doubles product = __builtin_convertvector(a, Doubles) * __builtin_convertvector(b, Doubles);
  const Doubles addend = __builtin_convertvector(c, Doubles);
  const Doubles sum = product + addend;
  const Doubles of_addend = sum - product;
  const Doubles error = (product - (sum - of_addend)) + (addend - of_addend);
  const Bits up = (error > 0.0), down = (error < 0.0);
  const Bits negative = (Bits)sum >> 63 & 1;
  const Bits even = ((Bits)sum & 1) ^ 1;
  // Comparisons are -1 where they hold; of a negative sum the size grows downwards.
  const Bits step = (down - up) * (1 - 2 * negative);
  return __builtin_convertvector((Doubles)((Bits)sum + step * even), TwoFloats);
}

inline Floats multiply_add(Floats a, Floats b, Floats c) {
  const auto low = [](Floats x) { return __builtin_shufflevector(x, x, 0, 1); };
  const auto high = [](Floats x) { return __builtin_shufflevector(x, x, 2, 3); };
  const TwoFloats first = multiply_add_two(low(a), low(b), low(c));
  const TwoFloats second = multiply_add_two(high(a), high(b), high(c));
  return __builtin_shufflevector(first, second, 0, 1, 2, 3);
}
inline Doubles multiply_add(Doubles a, Doubles b, Doubles c) { return a * b + c; }

}  // namespace
}  // namespace orrery::attention

#include "plugins/attention/core/stream_kernel_loops.hpp"

namespace orrery::attention {

const StreamKernels<float>& baseline_kernels(float) { return kernels<float>; }
const StreamKernels<double>& baseline_kernels(double) { return kernels<double>; }

}  // namespace orrery::attention
