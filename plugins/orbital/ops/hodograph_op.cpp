// The operation orbital.hodograph.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/hodograph_op.hpp"

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

/// The instant at which the state says most about the orbit: nearest to the centre.
State nearest_state(const sdk::BatchView<const double, 2>& position, const sdk::BatchView<const double, 2>& velocity,
                    std::int64_t item) {
  State nearest = state_at(position, velocity, item, 0);
  for (std::int64_t i = 1; i < position.extent(0); ++i) {
    const State state = state_at(position, velocity, item, i);
    if (norm(state.position) < norm(nearest.position)) nearest = state;
  }
  return nearest;
}

}  // namespace

void HodographOperation::run(sdk::Call<HodographOperation>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const std::int64_t n = position.extent(0);
  if (n < 1) throw std::invalid_argument("'position' needs at least one instant; it has 0");
  const sdk::Shape batch = call.batch();
  const auto centre = call.out<"centre">(batch, 3), normal = call.out<"normal">(batch, 3);
  const auto radius = call.out<"radius">(batch);
  const auto residual = call.out<"residual">(batch, n);
  const auto compute = [&](std::int64_t item) {
    const Hodograph circle = hodograph(nearest_state(position, velocity, item), mu(item));
    put(circle.centre, centre.item(item));
    put(circle.normal, normal.item(item));
    radius(item) = circle.radius;
    hodograph_residuals(circle, velocity.item(item).span(), residual.item(item).span());
  };
  for_each_row(call, rows_of(batch), 1, call.in<"on_error">(), compute, [&](std::int64_t item) {
    std::fill_n(centre.item(item).data(), 3, not_a_number);
    std::fill_n(normal.item(item).data(), 3, not_a_number);
    std::fill_n(residual.item(item).data(), n, not_a_number);
    radius(item) = not_a_number;
  });
}

}  // namespace orrery::orbital
