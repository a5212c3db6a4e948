// Blocks of closed orbits for the kernel that moves bodies along them, and the kernels there are.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace orrery::orbital::detail {

inline constexpr std::size_t orbit_block_size = 64;
/// Blocks are filled up to a multiple of this.
inline constexpr std::size_t orbit_block_unit = 16;
inline constexpr std::size_t filled_up(std::size_t rows) {
  return (rows + orbit_block_unit - 1) / orbit_block_unit * orbit_block_unit;
}

/// What an ellipse is to the kernel; quantities of two columns are unevaluated sums. The axes are the unit vector to
/// periapsis and sqrt(1 - e^2) times that of the motion there, n is the mean motion, phase the mean anomaly at the time
/// that callers count from, and speed sqrt(mu/a).
enum class OrbitColumn : std::size_t {
  major_x,
  major_y,
  major_z,
  minor_x,
  minor_y,
  minor_z,
  n,
  n_lo,
  phase,
  phase_lo,
  e,
  e_lo,
  one_minus_e,
  one_minus_e_lo,
  semi_major_axis,
  speed,
  good,  // 1 where the kernel takes the orbit, 0 elsewhere
  count
};

struct OrbitBlock {
  static constexpr std::size_t columns = static_cast<std::size_t>(OrbitColumn::count);
  alignas(64) double value[columns][orbit_block_size];

  double* operator[](OrbitColumn column) { return value[static_cast<std::size_t>(column)]; }
  const double* operator[](OrbitColumn column) const { return value[static_cast<std::size_t>(column)]; }
};

/// States column by column, and what is already known of their orbits.
struct StateBlock {
  std::size_t size = 0;  ///< a multiple of orbit_block_unit, at most orbit_block_size
  alignas(64) double component[6][orbit_block_size];
  alignas(64) double mu[orbit_block_size];
  /// |r|, r . v and 2 mu/r - v^2, each as an unevaluated sum; found from the states unless `known`
  alignas(64) double integral[6][orbit_block_size];
  alignas(64) double since_start[orbit_block_size];  ///< from the start to the time that callers count from
  bool known = false;
};

/// Where bodies get to.
struct ArrivalBlock {
  std::size_t size = 0;    ///< a multiple of orbit_block_unit, at most orbit_block_size
  bool one_orbit = false;  ///< all rows are on the first orbit
  alignas(64) double time[orbit_block_size];
  alignas(64) double component[6][orbit_block_size];
  std::uint8_t good[orbit_block_size];  ///< 0 where the row is left to slower means
};

/// One instruction set's kernel. Every one gives the same bits.
struct OrbitKernel {
  const char* name = "";
  void (*prepare)(const StateBlock& states, OrbitBlock& orbits) = nullptr;
  /// @accuracy 1e-15 of |r| and |v| in rows that are good (measured over 100 periods, 1 - e down to 2^-12)
  void (*move)(const OrbitBlock& orbits, ArrivalBlock& arrivals) = nullptr;
};

/// The kernels that this machine can run, the quickest last.
std::span<const OrbitKernel> orbit_kernels();

}  // namespace orrery::orbital::detail

namespace orrery::orbital::baseline {
void prepare_orbits(const detail::StateBlock& states, detail::OrbitBlock& orbits);
void move_bodies(const detail::OrbitBlock& orbits, detail::ArrivalBlock& arrivals);
}  // namespace orrery::orbital::baseline
namespace orrery::orbital::avx2 {
void prepare_orbits(const detail::StateBlock& states, detail::OrbitBlock& orbits);
void move_bodies(const detail::OrbitBlock& orbits, detail::ArrivalBlock& arrivals);
}  // namespace orrery::orbital::avx2
namespace orrery::orbital::avx512 {
void prepare_orbits(const detail::StateBlock& states, detail::OrbitBlock& orbits);
void move_bodies(const detail::OrbitBlock& orbits, detail::ArrivalBlock& arrivals);
}  // namespace orrery::orbital::avx512
