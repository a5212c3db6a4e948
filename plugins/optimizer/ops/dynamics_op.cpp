// The operations optimizer.quadratic_moments, stability_threshold, post_hoc_average, gradient_shape and sign_law.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/dynamics_op.hpp"

#include <algorithm>
#include <limits>

namespace orrery::optimizer {
namespace {

PostHoc power_average(const sdk::Call<PostHocAverage>& call, double gamma) {
  const auto times = call.maybe<"times">(), gammas = call.maybe<"gammas">();
  if (!times || !gammas) throw std::invalid_argument("kind 'power' needs 'times' and 'gammas' of the snapshots");
  double last = 0.0;
  for (const double t : *times) last = std::max(last, t);
  return post_hoc_coefficients(times->span(), gammas->span(), call.maybe<"time">().value_or(last), gamma);
}

}  // namespace

void QuadraticMoments::run(sdk::Call<QuadraticMoments>& call) {
  const auto h = call.in<"eigenvalues">(), noise = call.in<"noise">(), start = call.in<"start">();
  const QuadraticRun run{call.in<"learning_rate">(), call.in<"momentum">(), call.in<"decay">()};
  const double batch = call.in<"batch_size">();
  const std::int64_t n = h.size(), steps = call.in<"steps">();
  const auto loss = call.out<"loss">(steps + 1), average_loss = call.out<"average_loss">(steps + 1);
  const auto variances = call.scratch<double>(static_cast<std::uint64_t>(n));
  std::vector<QuadraticState> states;
  for (const double x : start) states.push_back(at_place(x));
  for (std::int64_t t = 0; t <= steps; ++t) {
    if (t % 1024 == 0) call.poll(static_cast<std::uint64_t>(t), static_cast<std::uint64_t>(steps));
    loss(t) = average_loss(t) = 0.0;
    for (std::int64_t i = 0; i < n; ++i) {
      QuadraticState& s = states[static_cast<std::size_t>(i)];
      if (t > 0) advance(s, h(i), noise(i) / batch, run);
      loss(t) += expected_loss(s, h(i), false);
      average_loss(t) += expected_loss(s, h(i), true);
      variances[static_cast<std::size_t>(i)] = s.covariance[0];
    }
    if (t > 0) call.tap<"variances">(t, sdk::View<const double, 1>(variances.data(), std::array{n}));
  }
  const auto mean = call.out<"mean">(n), variance = call.out<"variance">(n);
  const auto average_mean = call.out<"average_mean">(n), average_variance = call.out<"average_variance">(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const QuadraticState& s = states[static_cast<std::size_t>(i)];
    mean(i) = s.mean[0], variance(i) = s.covariance[0];
    average_mean(i) = s.mean[2], average_variance(i) = s.covariance[8];
  }
}

void StabilityThreshold::run(sdk::Call<StabilityThreshold>& call) {
  const auto rates = call.in<"learning_rate">();
  const auto thresholds = call.out<"threshold">(call.batch());
  for (std::int64_t i = 0; i < sdk::count_of(call.batch()); ++i)
    *thresholds.item(i).data() = stability_threshold(call.in<"rule">(), rates(i), call.in<"beta">());
}

void PostHocAverage::run(sdk::Call<PostHocAverage>& call) {
  const auto snapshots = call.in<"snapshots">();
  const std::int64_t s = snapshots.extent(0), n = snapshots.extent(1);
  if (s == 0) throw std::invalid_argument("snapshots must have at least one row; there is none");
  const AverageKind kind = call.in<"kind">();
  PostHoc made;
  double gamma = std::numeric_limits<double>::quiet_NaN();
  if (kind == AverageKind::uniform) made.coefficients = uniform_weights(static_cast<std::size_t>(s));
  if (kind == AverageKind::exponential)
    made.coefficients = exponential_weights(static_cast<std::size_t>(s), call.in<"decay">());
  if (kind == AverageKind::power) {
    gamma = gamma_of_width(call.in<"width">());
    made = power_average(call, gamma);
  }
  const auto average = call.out<"average">(n), coefficients = call.out<"coefficients">(s);
  std::fill(average.begin(), average.end(), 0.0);
  for (std::int64_t i = 0; i < s; ++i) {
    coefficients(i) = made.coefficients[static_cast<std::size_t>(i)];
    for (std::int64_t j = 0; j < n; ++j) average(j) += coefficients(i) * snapshots(i, j);
  }
  call.set<"gamma">(gamma);
  call.set<"residual">(made.residual);
}

void GradientShape::run(sdk::Call<GradientShape>& call) {
  const auto gradients = call.in<"gradients">();
  const std::int64_t n = gradients.extent(1);
  const std::vector<Shape> shapes = sample_shapes(gradients.span(), static_cast<std::size_t>(n));
  const auto skewness = call.out<"skewness">(n), kurtosis = call.out<"excess_kurtosis">(n);
  const auto statistic = call.out<"jarque_bera">(n), p_value = call.out<"p_value">(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const Shape& shape = shapes[static_cast<std::size_t>(i)];
    skewness(i) = shape.skewness, kurtosis(i) = shape.excess_kurtosis;
    statistic(i) = shape.jarque_bera, p_value(i) = shape.p_value;
  }
}

void SignLawOperation::run(sdk::Call<SignLawOperation>& call) {
  const auto gradients = call.in<"gradients">();
  const std::int64_t n = gradients.extent(1);
  const std::vector<SignLaw> laws =
      sign_law(gradients.span(), static_cast<std::size_t>(n), static_cast<std::size_t>(call.in<"batch_size">()),
               static_cast<std::size_t>(call.in<"draws">()), call.random_key());
  const auto measured = call.out<"measured">(n), error = call.out<"error">(n), law = call.out<"law">(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const SignLaw& one = laws[static_cast<std::size_t>(i)];
    measured(i) = one.measured, error(i) = one.error, law(i) = one.law;
  }
}

}  // namespace orrery::optimizer
