// The operation orbital.transition.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/transition_op.hpp"

#include <algorithm>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

/// A 3 x 3 block of the matrix to where it belongs.
void put_block(const std::array<double, 36>& matrix, std::size_t row, std::size_t column, std::span<double> target) {
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) target[3 * i + j] = matrix[6 * (row + i) + column + j];
}

std::array<double, 36> matrix_of(const Orbit& orbit, double time, ports::OnError on_error) {
  TransitionResult result = orbit.try_transition(time);
  if (result.status == PropagationStatus::done) return result.matrix;
  if (on_error == ports::OnError::fail)
    throw std::domain_error("time " + shortest(time) + " s: " + std::string(reason(result.status)));
  result.matrix.fill(not_a_number);
  return result.matrix;
}

}  // namespace

void Transition::run(sdk::Call<Transition>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const auto times = call.in<"times">();
  const auto on_error = call.in<"on_error">();
  const sdk::Shape batch = call.batch();
  const std::int64_t m = times.size();
  const auto rr = call.out<"position_by_position">(batch, m, 3, 3),
             rv = call.out<"position_by_velocity">(batch, m, 3, 3);
  const auto vr = call.out<"velocity_by_position">(batch, m, 3, 3),
             vv = call.out<"velocity_by_velocity">(batch, m, 3, 3);
  const auto place = [&](std::int64_t item, std::int64_t i, const std::array<double, 36>& matrix) {
    put_block(matrix, 0, 0, rr.item(item).row(i));
    put_block(matrix, 0, 3, rv.item(item).row(i));
    put_block(matrix, 3, 0, vr.item(item).row(i));
    put_block(matrix, 3, 3, vv.item(item).row(i));
  };
  const auto compute = [&](std::int64_t item) {
    const Orbit orbit({vector_of(position.item(item)), vector_of(velocity.item(item))}, mu(item));
    for (std::int64_t i = 0; i < m; ++i) place(item, i, matrix_of(orbit, times(i), on_error));
  };
  std::array<double, 36> none;
  none.fill(not_a_number);
  for_each_row(call, rows_of(batch), 16, on_error, compute, [&](std::int64_t item) {
    for (std::int64_t i = 0; i < m; ++i) place(item, i, none);
  });
}

}  // namespace orrery::orbital
