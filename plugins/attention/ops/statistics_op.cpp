// The operations attention.statistics and attention.resolution.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/ops/statistics_op.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace orrery::attention {

void Statistics::run(sdk::Call<Statistics>& call) {
  const auto weights = call.in<"weights">();
  const std::int64_t n = weights.extent(0), m = weights.extent(1);
  const std::int64_t offset = call.maybe<"offset">().value_or(m - n);
  const sdk::Shape batch = call.batch();
  const auto entropy = call.out<"entropy">(batch, n), participation = call.out<"participation">(batch, n);
  const auto effective = call.out<"effective">(batch, n), sink = call.out<"sink">(batch, n);
  const auto distance = call.out<"distance">(batch, n);
  for (std::int64_t item = 0; item < entropy.count(); ++item)
    for (std::int64_t i = 0; i < n; ++i) try {
        const RowStatistics s = row_statistics(weights.item(item).row(i), i + offset, call.in<"sinks">());
        entropy.item(item)(i) = s.entropy, participation.item(item)(i) = s.participation;
        effective.item(item)(i) = 1.0 / s.participation, sink.item(item)(i) = s.sink;
        distance.item(item)(i) = s.distance;
      } catch (const std::domain_error& e) {
        throw std::domain_error("item " + std::to_string(item) + ", row " + std::to_string(i) + ": " + e.what());
      }
}

void Resolution::run(sdk::Call<Resolution>& call) {
  const double depth = call.in<"depth">();
  call.set<"positions">(resolved_positions(depth, call.in<"deviations">()));
  call.set<"relative_error">(std::sqrt(2.0 / depth));
  call.set<"collision">(first_collision(call.in<"format">()));
}

}  // namespace orrery::attention
