// The operations curve.writhe, twist, linking_number and self_linking.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/writhe_op.hpp"

#include <numbers>

#include "plugins/curve/core/linking.hpp"
#include "plugins/curve/core/twist.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

void Writhe::run(sdk::Call<Writhe>& call) {
  const auto points = call.in<"points">();
  const bool closed = call.in<"closed">(), spectral = call.in<"method">() == Integration::spectral;
  if (spectral && !closed) throw std::invalid_argument("method \"spectral\" is for closed curves; 'closed' is false");
  const auto writhe = call.out<"writhe">(points.batch()), difference = call.out<"difference">(points.batch());
  for_all_items(call, points.batch(), [&](std::int64_t i) {
    const auto rows = points.item(i).span();
    const ClosedIntegral result =
        spectral ? smooth_writhe(rows) : ClosedIntegral{.value = polygon_writhe(rows, closed)};
    writhe(i) = result.value;
    difference(i) = result.difference;
  });
}

void Twist::run(sdk::Call<Twist>& call) {
  const auto points = call.in<"points">();
  const auto directors = call.maybe<"directors">();
  const sdk::Shape batch = call.batch();
  const auto twist = call.out<"twist">(batch), difference = call.out<"difference">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const auto rows = points.item(i).span();
    const double unit = directors ? 1.0 : 2.0 * std::numbers::pi;
    const ClosedIntegral result =
        directors ? smooth_twist(rows, directors->item(i).span()) : smooth_total_torsion(rows);
    twist(i) = result.value / unit;
    difference(i) = result.difference / unit;
  });
}

void LinkingNumber::run(sdk::Call<LinkingNumber>& call) {
  const auto first = call.in<"first">(), second = call.in<"second">();
  const sdk::Shape batch = call.batch();
  const auto number = call.out<"number">(batch), crossings = call.out<"crossings">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const Linking result = linking_number(first.item(i).span(), second.item(i).span());
    number(i) = result.number;
    crossings(i) = result.crossings;
  });
}

void SelfLinkingNumber::run(sdk::Call<SelfLinkingNumber>& call) {
  const auto points = call.in<"points">();
  const auto directors = call.maybe<"directors">();
  const sdk::Shape batch = call.batch();
  const auto number = call.out<"number">(batch);
  const auto writhe = call.out<"writhe">(batch), twist = call.out<"twist">(batch);
  const auto defect = call.out<"defect">(batch), push_off = call.out<"push_off">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const SelfLinking result =
        self_linking(points.item(i).span(), directors ? directors->item(i).span() : std::span<const double>());
    number(i) = result.number;
    writhe(i) = result.writhe;
    twist(i) = result.twist;
    defect(i) = result.defect;
    push_off(i) = result.push_off;
  });
}

}  // namespace orrery::curve
