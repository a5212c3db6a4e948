// The operation orbital.invariants.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/invariants_op.hpp"

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

void InvariantsOperation::run(sdk::Call<InvariantsOperation>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const std::int64_t n = position.extent(0);
  const sdk::Shape batch = call.batch();
  const auto momentum = call.out<"angular_momentum">(batch, n, 3),
             vector = call.out<"eccentricity_vector">(batch, n, 3);
  const auto energy = call.out<"energy">(batch, n), axis = call.out<"semi_major_axis">(batch, n);
  const auto rectum = call.out<"semi_latus_rectum">(batch, n), periapsis = call.out<"periapsis">(batch, n);
  const auto apoapsis = call.out<"apoapsis">(batch, n), period = call.out<"period">(batch, n);
  const auto motion = call.out<"mean_motion">(batch, n), areal = call.out<"areal_rate">(batch, n);
  const auto curvature = call.out<"path_curvature">(batch, n);
  const auto store = [&](std::int64_t row, const Invariants& found, double bend) {
    const std::int64_t item = row / n, i = row % n;
    put(found.angular_momentum, momentum.item(item).row(i));
    put(found.eccentricity_vector, vector.item(item).row(i));
    energy.item(item)(i) = found.energy;
    axis.item(item)(i) = found.semi_major_axis;
    rectum.item(item)(i) = found.semi_latus_rectum;
    periapsis.item(item)(i) = found.periapsis;
    apoapsis.item(item)(i) = found.apoapsis;
    period.item(item)(i) = found.period;
    motion.item(item)(i) = found.mean_motion;
    areal.item(item)(i) = found.areal_rate;
    curvature.item(item)(i) = bend;
  };
  const auto compute = [&](std::int64_t row) {
    const State state = state_at(position, velocity, row / n, row % n);
    store(row, invariants(state, mu(row / n)), orbit_curvature(state, mu(row / n)));
  };
  for_each_row(call, rows_of(batch) * n, 1024, call.in<"on_error">(), compute, [&](std::int64_t row) {
    const double nan = not_a_number;
    store(row, {{nan, nan, nan}, {nan, nan, nan}, {nan, nan}, nan, nan, nan, nan, nan, nan, nan, nan}, nan);
  });
}

}  // namespace orrery::orbital
