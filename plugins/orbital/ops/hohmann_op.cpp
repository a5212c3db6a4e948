// The operations orbital.hohmann, bielliptic and plane_change.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/hohmann_op.hpp"

#include "plugins/orbital/core/transfer.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 512;

}  // namespace

void HohmannOperation::run(sdk::Call<HohmannOperation>& call) {
  const auto mu = call.in<"gravity">(), r1 = call.in<"radius1">(), r2 = call.in<"radius2">();
  const auto change = call.in<"plane_change">();
  const auto part = call.maybe<"plane_change1">();
  const sdk::Shape batch = call.batch();
  const auto dv1 = call.out<"delta_v1">(batch), dv2 = call.out<"delta_v2">(batch), dv = call.out<"delta_v">(batch);
  const auto time = call.out<"time_of_flight">(batch), axis = call.out<"semi_major_axis">(batch);
  const auto e = call.out<"eccentricity">(batch), made = call.out<"change_at_departure">(batch);
  const auto phase = call.out<"phase_angle">(batch), synodic = call.out<"synodic_period">(batch);
  const auto compute = [&](std::int64_t row) {
    const HohmannTransfer t = part ? hohmann_shared(mu(row), r1(row), r2(row), change(row), (*part)(row))
                                   : hohmann(mu(row), r1(row), r2(row), change(row));
    dv1(row) = t.delta_v1;
    dv2(row) = t.delta_v2;
    dv(row) = t.delta_v;
    time(row) = t.time;
    axis(row) = t.semi_major_axis;
    e(row) = t.eccentricity;
    made(row) = t.plane_change1;
    phase(row) = t.phase_angle;
    synodic(row) = t.synodic_period;
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {dv1, dv2, dv, time, axis, e, made, phase, synodic}) output(row) = not_a_number;
  });
}

void BiellipticOperation::run(sdk::Call<BiellipticOperation>& call) {
  const auto mu = call.in<"gravity">(), r1 = call.in<"radius1">(), rb = call.in<"radius_between">();
  const auto r2 = call.in<"radius2">();
  const sdk::Shape batch = call.batch();
  const auto dv1 = call.out<"delta_v1">(batch), dv2 = call.out<"delta_v2">(batch), dv3 = call.out<"delta_v3">(batch);
  const auto dv = call.out<"delta_v">(batch), time = call.out<"time_of_flight">(batch);
  const auto a1 = call.out<"semi_major_axis1">(batch), a2 = call.out<"semi_major_axis2">(batch);
  const auto e1 = call.out<"eccentricity1">(batch), e2 = call.out<"eccentricity2">(batch);
  const auto direct = call.out<"hohmann_delta_v">(batch);
  const auto compute = [&](std::int64_t row) {
    const BiellipticTransfer t = bielliptic(mu(row), r1(row), rb(row), r2(row));
    dv1(row) = t.delta_v1;
    dv2(row) = t.delta_v2;
    dv3(row) = t.delta_v3;
    dv(row) = t.delta_v;
    time(row) = t.time;
    a1(row) = t.semi_major_axis1;
    a2(row) = t.semi_major_axis2;
    e1(row) = t.eccentricity1;
    e2(row) = t.eccentricity2;
    direct(row) = t.hohmann_delta_v;
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {dv1, dv2, dv3, dv, time, a1, a2, e1, e2, direct}) output(row) = not_a_number;
  });
}

void PlaneChangeOperation::run(sdk::Call<PlaneChangeOperation>& call) {
  const auto before = call.in<"speed">(), angle = call.in<"angle">();
  const auto after = call.maybe<"speed_after">();
  const sdk::Shape batch = call.batch();
  const auto dv = call.out<"delta_v">(batch), yaw = call.out<"yaw">(batch);
  for_each_row(
      call, rows_of(batch), rows_at_once, call.in<"on_error">(),
      [&](std::int64_t row) {
        const PlaneChange change = plane_change(before(row), after ? (*after)(row) : before(row), angle(row));
        dv(row) = change.delta_v;
        yaw(row) = change.yaw;
      },
      [&](std::int64_t row) { dv(row) = yaw(row) = not_a_number; });
}

}  // namespace orrery::orbital
