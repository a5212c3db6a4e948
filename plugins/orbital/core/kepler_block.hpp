// The block of Kepler equations that a kernel takes at once, and the kernels there are.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace orrery::orbital::detail {

inline constexpr std::size_t kepler_block_size = 256;

// What the kernels take; other rows are left to slower means.
inline constexpr double kernel_least_mean = 0x1p-450;
inline constexpr double kernel_most_mean = 0x1p30;
inline constexpr double kernel_least_one_minus_e = 0x1p-300;

/// Rows of elliptic equations, column by column. Anything may stand in a row.
struct KeplerBlock {
  std::size_t size = 0;                 ///< a multiple of 16, at most kepler_block_size
  const double* mean = nullptr;         ///< [rad] M
  const double* e = nullptr;            ///< e
  const double* one_minus_e = nullptr;  ///< 1 - e, the exact one of the two where it is at most 1/2; null: from e
  double* anomaly = nullptr;            ///< [rad] E, the double nearest to it; anything where undecided
  std::uint16_t* undecided = nullptr;   ///< the rows left undecided; kepler_block_size of them
  double* residual = nullptr;           ///< [rad] E - e sin E - M at the anomaly
};

/// One instruction set's kernel. Every one gives the same bits in the rows that two of them decide.
struct KeplerKernel {
  const char* name = "";
  /// Fills `anomaly` and `undecided`. @returns the number of rows left undecided: those outside the ranges above, those
  /// that are no ellipse, and those where numbers within the error bound round to different doubles
  std::size_t (*solve)(const KeplerBlock& block) = nullptr;
  /// Fills `residual` from `anomaly`, for rows within the ranges above. @accuracy 2^-60 of M (measured)
  void (*find_residual)(const KeplerBlock& block) = nullptr;
};

/// Whether a kernel takes a row.
inline bool kernel_takes(double mean, double e, double one_minus_e) {
  const double size = mean < 0.0 ? -mean : mean;
  return size >= kernel_least_mean && size <= kernel_most_mean && e >= 0.0 && e <= 1.0 &&
         one_minus_e >= kernel_least_one_minus_e;
}

/// The kernels that this machine can run, the quickest last.
std::span<const KeplerKernel> kepler_kernels();

}  // namespace orrery::orbital::detail

namespace orrery::orbital::baseline {
std::size_t solve_ellipses(const detail::KeplerBlock& block);
void find_residuals(const detail::KeplerBlock& block);
}  // namespace orrery::orbital::baseline
namespace orrery::orbital::avx2 {
std::size_t solve_ellipses(const detail::KeplerBlock& block);
void find_residuals(const detail::KeplerBlock& block);
}  // namespace orrery::orbital::avx2
namespace orrery::orbital::avx512 {
std::size_t solve_ellipses(const detail::KeplerBlock& block);
void find_residuals(const detail::KeplerBlock& block);
}  // namespace orrery::orbital::avx512
