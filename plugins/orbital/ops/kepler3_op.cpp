// The operation orbital.kepler3.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/kepler3_op.hpp"

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/third_law.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

void Kepler3::run(sdk::Call<Kepler3>& call) {
  constexpr double newton = 6.67430e-11, full_turn = 6.283185307179586477;
  const auto axis = call.maybe<"semi_major_axis">(), period = call.maybe<"period">(), gravity = call.maybe<"gravity">();
  const auto ratio = call.in<"mass_ratio">();
  if (axis.has_value() + period.has_value() + gravity.has_value() != 2)
    throw std::invalid_argument("exactly two of 'semi_major_axis', 'period' and 'gravity' are needed");
  const sdk::Shape batch = call.batch();
  const auto a = call.out<"semi_major_axis">(batch), t = call.out<"period">(batch),
             central = call.out<"gravity">(batch);
  const auto total = call.out<"total_gravity">(batch), mass = call.out<"total_mass">(batch);
  const auto motion = call.out<"mean_motion">(batch);
  const auto later = call.out<"period_shift">(batch), wider = call.out<"axis_shift">(batch);
  const auto compute = [&](std::int64_t row) {
    const double both = 1.0 + ratio(row);
    total(row) = gravity ? (*gravity)(row)*both : gravity_from_period((*period)(row), (*axis)(row));
    central(row) = gravity ? (*gravity)(row) : total(row) / both;
    t(row) = period ? (*period)(row) : orbital_period(total(row), (*axis)(row));
    a(row) = axis ? (*axis)(row) : axis_from_period(total(row), (*period)(row));
    mass(row) = total(row) / newton;
    motion(row) = full_turn / t(row);
    later(row) = period_shift(ratio(row));
    wider(row) = axis_shift(ratio(row));
  };
  for_each_row(call, rows_of(batch), 2048, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {a, t, central, total, mass, motion, later, wider}) output(row) = not_a_number;
  });
}

}  // namespace orrery::orbital
