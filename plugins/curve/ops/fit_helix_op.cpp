// The operation curve.fit_helix.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/fit_helix_op.hpp"

#include "plugins/curve/core/helix_fit.hpp"

namespace orrery::curve {

void FitHelix::run(sdk::Call<FitHelix>& call) {
  const auto points = call.in<"points">();
  const HelixFitOptions options{.tolerance = call.in<"tolerance">()};
  const sdk::Shape batch = points.batch();
  const auto radius = call.out<"radius">(batch), pitch = call.out<"pitch">(batch), turns = call.out<"turns">(batch);
  const auto curvature = call.out<"curvature">(batch), torsion = call.out<"torsion">(batch);
  const auto largest = call.out<"max_residual">(batch), rms = call.out<"rms_residual">(batch);
  const auto relative = call.out<"relative_residual">(batch);
  const auto point = call.out<"point">(batch, 3), axis = call.out<"axis">(batch, 3);
  const auto converged = call.out<"converged">(batch), verdict = call.out<"is_helix">(batch);
  const auto put = [&](std::int64_t i, const HelixFit& fit) {
    radius(i) = fit.radius;
    pitch(i) = fit.pitch;
    turns(i) = fit.turns;
    curvature(i) = fit.curvature;
    torsion(i) = fit.torsion;
    largest(i) = fit.max_residual;
    rms(i) = fit.rms_residual;
    relative(i) = fit.relative_residual;
    std::copy(fit.point.begin(), fit.point.end(), point.item(i).begin());
    std::copy(fit.axis.begin(), fit.axis.end(), axis.item(i).begin());
    converged(i) = fit.converged;
    verdict(i) = fit.is_helix;
  };
  const auto fit = [&](std::int64_t i) {
    put(i, fit_helix(points.item(i).span(), static_cast<std::size_t>(points.extent(0)), options));
  };
  const auto none = [&](std::int64_t i) {
    constexpr double n = not_a_number;
    put(i, HelixFit{{n, n, n}, {n, n, n}, n, n, n, n, n, n, n, n, false, false});
  };
  for_all_items(call, batch, call.in<"on_error">(), fit, none);
}

}  // namespace orrery::curve
