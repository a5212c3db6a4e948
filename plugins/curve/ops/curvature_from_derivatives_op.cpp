// The operation curve.curvature_from_derivatives.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/curvature_from_derivatives_op.hpp"

#include "plugins/curve/ops/geometry.hpp"

namespace orrery::curve {

void CurvatureFromDerivatives::run(sdk::Call<CurvatureFromDerivatives>& call) {
  const auto first = call.in<"first">();
  const auto second = call.in<"second">();
  const auto third = call.maybe<"third">();
  const std::int64_t n = first.extent(0), d = first.extent(1);
  const sdk::Shape batch = call.batch();
  GeometryOutputs outputs(call, batch, n, d, third ? 3 : 2);
  const auto total = static_cast<std::uint64_t>(sdk::count_of(batch));
  call.parallel_for(total, 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t item = begin; item < end; ++item)
      for_item(item, !batch.empty(), [&] {
        const auto i = static_cast<std::int64_t>(item);
        call.poll(item, total);
        std::vector<std::span<const double>> derivatives{first.item(i).span(), second.item(i).span()};
        if (third) derivatives.push_back(third->item(i).span());
        outputs.fill(i,
                     curvature_from_derivatives(derivatives, static_cast<std::size_t>(n), static_cast<std::size_t>(d)));
      });
  });
}

}  // namespace orrery::curve
