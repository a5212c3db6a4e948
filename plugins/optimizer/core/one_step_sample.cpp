// Monte Carlo of one step.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/one_step_sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "plugins/optimizer/core/law_checks.hpp"
#include "plugins/optimizer/core/random.hpp"

namespace orrery::optimizer {
namespace {

constexpr std::size_t lanes = 16;  // draws side by side

double direction_of(double x, double g, double noise, double m_noise, const StepRule& rule) {
  switch (rule.direction) {
    case Direction::sgd:
      return x;
    case Direction::signsgd:
      return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0;
    case Direction::adam_first_step:
      return x == 0.0 ? 0.0 : x / (std::abs(x) + rule.epsilon);
    case Direction::adam_limit:
      return (g + m_noise) / (std::hypot(g, noise) + rule.epsilon);
    default:
      return x == 0.0 ? 0.0 : x / std::sqrt(x * x + rule.epsilon * rule.epsilon);
  }
}

/// phi'H phi of `lanes` draws, phi stored n x lanes.
void forms(const Curvature& h, std::size_t n, const std::vector<double>& phi, std::array<double, lanes>& w) {
  w.fill(0.0);
  const auto add = [&](double weight, std::size_t i, const std::array<double, lanes>& row) {
    for (std::size_t l = 0; l < lanes; ++l) w[l] += weight * row[l] * phi[i * lanes + l];
  };
  if (!h.dense.empty()) {
    for (std::size_t i = 0; i < n; ++i) {
      std::array<double, lanes> row{};
      for (std::size_t j = 0; j < i; ++j)
        for (std::size_t l = 0; l < lanes; ++l) row[l] += 2.0 * h.dense[i * n + j] * phi[j * lanes + l];
      for (std::size_t l = 0; l < lanes; ++l) row[l] += h.dense[i * n + i] * phi[i * lanes + l];
      add(1.0, i, row);
    }
    return;
  }
  for (std::size_t i = 0; i < n && !h.diagonal.empty(); ++i)
    for (std::size_t l = 0; l < lanes; ++l) w[l] += h.diagonal[i] * phi[i * lanes + l] * phi[i * lanes + l];
  const std::size_t k = h.factor.size() / n;
  for (std::size_t c = 0; c < k; ++c) {
    std::array<double, lanes> along{};
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t l = 0; l < lanes; ++l) along[l] += h.factor[i * k + c] * phi[i * lanes + l];
    for (std::size_t l = 0; l < lanes; ++l) w[l] += along[l] * along[l];
  }
}

}  // namespace

void StepSums::add(const StepSums& o) { n += o.n, a += o.a, w += o.w, aa += o.aa, aw += o.aw, ww += o.ww; }

StepSums sample_part(const GradientModel& model, const StepRule& rule, double batch, std::uint64_t key,
                     std::uint64_t part) {
  const std::size_t n = model.gradient.size();
  const double shrink = 1.0 / std::sqrt(batch), kept = std::sqrt((1.0 - rule.beta1) / (1.0 + rule.beta1));
  std::vector<double> phi(n * lanes);
  std::array<double, lanes> a{}, w{};
  StepSums sums;
  for (std::uint64_t block = 0; block < draws_of_a_part / lanes; ++block) {
    const std::uint64_t first = (part * (draws_of_a_part / lanes) + block) * (lanes / 2);
    a.fill(0.0);
    for (std::size_t i = 0; i < n; ++i) {
      const double g = model.gradient[i], noise = model.deviation[i] * shrink;
      for (std::size_t l = 0; l < lanes; l += 2) {
        const auto z = normal_pair(philox(key, i, first + l / 2));
        for (std::size_t p = 0; p < 2; ++p)
          phi[i * lanes + l + p] = direction_of(g + noise * z[p], g, noise, kept * noise * z[p], rule);
      }
      for (std::size_t l = 0; l < lanes; ++l) a[l] += g * phi[i * lanes + l];
    }
    forms(model.hessian, n, phi, w);
    for (std::size_t l = 0; l < lanes; ++l) sums.add({1.0, a[l], w[l], a[l] * a[l], a[l] * w[l], w[l] * w[l]});
  }
  return sums;
}

StepEstimate estimate_of(const StepSums& s) {
  const double a = s.a / s.n, w = s.w / s.n;
  law::require(w > 0.0, "the sampled mean curvature along the step", "above 0", w);
  const double var_a = std::max(0.0, s.aa / s.n - a * a), var_w = std::max(0.0, s.ww / s.n - w * w);
  const double cov = s.aw / s.n - a * w, rate = a / w, m = s.n - 1.0;
  StepEstimate e;
  e.rate = rate;
  e.rate_error = std::sqrt(std::max(0.0, var_a - 2.0 * rate * cov + rate * rate * var_w) / m) / w;
  e.gain = 0.5 * a * rate;
  e.slope = a, e.slope_error = std::sqrt(var_a / m);
  e.curvature = w, e.curvature_error = std::sqrt(var_w / m);
  e.draws = static_cast<std::int64_t>(s.n);
  return e;
}

}  // namespace orrery::optimizer
