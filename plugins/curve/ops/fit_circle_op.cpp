// The operation curve.fit_circle.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/fit_circle_op.hpp"

#include "plugins/curve/core/circle_fit.hpp"
#include "plugins/curve/ops/geometry.hpp"

namespace orrery::curve {

void FitCircle::run(sdk::Call<FitCircle>& call) {
  const auto points = call.in<"points">();
  const CircleFitOptions options{.tolerance = call.in<"tolerance">()};
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const sdk::Shape batch = points.batch();
  const auto radius = call.out<"radius">(batch), max_residual = call.out<"max_residual">(batch);
  const auto rms_residual = call.out<"rms_residual">(batch), relative = call.out<"relative_residual">(batch);
  const auto arc = call.out<"arc">(batch);
  const auto centre = call.out<"centre">(batch, d);
  const auto basis = call.out<"basis">(batch, 2, d);
  const auto is_circle = call.out<"is_circle">(batch);
  const auto total = static_cast<std::uint64_t>(points.count());
  call.parallel_for(total, 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t item = begin; item < end; ++item)
      for_item(item, !batch.empty(), [&] {
        const auto i = static_cast<std::int64_t>(item);
        call.poll(item, total);
        const CircleFit fit =
            fit_circle(points.item(i).span(), static_cast<std::size_t>(n), static_cast<std::size_t>(d), options);
        radius(i) = fit.radius;
        max_residual(i) = fit.max_residual;
        rms_residual(i) = fit.rms_residual;
        relative(i) = fit.relative_residual;
        arc(i) = fit.arc;
        is_circle(i) = fit.is_circle;
        std::copy(fit.centre.begin(), fit.centre.end(), centre.item(i).begin());
        std::copy(fit.basis.begin(), fit.basis.end(), basis.item(i).begin());
      });
  });
}

}  // namespace orrery::curve
