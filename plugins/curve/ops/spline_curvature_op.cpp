// The operation curve.spline_curvature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/spline_curvature_op.hpp"

#include <cmath>

#include "plugins/curve/core/power_spline.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

void SplineCurvature::run(sdk::Call<SplineCurvature>& call) {
  const auto knots = call.in<"knots">(), parameter = call.in<"parameter">();
  const auto control = call.in<"control">();
  const auto degree = static_cast<std::size_t>(call.in<"degree">());
  const std::int64_t m = parameter.extent(0), d = control.extent(1);
  const sdk::Shape batch = control.batch();
  const auto points = call.out<"points">(batch, m, d);
  const auto curvature = call.out<"curvature">(batch, m);
  const auto status = call.out<"status">(batch, m);
  std::optional<sdk::BatchView<double, 1>> signed_curvature, torsion;
  if (d == 2) signed_curvature = call.out<"signed_curvature">(batch, m);
  if (d == 3) torsion = call.out<"torsion">(batch, m);
  for_all_items(call, batch, [&](std::int64_t i) {
    const PowerSpline spline(knots.span(), control.item(i).span(), static_cast<std::size_t>(d), degree);
    std::vector<PointStatus> kinds(static_cast<std::size_t>(m));
    const auto bends = curvature.item(i).span();
    spline.points(parameter.span(), points.item(i).span());
    spline.geometry(parameter.span(), bends, torsion ? torsion->item(i).span() : std::span<double>(), kinds);
    std::transform(kinds.begin(), kinds.end(), status.item(i).begin(),
                   [](PointStatus kind) { return static_cast<std::int64_t>(kind); });
    if (!signed_curvature) return;
    std::copy(bends.begin(), bends.end(), signed_curvature->item(i).begin());
    for (double& bend : bends) bend = std::abs(bend);
  });
}

}  // namespace orrery::curve
