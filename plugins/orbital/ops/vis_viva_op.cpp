// The operation orbital.vis_viva.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/vis_viva_op.hpp"

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

void VisViva::run(sdk::Call<VisViva>& call) {
  const auto mu = call.in<"gravity">();
  const auto radius = call.maybe<"radius">(), speed = call.maybe<"speed">(), axis = call.maybe<"semi_major_axis">();
  if (radius.has_value() + speed.has_value() + axis.has_value() != 2)
    throw std::invalid_argument("exactly two of 'radius', 'speed' and 'semi_major_axis' are needed");
  const sdk::Shape batch = call.batch();
  const auto r = call.out<"radius">(batch), v = call.out<"speed">(batch), a = call.out<"semi_major_axis">(batch);
  const auto escape = call.out<"escape_speed">(batch), circular = call.out<"circular_speed">(batch);
  const auto compute = [&](std::int64_t row) {
    r(row) = radius ? (*radius)(row) : vis_viva_radius(mu(row), (*speed)(row), (*axis)(row));
    v(row) = speed ? (*speed)(row) : vis_viva_speed(mu(row), (*radius)(row), (*axis)(row));
    a(row) = axis ? (*axis)(row) : vis_viva_semi_major_axis(mu(row), (*radius)(row), (*speed)(row));
    escape(row) = escape_speed(mu(row), r(row));
    circular(row) = circular_speed(mu(row), r(row));
  };
  for_each_row(call, rows_of(batch), 4096, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {r, v, a, escape, circular}) output(row) = not_a_number;
  });
}

}  // namespace orrery::orbital
