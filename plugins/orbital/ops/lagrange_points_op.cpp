// The operations orbital.lagrange_points, jacobi_constant and integrate_cr3bp.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/lagrange_points_op.hpp"

#include "plugins/orbital/core/cr3bp.hpp"

namespace orrery::orbital {

void LagrangePointsOperation::run(sdk::Call<LagrangePointsOperation>& call) {
  const auto ratio = call.in<"mass_ratio">();
  const sdk::Shape batch = call.batch();
  const auto position = call.out<"position">(batch, 5, 3);
  const auto distance = call.out<"distance">(batch, 5), jacobi = call.out<"jacobi_constant">(batch, 5);
  for_each_row(
      call, rows_of(batch), 64, ports::OnError::fail,
      [&](std::int64_t row) {
        const LagrangePoints points = lagrange_points(ratio(row));
        for (std::int64_t i = 0; i < 5; ++i) {
          const auto k = static_cast<std::size_t>(i);
          put(points.position[k], position.item(row).row(i));
          distance.item(row)(i) = points.distance[k];
          jacobi.item(row)(i) = points.jacobi[k];
        }
      },
      [](std::int64_t) {});
}

void JacobiConstant::run(sdk::Call<JacobiConstant>& call) {
  const auto ratio = call.in<"mass_ratio">();
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const sdk::Shape batch = call.batch();
  const auto result = call.out<"jacobi_constant">(batch);
  for_each_row(
      call, rows_of(batch), 1024, call.in<"on_error">(),
      [&](std::int64_t row) {
        result(row) = jacobi_constant({vector_of(position.item(row)), vector_of(velocity.item(row))}, ratio(row));
      },
      [&](std::int64_t row) { result(row) = not_a_number; });
}

void IntegrateCr3bp::run(sdk::Call<IntegrateCr3bp>& call) {
  const auto ratio = call.in<"mass_ratio">();
  const auto start = call.in<"position">(), speed = call.in<"velocity">();
  const auto times = call.in<"times">();
  const IntegrationMethod method = call.in<"method">();
  const IntegrationOptions options = integration_options(call, method, step_for(call, method));
  const sdk::Shape batch = call.batch();
  const auto position = call.out<"position">(batch, times.size(), 3),
             velocity = call.out<"velocity">(batch, times.size(), 3);
  const auto jacobi = call.out<"jacobi_constant">(batch, times.size());
  const auto steps = call.out<"steps">(batch);
  const auto follow = [&](std::int64_t row) {
    const RestrictedThreeBody system(ratio(row));
    const auto put_sample = [&](std::size_t at, const double* x, const double* v) {
      const auto i = static_cast<std::int64_t>(at);
      const State state{{x[0], x[1], x[2]}, {v[0], v[1], v[2]}};
      put(state.position, position.item(row).row(i));
      put(state.velocity, velocity.item(row).row(i));
      jacobi.item(row)(i) = jacobi_constant(state, ratio(row));
    };
    const auto watch = [&](const StepView& step) {
      if (step.steps % 64 == 0) call.poll(0, 0);
      const auto index = row * (std::int64_t{1} << 32) + static_cast<std::int64_t>(step.steps);
      call.tap<"step_size">(index, step.polynomial.length);
      return true;
    };
    const auto report =
        sample(system, start.item(row).span(), speed.item(row).span(), times.span(), options, put_sample, watch);
    steps(row) = static_cast<std::int64_t>(report.steps);
  };
  for_each_row(call, rows_of(batch), 1, call.in<"on_error">(), follow, [&](std::int64_t row) {
    for (const auto& output : {position, velocity}) {
      const auto all = output.item(row).span();
      std::fill(all.begin(), all.end(), not_a_number);
    }
    const auto all = jacobi.item(row).span();
    std::fill(all.begin(), all.end(), not_a_number);
    steps(row) = 0;
  });
}

}  // namespace orrery::orbital
