// The operations curve.turning_number, winding_number and total_curvature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/turning_number_op.hpp"

#include "plugins/curve/core/length.hpp"
#include "plugins/curve/core/linking.hpp"
#include "plugins/curve/core/polygon_torsion.hpp"
#include "plugins/curve/core/twist.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

void TurningNumber::run(sdk::Call<TurningNumber>& call) {
  const auto points = call.in<"points">();
  const sdk::Shape batch = points.batch();
  const auto number = call.out<"number">(batch);
  const auto turns = call.out<"turns">(batch), largest = call.out<"largest_angle">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const Turning turning = turning_number(points.item(i).span(), static_cast<std::size_t>(points.extent(0)));
    number(i) = turning.number;
    turns(i) = turning.turns;
    largest(i) = turning.largest_angle;
  });
}

void WindingNumber::run(sdk::Call<WindingNumber>& call) {
  const auto points = call.in<"points">();
  const auto places = call.in<"places">();
  const auto number = call.out<"number">(points.batch(), places.extent(0));
  for_all_items(call, points.batch(), [&](std::int64_t i) {
    const auto numbers = winding_number(points.item(i).span(), places.span());
    std::copy(numbers.begin(), numbers.end(), number.item(i).begin());
  });
}

void TotalCurvature::run(sdk::Call<TotalCurvature>& call) {
  const auto points = call.in<"points">();
  const bool closed = call.in<"closed">(), spectral = call.in<"method">() == Integration::spectral;
  if (spectral && !closed) throw std::invalid_argument("method \"spectral\" is for closed curves; 'closed' is false");
  const sdk::Shape batch = points.batch();
  const auto curvature = call.out<"total_curvature">(batch), torsion = call.out<"total_torsion">(batch);
  const auto difference = call.out<"difference">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const auto rows = points.item(i).span();
    if (spectral) {
      const ClosedIntegral bend = smooth_total_curvature(rows), turn = smooth_total_torsion(rows);
      curvature(i) = bend.value;
      torsion(i) = turn.value;
      difference(i) = std::max(bend.difference, turn.difference);
    } else {
      curvature(i) = polygon_total_curvature(rows, static_cast<std::size_t>(points.extent(0)), 3, closed);
      torsion(i) = polygon_total_torsion(rows, closed);
      difference(i) = 0.0;
    }
  });
}

}  // namespace orrery::curve
