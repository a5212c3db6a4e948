// The operations curve.reconstruct_plane and gauss_nodes.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/reconstruct_plane_op.hpp"

#include "plugins/curve/core/reconstruct.hpp"

namespace orrery::curve {

void ReconstructPlane::run(sdk::Call<ReconstructPlane>& call) {
  const NaturalInput<ReconstructPlane> input(call);
  const auto curvature = call.in<"curvature">();
  const auto speed = call.maybe<"speed">();
  const auto start = call.maybe<"start_position">();
  const auto start_angle = call.in<"start_angle">();
  const sdk::Shape batch = call.batch();
  const auto position = call.out<"position">(batch, input.n(), 2);
  const auto angle = call.out<"angle">(batch, input.n());
  const auto compute = [&](std::int64_t item) {
    const std::vector<double> k = input.at_nodes(curvature.item(item).span(), 1, "curvature");
    const std::vector<double> v = input.at_nodes(speed, item, "speed");
    PlaneStart from{.angle = start_angle(item)};
    if (start) std::copy_n(start->item(item).data(), 2, from.position.begin());
    const PlaneCurve curve = reconstruct_plane({input.parameter(), k, {}, v}, from, input.integrator(),
                                               [&](std::size_t) { call.poll(0, 0); });
    copy_to(curve.position, position.item(item));
    copy_to(curve.angle, angle.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(position.item(item));
    fill_nan(angle.item(item));
  });
}

void GaussNodes::run(sdk::Call<GaussNodes>& call) {
  const std::vector<double> nodes =
      gauss_nodes(call.in<"parameter">().span(), static_cast<std::size_t>(call.in<"count">()));
  copy_to(nodes, call.out<"nodes">(static_cast<std::int64_t>(nodes.size())));
}

}  // namespace orrery::curve
