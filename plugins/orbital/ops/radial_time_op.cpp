// The operations orbital.radial_time and radial_position.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/radial_time_op.hpp"

#include "plugins/orbital/core/radial.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 256;

/// The orbit of a row, by whichever two numbers it is given.
template <class Op>
class MotionInput {
 public:
  explicit MotionInput(const sdk::Call<Op>& call)
      : mu_(call.template in<"gravity">()),
        energy_(call.template maybe<"energy">()),
        momentum_(call.template maybe<"angular_momentum">()),
        axis_(call.template maybe<"semi_major_axis">()),
        periapsis_(call.template maybe<"periapsis_distance">()) {
    if (momentum_) {
      if (energy_.has_value() == axis_.has_value() || periapsis_ || call.template maybe<"eccentricity">() ||
          call.template maybe<"one_minus_e">())
        throw std::invalid_argument("with 'angular_momentum' goes either 'energy' or 'semi_major_axis', and no more");
    } else if (energy_ || axis_.has_value() == periapsis_.has_value()) {
      throw std::invalid_argument(
          "give 'angular_momentum' with 'energy' or 'semi_major_axis', or an eccentricity with 'periapsis_distance' or "
          "'semi_major_axis'");
    } else {
      eccentricity_.emplace(call);
    }
  }
  RadialMotion operator()(std::int64_t row) const {
    if (momentum_ && energy_) return RadialMotion::from_energy(mu_(row), (*energy_)(row), (*momentum_)(row));
    if (momentum_) return RadialMotion::from_semi_major_axis(mu_(row), (*axis_)(row), (*momentum_)(row));
    const Eccentricity e = (*eccentricity_)(row);
    const double q =
        periapsis_ ? (*periapsis_)(row) : elements_from_semi_major_axis((*axis_)(row), e, {}).periapsis_distance;
    return RadialMotion::from_periapsis(mu_(row), q, e);
  }

 private:
  sdk::BatchView<const double, 0> mu_;
  std::optional<sdk::BatchView<const double, 0>> energy_, momentum_, axis_, periapsis_;
  std::optional<EccentricityInput<Op>> eccentricity_;
};

/// What both operations make of a place on the orbit. `own` is the output that only one of them has.
template <class Op, class Own, class PlaceOf>
void fill_rows(sdk::Call<Op>& call, const Own& own, double RadialPlace::*own_value, const PlaceOf& place_of) {
  const MotionInput<Op> motion(call);
  const sdk::Shape batch = call.batch();
  const auto angle = call.template out<"true_anomaly">(batch), speed = call.template out<"radial_speed">(batch);
  const auto nearest = call.template out<"periapsis">(batch), farthest = call.template out<"apoapsis">(batch);
  const auto period = call.template out<"period">(batch);
  const auto compute = [&](std::int64_t row) {
    const RadialMotion orbit = motion(row);
    const RadialPlace place = place_of(orbit, row);
    own(row) = place.*own_value;
    angle(row) = place.true_anomaly;
    speed(row) = place.radial_speed;
    nearest(row) = orbit.periapsis();
    farthest(row) = orbit.apoapsis();
    period(row) = orbit.period();
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.template in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {own, angle, speed, nearest, farthest, period}) output(row) = not_a_number;
  });
}

}  // namespace

void RadialTime::run(sdk::Call<RadialTime>& call) {
  const auto radius = call.in<"radius">();
  fill_rows(call, call.out<"time">(call.batch()), &RadialPlace::time,
            [&](const RadialMotion& orbit, std::int64_t row) { return orbit.at_radius(radius(row)); });
}

void RadialPosition::run(sdk::Call<RadialPosition>& call) {
  const auto time = call.in<"time">();
  fill_rows(call, call.out<"radius">(call.batch()), &RadialPlace::radius,
            [&](const RadialMotion& orbit, std::int64_t row) { return orbit.at_time(time(row)); });
}

}  // namespace orrery::orbital
