// Rows of a batch of propagations, written from results and from blocks of the kernel.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "plugins/orbital/core/propagate.hpp"

namespace orrery::orbital::detail {

inline State state_of(const ArrivalBlock& block, std::size_t i) {
  const auto& c = block.component;
  return {{c[0][i], c[1][i], c[2][i]}, {c[3][i], c[4][i], c[5][i]}};
}

inline bool all_good(const ArrivalBlock& block, std::size_t rows) {
  return std::count(block.good, block.good + rows, 1) == static_cast<std::ptrdiff_t>(rows);
}

inline void write_triple(std::span<double> rows, std::size_t row, const Vec3& value) {
  if (rows.empty()) return;
  for (std::size_t k = 0; k < 3; ++k) rows[3 * row + k] = value[k];
}

/// @returns 1 for a bad row, 0 for a good one
inline std::size_t write(const PropagationBatch& results, std::size_t row, const PropagationResult& result) {
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const bool good = result.status == PropagationStatus::done;
  const Vec3 lost{not_a_number, not_a_number, not_a_number};
  write_triple(results.position, row, good ? result.state.position : lost);
  write_triple(results.velocity, row, good ? result.state.velocity : lost);
  if (!results.iterations.empty()) results.iterations[row] = result.iterations;
  if (!results.status.empty()) results.status[row] = result.status;
  return good ? 0 : 1;
}

/// A block that is good throughout, into the rows from `first`.
inline void deliver(const ArrivalBlock& block, std::size_t rows, const PropagationBatch& results, std::size_t first) {
  const auto put_triples = [&](std::span<double> target, std::size_t component) {
    if (target.empty()) return;
    double* to = target.data() + 3 * first;
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t k = 0; k < 3; ++k) to[3 * i + k] = block.component[component + k][i];
  };
  put_triples(results.position, 0);
  put_triples(results.velocity, 3);
  if (!results.iterations.empty()) std::fill_n(results.iterations.data() + first, rows, 1);
  if (!results.status.empty()) std::fill_n(results.status.data() + first, rows, PropagationStatus::done);
}

}  // namespace orrery::orbital::detail
