// The operation attention.relative_bias.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/ops/relative_bias_op.hpp"

#include <algorithm>
#include <stdexcept>

#include "plugins/attention/core/relative_bias.hpp"

namespace orrery::attention {
namespace {

/// What each kind takes must be given, and nothing else of them.
void check_given(const sdk::Call<RelativeBias>& call, BiasKind kind) {
  const bool table = kind == BiasKind::t5 || kind == BiasKind::clipped;
  const bool numbers = kind == BiasKind::kerple_log || kind == BiasKind::kerple_power;
  if (call.maybe<"table">().has_value() != table)
    throw std::invalid_argument("'table' is given with kind = \"t5\" or \"clipped\", and only then");
  if (call.maybe<"scale">().has_value() != numbers || call.maybe<"rate">().has_value() != numbers)
    throw std::invalid_argument("'scale' and 'rate' are given with the kinds of kerple, and only then");
  if (kind == BiasKind::clipped && call.maybe<"table">()->extent(1) % 2 == 0)
    throw std::invalid_argument("'table' of kind = \"clipped\" must have an odd number of columns; it has " +
                                std::to_string(call.maybe<"table">()->extent(1)));
}

/// The bias of one head as a function of distance, filled into a row.
template <class F>
void fill(sdk::View<double, 2> bias, std::int64_t reach, const F& f) {
  for (std::int64_t h = 0; h < bias.extent(0); ++h)
    for (std::int64_t distance = -reach; distance <= reach; ++distance) bias(h, distance + reach) = f(h, distance);
}

}  // namespace

void RelativeBias::run(sdk::Call<RelativeBias>& call) {
  const BiasKind kind = call.in<"kind">();
  check_given(call, kind);
  const std::int64_t heads = call.in<"heads">(), reach = call.in<"reach">();
  const auto bias = call.out<"bias">(heads, 2 * reach + 1);
  if (kind == BiasKind::alibi) {
    const auto slopes = alibi_slopes(heads);
    return fill(bias, reach, [&](std::int64_t h, std::int64_t distance) {
      return -slopes[static_cast<std::size_t>(h)] * static_cast<double>(std::abs(distance));
    });
  }
  if (kind == BiasKind::t5 || kind == BiasKind::clipped) {
    const auto table = *call.maybe<"table">();
    const Buckets buckets{table.extent(1), call.in<"most_distance">(), call.in<"bidirectional">()};
    const std::int64_t most = table.extent(1) / 2;
    return fill(bias, reach, [&](std::int64_t h, std::int64_t distance) {
      return table(h, kind == BiasKind::t5 ? t5_bucket(distance, buckets) : std::clamp(distance, -most, most) + most);
    });
  }
  const auto scale = *call.maybe<"scale">(), rate = *call.maybe<"rate">();
  fill(bias, reach, [&](std::int64_t h, std::int64_t distance) {
    return kind == BiasKind::kerple_log ? kerple_logarithmic(distance, scale(h), rate(h))
                                        : kerple_power(distance, scale(h), rate(h));
  });
}

}  // namespace orrery::attention
