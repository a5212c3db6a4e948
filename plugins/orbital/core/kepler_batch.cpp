// Many of Kepler's equations at once.
// SPDX-License-Identifier: Apache-2.0
// Ellipses go to the vector kernel of this machine, whose sources are named in kepler_kernel.hpp; rows that it leaves,
// and other conics, to the solvers for one row.
#include "plugins/orbital/core/kepler_batch.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/kepler_nearest.hpp"

namespace orrery::orbital {

namespace {

using detail::kepler_block_size;

Eccentricity as_eccentricity(double e) { return Eccentricity::from_e(e); }
Eccentricity as_eccentricity(Eccentricity eccentricity) { return eccentricity; }

void write(const KeplerBatch& results, std::size_t i, const KeplerSolution& row) {
  if (!results.anomaly.empty()) results.anomaly[i] = row.anomaly;
  if (!results.iterations.empty()) results.iterations[i] = row.iterations;
  if (!results.residual.empty()) results.residual[i] = row.residual;
  if (!results.status.empty()) results.status[i] = row.status;
}

/// Columns for the kernel; what stands beyond the rows that were put in is an easy equation.
class Columns {
 public:
  Columns() {
    std::fill_n(mean_, kepler_block_size, 1.0);
    std::fill_n(e_, kepler_block_size, 0.5);
    std::fill_n(one_minus_e_, kepler_block_size, 0.5);
  }

  void put(std::span<const double> mean) { std::copy(mean.begin(), mean.end(), mean_); }
  void put(std::size_t i, Eccentricity eccentricity) {
    e_[i] = eccentricity.e;
    one_minus_e_[i] = eccentricity.one_minus_e;
  }
  [[nodiscard]] Eccentricity eccentricity(std::size_t i) const { return {e_[i], one_minus_e_[i]}; }
  [[nodiscard]] double mean(std::size_t i) const { return mean_[i]; }
  [[nodiscard]] double& anomaly(std::size_t i) { return anomaly_[i]; }
  [[nodiscard]] double residual(std::size_t i) const { return residual_[i]; }
  [[nodiscard]] std::size_t undecided_row(std::size_t k) const { return undecided_[k]; }

  [[nodiscard]] detail::KeplerBlock block(std::size_t rows) {
    constexpr std::size_t most_lanes = 16;
    const std::size_t size = (rows + most_lanes - 1) / most_lanes * most_lanes;
    return {size, mean_, e_, one_minus_e_, anomaly_, undecided_, residual_};
  }

 private:
  alignas(64) double mean_[kepler_block_size];
  alignas(64) double e_[kepler_block_size];
  alignas(64) double one_minus_e_[kepler_block_size];
  alignas(64) double anomaly_[kepler_block_size];
  alignas(64) double residual_[kepler_block_size];
  std::uint16_t undecided_[kepler_block_size];
};

// A double beside the root is near enough for one more step unless it holds turns, which cost the angle its digits.
constexpr double no_turns_below = 3.14;

/// Solves the block; rows that the kernel does not take are written last, since they stand in no column.
std::size_t solve_block(const detail::KeplerKernel& kernel, Columns& columns, std::size_t begin, std::size_t rows,
                        const KeplerBatch& results) {
  const detail::KeplerBlock block = columns.block(rows);
  const std::size_t undecided = kernel.solve(block);
  std::size_t kept = 0;
  for (std::size_t k = 0; k < undecided; ++k) {
    const std::size_t i = columns.undecided_row(k);
    const Eccentricity e = columns.eccentricity(i);
    if (!detail::kernel_takes(columns.mean(i), e.e, e.one_minus_e)) block.undecided[kept++] = block.undecided[k];
    else if (std::fabs(columns.mean(i)) < no_turns_below && std::isfinite(columns.anomaly(i)))
      columns.anomaly(i) = detail::nearest_eccentric_anomaly(columns.mean(i), e, columns.anomaly(i));
    else columns.anomaly(i) = eccentric_anomaly(columns.mean(i), e);
  }
  if (!results.residual.empty()) kernel.find_residual(block);
  const auto fill = [&](auto target, const auto& value) {
    if (!target.empty()) std::fill_n(target.begin() + static_cast<std::ptrdiff_t>(begin), rows, value);
  };
  if (!results.anomaly.empty()) std::copy_n(block.anomaly, rows, results.anomaly.data() + begin);
  if (!results.residual.empty()) std::copy_n(block.residual, rows, results.residual.data() + begin);
  fill(results.iterations, 1);
  fill(results.status, KeplerStatus::converged);
  std::size_t failed = 0;
  for (std::size_t k = 0; k < kept; ++k) {
    const std::size_t i = columns.undecided_row(k);
    if (i >= rows) continue;
    const KeplerSolution row = solve_kepler(columns.mean(i), columns.eccentricity(i));
    write(results, begin + i, row);
    failed += row.ok() ? 0 : 1;
  }
  return failed;
}

template <class E>
std::size_t solve_blocks(const detail::KeplerKernel& kernel, std::span<const double> mean_anomaly,
                         std::span<const E> eccentricity, const KeplerBatch& results) {
  Columns columns;
  const bool shared = eccentricity.size() == 1;
  if (shared)
    for (std::size_t i = 0; i < kepler_block_size; ++i) columns.put(i, as_eccentricity(eccentricity[0]));
  std::size_t failed = 0;
  for (std::size_t begin = 0; begin < mean_anomaly.size(); begin += kepler_block_size) {
    const std::size_t rows = std::min(kepler_block_size, mean_anomaly.size() - begin);
    columns.put(mean_anomaly.subspan(begin, rows));
    if (!shared)
      for (std::size_t i = 0; i < rows; ++i) columns.put(i, as_eccentricity(eccentricity[begin + i]));
    failed += solve_block(kernel, columns, begin, rows, results);
  }
  return failed;
}

template <class E>
std::size_t solve_rows(std::span<const double> mean_anomaly, std::span<const E> eccentricity,
                       const KeplerOptions& options, const KeplerBatch& results) {
  const std::size_t n = mean_anomaly.size();
  require_size_or_one("eccentricity", eccentricity.size(), n);
  require_size_or_none("anomaly", results.anomaly.size(), n);
  require_size_or_none("iterations", results.iterations.size(), n);
  require_size_or_none("residual", results.residual.size(), n);
  require_size_or_none("status", results.status.size(), n);
  if (options.method == KeplerMethod::automatic)
    return solve_blocks(detail::kepler_kernels().back(), mean_anomaly, eccentricity, results);
  const std::size_t stride = eccentricity.size() == 1 ? 0 : 1;
  std::size_t failed = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const KeplerSolution row = solve_kepler(mean_anomaly[i], as_eccentricity(eccentricity[i * stride]), options);
    write(results, i, row);
    failed += row.ok() ? 0 : 1;
  }
  return failed;
}

}  // namespace

std::size_t solve_kepler(std::span<const double> mean_anomaly, std::span<const Eccentricity> eccentricity,
                         const KeplerOptions& options, const KeplerBatch& results) {
  return solve_rows(mean_anomaly, eccentricity, options, results);
}

std::size_t solve_kepler(std::span<const double> mean_anomaly, std::span<const double> eccentricity,
                         const KeplerOptions& options, const KeplerBatch& results) {
  return solve_rows(mean_anomaly, eccentricity, options, results);
}

std::size_t detail::solve_by_kernel(const KeplerKernel& kernel, std::span<const double> mean_anomaly,
                                    std::span<const Eccentricity> eccentricity, const KeplerBatch& results) {
  return solve_blocks(kernel, mean_anomaly, eccentricity, results);
}

std::size_t detail::solve_by_kernel(const KeplerKernel& kernel, std::span<const double> mean_anomaly,
                                    std::span<const double> eccentricity, const KeplerBatch& results) {
  return solve_blocks(kernel, mean_anomaly, eccentricity, results);
}

}  // namespace orrery::orbital
