// The operation curve.curvature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/curvature_op.hpp"

#include "plugins/curve/core/samples.hpp"
#include "plugins/curve/ops/geometry.hpp"

namespace orrery::curve {

void Curvature::run(sdk::Call<Curvature>& call) {
  const auto points = call.in<"points">();
  const auto parameter = call.maybe<"parameter">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const DifferentiationOptions options{.source = static_cast<DerivativeSource>(call.in<"method">()),
                                       .order = static_cast<std::size_t>(call.in<"order">()),
                                       .degree = static_cast<std::size_t>(call.in<"degree">())};
  GeometryOutputs outputs(call, points.batch(), n, d, d == 1 ? 2 : std::min<std::int64_t>(d, 3));
  const auto total = static_cast<std::uint64_t>(points.count());
  call.parallel_for(total, 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t item = begin; item < end; ++item)
      for_item(item, !points.batch().empty(), [&] {
        const auto i = static_cast<std::int64_t>(item);
        call.poll(item, total);
        const SampledCurve curve{.points = points.item(i).span(),
                                 .n = static_cast<std::size_t>(n),
                                 .d = static_cast<std::size_t>(d),
                                 .parameter = parameter ? parameter->span() : std::span<const double>(),
                                 .closed = call.in<"closed">(),
                                 .period = call.maybe<"period">().value_or(0.0)};
        outputs.fill(i, curvature_from_samples(curve, options));
      });
  });
}

}  // namespace orrery::curve
