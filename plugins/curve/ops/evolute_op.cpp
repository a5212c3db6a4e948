// The operations curve.evolute, involute, offset and rotate_about.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/evolute_op.hpp"

#include "plugins/curve/core/companions.hpp"

namespace orrery::curve {

namespace {

/// Runs make(item) for each item and stores what it makes.
template <class Op, class Points, class Status, class Make>
void fill_companions(sdk::Call<Op>& call, sdk::Shape batch, const Points& points, const Status& status,
                     const Make& make) {
  const auto compute = [&](std::int64_t item) {
    const Companion result = make(item);
    copy_to(result.points, points.item(item));
    copy_to(result.status, status.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.template in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(points.item(item));
    std::fill(status.item(item).begin(), status.item(item).end(), std::int64_t{1});
  });
}

}  // namespace

void Evolute::run(sdk::Call<Evolute>& call) {
  const auto points = call.in<"points">(), first = call.in<"first">(), second = call.in<"second">();
  const std::int64_t n = points.extent(0);
  const sdk::Shape batch = call.batch();
  fill_companions(call, batch, call.out<"evolute">(batch, n, 2), call.out<"status">(batch, n), [&](std::int64_t item) {
    return evolute(points.item(item).span(), first.item(item).span(), second.item(item).span(),
                   static_cast<std::size_t>(n));
  });
}

void Involute::run(sdk::Call<Involute>& call) {
  const auto points = call.in<"points">(), first = call.in<"first">();
  const auto arc = call.in<"arc">();
  const auto start = call.maybe<"start">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const sdk::Shape batch = call.batch();
  fill_companions(call, batch, call.out<"involute">(batch, n, d), call.out<"status">(batch, n), [&](std::int64_t item) {
    return involute(points.item(item).span(), first.item(item).span(), arc.item(item).span(),
                    value_or(start, item, 0.0), static_cast<std::size_t>(n), static_cast<std::size_t>(d));
  });
}

void Offset::run(sdk::Call<Offset>& call) {
  const auto points = call.in<"points">(), first = call.in<"first">();
  const auto second = call.maybe<"second">();
  const auto distance = call.in<"distance">();
  const std::int64_t n = points.extent(0);
  const sdk::Shape batch = call.batch();
  fill_companions(call, batch, call.out<"offset">(batch, n, 2), call.out<"status">(batch, n), [&](std::int64_t item) {
    return offset(points.item(item).span(), first.item(item).span(),
                  second ? second->item(item).span() : std::span<const double>(), distance(item),
                  static_cast<std::size_t>(n));
  });
}

void RotateAbout::run(sdk::Call<RotateAbout>& call) {
  const auto points = call.in<"points">();
  const auto centre = call.maybe<"centre">(), axis = call.maybe<"axis">();
  const auto angle = call.in<"angle">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  if (d != 2 && d != 3)
    throw std::invalid_argument("points must have 2 or 3 coordinates; they have " + std::to_string(d));
  if (axis && d == 2) throw std::invalid_argument("'axis' is for points in space only");
  const sdk::Shape batch = call.batch();
  const auto rotated = call.out<"rotated">(batch, n, d);
  const auto compute = [&](std::int64_t item) {
    std::array<double, 3> c{}, u{0.0, 0.0, 1.0};
    if (centre) std::copy_n(centre->item(item).data(), d, c.begin());
    if (axis) std::copy_n(axis->item(item).data(), 3, u.begin());
    const auto count = static_cast<std::size_t>(n);
    const std::span<const double> given = points.item(item).span();
    copy_to(
        d == 2 ? rotate_about(given, {c[0], c[1]}, angle(item), count) : rotate_about(given, c, u, angle(item), count),
        rotated.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute,
                [&](std::int64_t item) { fill_nan(rotated.item(item)); });
}

}  // namespace orrery::curve
