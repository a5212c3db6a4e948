// The operations orbital.state_to_equinoctial, equinoctial_to_state, state_to_delaunay and delaunay_to_state.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/equinoctial_op.hpp"

#include "plugins/orbital/core/equinoctial.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 1024;

/// Where a row's state goes, and NaN where there is none.
template <class Op>
class StateOutput {
 public:
  explicit StateOutput(const sdk::Call<Op>& call)
      : position_(call.template out<"position">(call.batch(), 3)),
        velocity_(call.template out<"velocity">(call.batch(), 3)) {}
  void store(std::int64_t row, const State& state) const {
    put(state.position, position_.item(row));
    put(state.velocity, velocity_.item(row));
  }
  void store_none(std::int64_t row) const {
    const Vec3 none{not_a_number, not_a_number, not_a_number};
    store(row, {none, none});
  }

 private:
  sdk::BatchView<double, 1> position_, velocity_;
};

}  // namespace

void StateToEquinoctial::run(sdk::Call<StateToEquinoctial>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const auto kind = static_cast<EquinoctialKind>(call.in<"kind">());
  const sdk::Shape batch = call.batch();
  const auto p = call.out<"semi_latus_rectum">(batch), f = call.out<"f">(batch), g = call.out<"g">(batch);
  const auto h = call.out<"h">(batch), k = call.out<"k">(batch), longitude = call.out<"true_longitude">(batch);
  const auto factor = call.out<"retrograde_factor">(batch);
  const auto compute = [&](std::int64_t row) {
    const EquinoctialElements el =
        state_to_equinoctial({vector_of(position.item(row)), vector_of(velocity.item(row))}, mu(row), kind);
    p(row) = el.semi_latus_rectum;
    f(row) = el.f;
    g(row) = el.g;
    h(row) = el.h;
    k(row) = el.k;
    longitude(row) = el.true_longitude;
    factor(row) = el.retrograde_factor;
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {p, f, g, h, k, longitude}) output(row) = not_a_number;
    factor(row) = 0;
  });
}

void EquinoctialToState::run(sdk::Call<EquinoctialToState>& call) {
  const auto mu = call.in<"gravity">(), p = call.in<"semi_latus_rectum">(), f = call.in<"f">(), g = call.in<"g">();
  const auto h = call.in<"h">(), k = call.in<"k">(), longitude = call.in<"true_longitude">();
  const auto factor = call.in<"retrograde_factor">();
  const StateOutput<EquinoctialToState> output(call);
  for_each_row(
      call, rows_of(call.batch()), rows_at_once, call.in<"on_error">(),
      [&](std::int64_t row) {
        const EquinoctialElements el{
            p(row), f(row), g(row), h(row), k(row), longitude(row), static_cast<int>(factor(row))};
        output.store(row, equinoctial_to_state(el, mu(row)));
      },
      [&](std::int64_t row) { output.store_none(row); });
}

void StateToDelaunay::run(sdk::Call<StateToDelaunay>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const sdk::Shape batch = call.batch();
  const auto mean = call.out<"mean_anomaly">(batch), periapsis = call.out<"argument_of_periapsis">(batch);
  const auto node = call.out<"ascending_node">(batch), axis = call.out<"axis_action">(batch);
  const auto momentum = call.out<"momentum">(batch), polar = call.out<"polar_momentum">(batch);
  const auto compute = [&](std::int64_t row) {
    const DelaunayElements el =
        state_to_delaunay({vector_of(position.item(row)), vector_of(velocity.item(row))}, mu(row));
    mean(row) = el.mean_anomaly;
    periapsis(row) = el.argument_of_periapsis;
    node(row) = el.ascending_node;
    axis(row) = el.axis_action;
    momentum(row) = el.momentum;
    polar(row) = el.polar_momentum;
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {mean, periapsis, node, axis, momentum, polar}) output(row) = not_a_number;
  });
}

void DelaunayToState::run(sdk::Call<DelaunayToState>& call) {
  const auto mu = call.in<"gravity">(), mean = call.in<"mean_anomaly">();
  const auto periapsis = call.in<"argument_of_periapsis">(), node = call.in<"ascending_node">();
  const auto axis = call.in<"axis_action">(), momentum = call.in<"momentum">(), polar = call.in<"polar_momentum">();
  const StateOutput<DelaunayToState> output(call);
  for_each_row(
      call, rows_of(call.batch()), rows_at_once, call.in<"on_error">(),
      [&](std::int64_t row) {
        const DelaunayElements el{mean(row), periapsis(row), node(row), axis(row), momentum(row), polar(row)};
        output.store(row, delaunay_to_state(el, mu(row)));
      },
      [&](std::int64_t row) { output.store_none(row); });
}

}  // namespace orrery::orbital
