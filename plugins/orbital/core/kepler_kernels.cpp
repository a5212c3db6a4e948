// Which of the compiled kernels this machine can run.
// SPDX-License-Identifier: Apache-2.0
// The kernels' sources are named in kepler_kernel.hpp.
#include <array>

#include "plugins/orbital/core/instruction_sets.hpp"
#include "plugins/orbital/core/kepler_block.hpp"

namespace orrery::orbital::detail {

namespace {

struct Kernels {
  std::array<KeplerKernel, 3> list;
  std::size_t count = 0;

  void add(const KeplerKernel& kernel) { list[count++] = kernel; }
};

Kernels runnable() {
  Kernels kernels;
  kernels.add({"baseline", baseline::solve_ellipses, baseline::find_residuals});
#ifdef ORRERY_ORBITAL_X86
  if (has_avx2_and_fma()) kernels.add({"avx2", avx2::solve_ellipses, avx2::find_residuals});
  if (has_avx512()) kernels.add({"avx512", avx512::solve_ellipses, avx512::find_residuals});
#endif
  return kernels;
}

}  // namespace

std::span<const KeplerKernel> kepler_kernels() {
  static const Kernels kernels = runnable();
  return {kernels.list.data(), kernels.count};
}

}  // namespace orrery::orbital::detail
