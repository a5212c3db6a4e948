// The operations curve.arc_length, named_arc_length and resample_by_arc.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/arc_length_op.hpp"

#include "plugins/curve/core/arc_length.hpp"
#include "plugins/curve/core/length.hpp"
#include "plugins/curve/core/spline.hpp"

namespace orrery::curve {

namespace {

template <class Op>
SampledCurve sampled_curve(const sdk::Call<Op>& call, std::int64_t item) {
  const auto points = call.template in<"points">();
  const auto parameter = call.template maybe<"parameter">();
  return {.points = points.item(item).span(),
          .n = static_cast<std::size_t>(points.extent(0)),
          .d = static_cast<std::size_t>(points.extent(1)),
          .parameter = parameter ? parameter->span() : std::span<const double>(),
          .closed = call.template in<"closed">(),
          .period = call.template maybe<"period">().value_or(0.0)};
}

}  // namespace

void ArcLength::run(sdk::Call<ArcLength>& call) {
  const std::int64_t n = call.in<"points">().extent(0);
  const bool polyline = call.in<"method">() == LengthMethod::polyline;
  const auto degree = static_cast<std::size_t>(call.in<"degree">());
  const sdk::Shape batch = call.batch();
  const auto arc = call.out<"arc">(batch, n);
  const auto length = call.out<"length">(batch);
  const auto compute = [&](std::int64_t item) {
    const SampledCurve curve = sampled_curve(call, item);
    const std::vector<double> lengths = polyline ? cumulative_length(curve.points, curve.n, curve.d, curve.closed)
                                                 : spline_length(Spline::interpolate(curve, degree));
    std::copy_n(lengths.begin(), n, arc.item(item).begin());
    length(item) = lengths.empty() ? 0.0 : lengths.back();
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(arc.item(item));
    length(item) = std::numeric_limits<double>::quiet_NaN();
  });
}

void NamedArcLength::run(sdk::Call<NamedArcLength>& call) {
  const NamedInput<NamedArcLength> curve(call);
  const auto parameter = call.in<"parameter">();
  const double from = call.maybe<"from">().value_or(0.0), tolerance = call.in<"tolerance">();
  const sdk::Shape batch = call.batch();
  const auto arc = call.out<"arc">(batch, parameter.size());
  const auto error = call.out<"error">(batch, parameter.size());
  const auto compute = [&](std::int64_t item) {
    const ArcLengths lengths = arc_lengths(curve(item), from, parameter.span(), tolerance, [&] { call.poll(0, 0); });
    copy_to(lengths.length, arc.item(item));
    copy_to(lengths.error, error.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(arc.item(item));
    fill_nan(error.item(item));
  });
}

void ResampleByArc::run(sdk::Call<ResampleByArc>& call) {
  const auto count = call.maybe<"count">();
  const auto wanted = call.maybe<"arc">();
  if (count.has_value() == wanted.has_value())
    throw std::invalid_argument(count ? "give 'count' or 'arc', not both" : "one of 'count' and 'arc' is needed");
  const std::int64_t k = count ? *count : wanted->size(), d = call.in<"points">().extent(1);
  const auto degree = static_cast<std::size_t>(call.in<"degree">());
  const sdk::Shape batch = call.batch();
  const auto resampled = call.out<"resampled">(batch, k, d);
  const auto arc_length = call.out<"arc_length">(batch, k), at = call.out<"at">(batch, k);
  const auto length = call.out<"length">(batch);
  const auto compute = [&](std::int64_t item) {
    const Resampled result =
        wanted && wanted->size() == 0
            ? Resampled{{}, {}, {}, spline_length(Spline::interpolate(sampled_curve(call, item), degree)).back()}
            : resample_by_arc(sampled_curve(call, item), degree, wanted ? wanted->span() : std::span<const double>(),
                              static_cast<std::size_t>(k));
    copy_to(result.points, resampled.item(item));
    copy_to(result.arc, arc_length.item(item));
    copy_to(result.parameter, at.item(item));
    length(item) = result.total;
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(resampled.item(item));
    fill_nan(arc_length.item(item));
    fill_nan(at.item(item));
    length(item) = std::numeric_limits<double>::quiet_NaN();
  });
}

}  // namespace orrery::curve
