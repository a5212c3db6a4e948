// The operations curve.bertrand_mate and mannheim_mate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/bertrand_mate_op.hpp"

#include "plugins/curve/core/mates.hpp"

namespace orrery::curve {

namespace {

// What both have in common; `extra` stores the rest of a mate, or nan.
template <class Op, class Verdict, class Extra>
void fill_mates(sdk::Call<Op>& call, Mate (*find)(std::span<const double>, const FrenetData&, const MateOptions&),
                const Verdict& verdict, const Extra& extra) {
  const auto points = call.template in<"points">(), first = call.template in<"first">();
  const auto second = call.template in<"second">(), third = call.template in<"third">();
  const auto wanted = call.template maybe<"distance">();
  const double tolerance = call.template in<"tolerance">();
  const std::int64_t n = points.extent(0);
  const sdk::Shape batch = call.batch();
  const auto kind = call.template out<"kind">(batch);
  const auto distance = call.template out<"distance">(batch);
  const auto largest = call.template out<"max_residual">(batch), rms = call.template out<"rms_residual">(batch);
  const auto rows = call.template out<"mate">(batch, n, 3), tangent = call.template out<"tangent">(batch, n, 3);
  const auto status = call.template out<"status">(batch, n);
  const auto compute = [&](std::int64_t i) {
    const std::array<std::span<const double>, 3> derivatives{first.item(i).span(), second.item(i).span(),
                                                             third.item(i).span()};
    const FrenetData geometry = curvature_from_derivatives(derivatives, static_cast<std::size_t>(n), 3);
    const std::optional<double> at = wanted ? std::optional<double>((*wanted)(i)) : std::nullopt;
    const Mate mate = find(points.item(i).span(), geometry, {.tolerance = tolerance, .distance = at});
    kind(i) = static_cast<std::int64_t>(mate.kind);
    distance(i) = mate.distance;
    largest(i) = mate.max_residual;
    rms(i) = mate.rms_residual;
    verdict(i) = mate.holds;
    extra(i, mate);
    copy_to(mate.points, rows.item(i));
    copy_to(mate.tangents, tangent.item(i));
    copy_to(mate.status, status.item(i));
  };
  for_each_item(call, sdk::count_of(batch), call.template in<"on_error">(), compute, [&](std::int64_t i) {
    Mate none;
    none.cofactor = none.angle = not_a_number;
    kind(i) = 0;
    distance(i) = largest(i) = rms(i) = not_a_number;
    verdict(i) = false;
    extra(i, none);
    fill_nan(rows.item(i));
    fill_nan(tangent.item(i));
    std::fill(status.item(i).begin(), status.item(i).end(), std::int64_t{2});
  });
}

}  // namespace

void BertrandMate::run(sdk::Call<BertrandMate>& call) {
  const sdk::Shape batch = call.batch();
  const auto cofactor = call.out<"cofactor">(batch), angle = call.out<"angle">(batch);
  const auto verdict = call.out<"is_bertrand">(batch);
  fill_mates(call, &bertrand_mate, verdict, [&](std::int64_t i, const Mate& mate) {
    cofactor(i) = mate.cofactor;
    angle(i) = mate.angle;
  });
}

void MannheimMate::run(sdk::Call<MannheimMate>& call) {
  const auto verdict = call.out<"is_mannheim">(call.batch());
  fill_mates(call, &mannheim_mate, verdict, [](std::int64_t, const Mate&) {});
}

}  // namespace orrery::curve
