// Which of the compiled kernels of closed orbits this machine can run.
// SPDX-License-Identifier: Apache-2.0
// The kernels' sources are named in orbit_kernel.hpp.
#include <array>

#include "plugins/orbital/core/instruction_sets.hpp"
#include "plugins/orbital/core/orbit_block.hpp"

namespace orrery::orbital::detail {

namespace {

struct Kernels {
  std::array<OrbitKernel, 3> list;
  std::size_t count = 0;

  void add(const OrbitKernel& kernel) { list[count++] = kernel; }
};

Kernels runnable() {
  Kernels kernels;
  kernels.add({"baseline", baseline::prepare_orbits, baseline::move_bodies});
#ifdef ORRERY_ORBITAL_X86
  if (has_avx2_and_fma()) kernels.add({"avx2", avx2::prepare_orbits, avx2::move_bodies});
  if (has_avx512()) kernels.add({"avx512", avx512::prepare_orbits, avx512::move_bodies});
#endif
  return kernels;
}

}  // namespace

std::span<const OrbitKernel> orbit_kernels() {
  static const Kernels kernels = runnable();
  return {kernels.list.data(), kernels.count};
}

}  // namespace orrery::orbital::detail
