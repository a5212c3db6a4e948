// The operations orbital.elements_to_state and state_to_elements.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/elements_to_state_op.hpp"

#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 1024;
constexpr Vec3 no_vector{not_a_number, not_a_number, not_a_number};

}  // namespace

void ElementsToState::run(sdk::Call<ElementsToState>& call) {
  const ElementsInput<ElementsToState> elements(call);
  const auto mu = call.in<"gravity">();
  const sdk::Shape batch = call.batch();
  const auto position = call.out<"position">(batch, 3), velocity = call.out<"velocity">(batch, 3);
  const auto store = [&](std::int64_t row, const State& state) {
    put(state.position, position.item(row));
    put(state.velocity, velocity.item(row));
  };
  for_each_row(
      call, rows_of(batch), rows_at_once, call.in<"on_error">(),
      [&](std::int64_t row) { store(row, elements_to_state(elements(row), mu(row))); },
      [&](std::int64_t row) {
        store(row, {no_vector, no_vector});
      });
}

void StateToElements::run(sdk::Call<StateToElements>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const SingularCases cases{.policy = static_cast<SingularPolicy>(call.in<"policy">())};
  const sdk::Shape batch = call.batch();
  const auto q = call.out<"periapsis_distance">(batch), a = call.out<"semi_major_axis">(batch);
  const auto p = call.out<"semi_latus_rectum">(batch), e = call.out<"eccentricity">(batch);
  const auto one_minus_e = call.out<"one_minus_e">(batch), inclination = call.out<"inclination">(batch);
  const auto node = call.out<"ascending_node">(batch), periapsis = call.out<"argument_of_periapsis">(batch);
  const auto anomaly = call.out<"true_anomaly">(batch), period = call.out<"period">(batch);
  const auto since = call.out<"time_since_periapsis">(batch);
  const auto circular = call.out<"circular">(batch), equatorial = call.out<"equatorial">(batch);
  const auto rectilinear = call.out<"rectilinear">(batch);
  const auto compute = [&](std::int64_t row) {
    const State state{vector_of(position.item(row)), vector_of(velocity.item(row))};
    const ElementsResult result = state_to_elements(state, mu(row), cases);
    q(row) = result.elements.periapsis_distance;
    a(row) = result.semi_major_axis;
    p(row) = result.semi_latus_rectum;
    e(row) = result.elements.eccentricity.e;
    one_minus_e(row) = result.elements.eccentricity.one_minus_e;
    inclination(row) = result.elements.inclination;
    node(row) = result.elements.ascending_node;
    periapsis(row) = result.elements.argument_of_periapsis;
    anomaly(row) = result.elements.true_anomaly;
    period(row) = result.period;
    since(row) = result.time_since_periapsis;
    circular(row) = result.circular;
    equatorial(row) = result.equatorial;
    rectilinear(row) = result.rectilinear;
  };
  for_each_row(call, rows_of(batch), rows_at_once, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {q, a, p, e, one_minus_e, inclination, node, periapsis, anomaly, period, since})
      output(row) = not_a_number;
    circular(row) = equatorial(row) = rectilinear(row) = false;
  });
}

}  // namespace orrery::orbital
