// The operations curve.rigid_align, frechet_distance, hausdorff_distance and fit_line.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/rigid_align_op.hpp"

#include "plugins/curve/core/alignment.hpp"
#include "plugins/curve/core/line_fit.hpp"

namespace orrery::curve {

void RigidAlign::run(sdk::Call<RigidAlign>& call) {
  const auto source = call.in<"source">(), target = call.in<"target">();
  const AlignOptions options{.scale = call.in<"with_scale">(),
                             .reflection = static_cast<Reflection>(call.in<"reflection">()),
                             .tolerance = call.in<"tolerance">()};
  const std::int64_t n = source.extent(0), d = source.extent(1);
  const sdk::Shape batch = call.batch();
  const auto rotation = call.out<"rotation">(batch, d, d);
  const auto shift = call.out<"shift">(batch, d), residuals = call.out<"residuals">(batch, n);
  const auto scale = call.out<"scale">(batch), rms = call.out<"rms_residual">(batch);
  const auto largest = call.out<"max_residual">(batch), relative = call.out<"relative_residual">(batch);
  const auto reflected = call.out<"reflected">(batch), unique = call.out<"unique">(batch);
  const auto congruent = call.out<"is_congruent">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const Alignment fit = align(source.item(i).span(), target.item(i).span(), static_cast<std::size_t>(n),
                                static_cast<std::size_t>(d), options);
    std::copy(fit.rotation.begin(), fit.rotation.end(), rotation.item(i).begin());
    std::copy(fit.shift.begin(), fit.shift.end(), shift.item(i).begin());
    std::copy(fit.residuals.begin(), fit.residuals.end(), residuals.item(i).begin());
    scale(i) = fit.scale;
    rms(i) = fit.rms_residual;
    largest(i) = fit.max_residual;
    relative(i) = fit.relative_residual;
    reflected(i) = fit.reflected;
    unique(i) = fit.unique;
    congruent(i) = fit.is_congruent;
  });
}

void FrechetDistance::run(sdk::Call<FrechetDistance>& call) {
  const auto first = call.in<"first">(), second = call.in<"second">();
  const sdk::Shape batch = call.batch();
  const auto distance = call.out<"distance">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    distance(i) =
        frechet_distance(first.item(i).span(), second.item(i).span(), static_cast<std::size_t>(first.extent(1)));
  });
}

void HausdorffDistance::run(sdk::Call<HausdorffDistance>& call) {
  const auto first = call.in<"first">(), second = call.in<"second">();
  const sdk::Shape batch = call.batch();
  const auto distance = call.out<"distance">(batch);
  const auto from_first = call.out<"from_first">(batch), from_second = call.out<"from_second">(batch);
  for_all_items(call, batch, [&](std::int64_t i) {
    const Hausdorff result =
        hausdorff_distance(first.item(i).span(), second.item(i).span(), static_cast<std::size_t>(first.extent(1)));
    distance(i) = result.distance;
    from_first(i) = result.from_first;
    from_second(i) = result.from_second;
  });
}

void FitLine::run(sdk::Call<FitLine>& call) {
  const auto points = call.in<"points">();
  const double tolerance = call.in<"tolerance">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const sdk::Shape batch = points.batch();
  const auto point = call.out<"point">(batch, d), direction = call.out<"direction">(batch, d);
  const auto extent = call.out<"extent">(batch), largest = call.out<"max_residual">(batch);
  const auto rms = call.out<"rms_residual">(batch), relative = call.out<"relative_residual">(batch);
  const auto verdict = call.out<"is_line">(batch);
  const auto fit = [&](std::int64_t i) {
    const LineFit line =
        fit_line(points.item(i).span(), static_cast<std::size_t>(n), static_cast<std::size_t>(d), tolerance);
    std::copy(line.point.begin(), line.point.end(), point.item(i).begin());
    std::copy(line.direction.begin(), line.direction.end(), direction.item(i).begin());
    extent(i) = line.extent;
    largest(i) = line.max_residual;
    rms(i) = line.rms_residual;
    relative(i) = line.relative_residual;
    verdict(i) = line.is_line;
  };
  const auto none = [&](std::int64_t i) {
    std::fill_n(point.item(i).begin(), d, not_a_number);
    std::fill_n(direction.item(i).begin(), d, not_a_number);
    extent(i) = largest(i) = rms(i) = relative(i) = not_a_number;
    verdict(i) = false;
  };
  for_all_items(call, batch, call.in<"on_error">(), fit, none);
}

}  // namespace orrery::curve
