// Which of the compiled tiles this machine can run.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/product_kernel.hpp"

#include <array>

#include "plugins/matrix/core/product_kernel_builds.hpp"

namespace orrery::matrix::detail {
namespace {

template <class R>
struct Kernels {
  std::array<ProductKernel<R>, 3> list;
  std::size_t count = 0;

  void add(const ProductKernel<R>& kernel) { list[count++] = kernel; }
};

bool has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

bool has_avx512() {
#if defined(__x86_64__)
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

template <class R>
Kernels<R> runnable() {
  constexpr bool single = sizeof(R) == 4;
  Kernels<R> kernels;
  const auto pick = [](auto in_single, auto in_double) {
    if constexpr (single) return in_single;
    else return in_double;
  };
  kernels.add(pick(baseline_float, baseline_double)());
#if defined(__x86_64__)
  if (has_avx2()) kernels.add(pick(avx2_float, avx2_double)());
  if (has_avx512()) kernels.add(pick(avx512_float, avx512_double)());
#endif
  return kernels;
}

}  // namespace

template <class R>
std::span<const ProductKernel<R>> product_kernels() {
  static const Kernels<R> kernels = runnable<R>();
  return {kernels.list.data(), kernels.count};
}

template std::span<const ProductKernel<float>> product_kernels<float>();
template std::span<const ProductKernel<double>> product_kernels<double>();

}  // namespace orrery::matrix::detail
