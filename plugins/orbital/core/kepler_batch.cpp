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

/// A block's columns: where they stand, or copied if they must be filled up, taken apart, or kept from being
/// overwritten.
class Block {
 public:
  explicit Block(const KeplerBatch& results) : results_(results) {}

  /// Rows [begin, begin + rows) of a batch with an eccentricity for each row, or one for all.
  template <class E>
  void place(std::span<const double> mean, std::span<const E> eccentricity, std::size_t begin, std::size_t rows) {
    begin_ = begin;
    rows_ = rows;
    place_mean(mean);
    place_eccentricity(eccentricity);
    const bool whole = rows == kepler_block_size;
    columns_.anomaly = whole && !results_.anomaly.empty() ? results_.anomaly.data() + begin : anomaly_;
    columns_.residual = whole && !results_.residual.empty() ? results_.residual.data() + begin : residual_;
    columns_.undecided = undecided_;
  }

  /// @returns the number of rows that failed
  std::size_t solve(const detail::KeplerKernel& kernel) {
    const std::size_t foreign = settle(kernel.solve(columns_));
    if (!results_.residual.empty()) kernel.find_residual(columns_);
    deliver();
    std::size_t failed = 0;
    for (std::size_t k = 0; k < foreign; ++k) {
      const std::size_t i = undecided_[k];
      if (i >= rows_) continue;
      const KeplerSolution row = solve_kepler(columns_.mean[i], eccentricity(i));
      write(results_, begin_ + i, row);
      failed += row.ok() ? 0 : 1;
    }
    return failed;
  }

 private:
  // Inputs are copied, so that outputs may stand in their place.
  void place_mean(std::span<const double> mean) {
    constexpr std::size_t most_lanes = 16;
    columns_.size = (rows_ + most_lanes - 1) / most_lanes * most_lanes;
    columns_.mean = mean_;
    std::copy_n(mean.data() + begin_, rows_, mean_);
    std::fill(mean_ + rows_, mean_ + columns_.size, 1.0);
  }

  void place_eccentricity(std::span<const double> e) {
    columns_.e = e_;
    columns_.one_minus_e = nullptr;
    if (e.size() > 1) std::copy_n(e.data() + begin_, rows_, e_);
    else std::fill_n(e_, rows_, e[0]);
    std::fill(e_ + rows_, e_ + columns_.size, 0.5);
  }

  void place_eccentricity(std::span<const Eccentricity> eccentricity) {
    columns_.e = e_;
    columns_.one_minus_e = one_minus_e_;
    for (std::size_t i = 0; i < columns_.size; ++i) {
      const Eccentricity given =
          i >= rows_ ? Eccentricity{0.5, 0.5} : eccentricity[eccentricity.size() == 1 ? 0 : begin_ + i];
      e_[i] = given.e;
      one_minus_e_[i] = given.one_minus_e;
    }
  }

  [[nodiscard]] Eccentricity eccentricity(std::size_t i) const {
    return columns_.one_minus_e ? Eccentricity{columns_.e[i], columns_.one_minus_e[i]}
                                : Eccentricity::from_e(columns_.e[i]);
  }

  /// Decides what the kernel could not. @returns how many rows are left that no kernel takes, listed in front
  std::size_t settle(std::size_t undecided) {
    // A double beside the root is near enough for one more step unless it holds turns, which cost the angle its digits.
    constexpr double no_turns_below = 3.14;
    std::size_t foreign = 0;
    for (std::size_t k = 0; k < undecided; ++k) {
      const std::size_t i = undecided_[k];
      const double mean = columns_.mean[i];
      double& anomaly = columns_.anomaly[i];
      const Eccentricity e = eccentricity(i);
      if (!detail::kernel_takes(mean, e.e, e.one_minus_e)) undecided_[foreign++] = undecided_[k];
      else if (std::fabs(mean) < no_turns_below && std::isfinite(anomaly))
        anomaly = detail::nearest_eccentric_anomaly(mean, e, anomaly);
      else anomaly = eccentric_anomaly(mean, e);
    }
    return foreign;
  }

  void deliver() const {
    if (!results_.anomaly.empty() && columns_.anomaly == anomaly_)
      std::copy_n(anomaly_, rows_, results_.anomaly.data() + begin_);
    if (!results_.residual.empty() && columns_.residual == residual_)
      std::copy_n(residual_, rows_, results_.residual.data() + begin_);
    if (!results_.iterations.empty()) std::fill_n(results_.iterations.data() + begin_, rows_, 1);
    if (!results_.status.empty()) std::fill_n(results_.status.data() + begin_, rows_, KeplerStatus::converged);
  }

  const KeplerBatch& results_;
  detail::KeplerBlock columns_;
  std::size_t begin_ = 0;
  std::size_t rows_ = 0;
  alignas(64) double mean_[kepler_block_size];
  alignas(64) double e_[kepler_block_size];
  alignas(64) double one_minus_e_[kepler_block_size];
  alignas(64) double anomaly_[kepler_block_size];
  alignas(64) double residual_[kepler_block_size];
  std::uint16_t undecided_[kepler_block_size];
};

template <class E>
std::size_t solve_blocks(const detail::KeplerKernel& kernel, std::span<const double> mean_anomaly,
                         std::span<const E> eccentricity, const KeplerBatch& results) {
  Block block(results);
  std::size_t failed = 0;
  for (std::size_t begin = 0; begin < mean_anomaly.size(); begin += kepler_block_size) {
    block.place(mean_anomaly, eccentricity, begin, std::min(kepler_block_size, mean_anomaly.size() - begin));
    failed += block.solve(kernel);
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
