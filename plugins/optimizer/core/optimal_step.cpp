// The best learning rate of one step against the batch size.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/optimal_step.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "plugins/optimizer/core/law_checks.hpp"

namespace orrery::optimizer {
namespace {

constexpr double half_pi = 1.57079632679489661923;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double diagonal_of(const Curvature& h, std::size_t n, std::size_t i) {
  if (!h.dense.empty()) return h.dense[i * n + i];
  double sum = h.diagonal.empty() ? 0.0 : h.diagonal[i];
  const std::size_t k = h.factor.size() / n;
  for (std::size_t c = 0; c < k; ++c) sum += h.factor[i * k + c] * h.factor[i * k + c];
  return sum;
}

/// x'Hx without the diagonal.
double off_diagonal_form(const Curvature& h, std::span<const double> x) {
  const std::size_t n = x.size();
  double sum = 0.0;
  if (!h.dense.empty()) {
    for (std::size_t i = 1; i < n; ++i) {
      double row = 0.0;
      for (std::size_t j = 0; j < i; ++j) row += h.dense[i * n + j] * x[j];
      sum += row * x[i];
    }
    return 2.0 * sum;
  }
  const std::size_t k = h.factor.size() / n;
  for (std::size_t c = 0; c < k; ++c) {
    double whole = 0.0, own = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double part = h.factor[i * k + c] * x[i];
      whole += part;
      own += part * part;
    }
    sum += whole * whole - own;
  }
  return sum;
}

double form(const Curvature& h, std::span<const double> x) {
  double sum = off_diagonal_form(h, x);
  for (std::size_t i = 0; i < x.size(); ++i) sum += diagonal_of(h, x.size(), i) * x[i] * x[i];
  return sum;
}

bool homogeneous(Level level) { return level == Level::homogeneous_pi || level == Level::homogeneous_1; }

double epsilon_of(const StepRule& rule) { return rule.direction == Direction::signsgd ? 0.0 : rule.epsilon; }

double kappa2_of(const GradientModel& model, const StepRule& rule) {
  if (rule.kappa_rule == KappaRule::given) return rule.kappa2;
  const double e = epsilon_of(rule);
  double ratios = 0.0, above = 0.0, below = 0.0;
  for (std::size_t i = 0; i < model.gradient.size(); ++i) {
    const double s = model.deviation[i] * model.deviation[i], g = model.gradient[i] * model.gradient[i] + e * e;
    ratios += s / g;
    above += s;
    below += g;
  }
  return rule.kappa_rule == KappaRule::simple ? above / below : ratios / static_cast<double>(model.gradient.size());
}

/// nu: the direction without noise.
std::vector<double> noiseless(const GradientModel& model, const StepRule& rule) {
  const double e = epsilon_of(rule);
  std::vector<double> nu;
  for (const double g : model.gradient) nu.push_back(g == 0.0 ? 0.0 : g / std::hypot(g, e));
  return nu;
}

double trace(const GradientModel& model) {
  double sum = 0.0;
  for (std::size_t i = 0; i < model.gradient.size(); ++i) sum += diagonal_of(model.hessian, model.gradient.size(), i);
  return sum;
}

OptimalStep of(double u, double w) { return {u / w, 0.5 * u * (u / w), u, w}; }

/// eta* = beta u/(beta^2 Q + (1 - beta^2) D) with one beta for all coordinates.
OptimalStep homogeneous_step(const GradientModel& model, const StepRule& rule, double batch) {
  const double c = rule.level == Level::homogeneous_pi ? half_pi : 1.0;
  const double noise = c * kappa2_of(model, rule) / batch, beta2 = 1.0 / (1.0 + noise);
  const double rest = std::isinf(noise) ? 1.0 : noise / (1.0 + noise);  // 1 - beta^2
  const std::vector<double> nu = noiseless(model, rule);
  double u = 0.0;
  for (std::size_t i = 0; i < nu.size(); ++i) u += nu[i] * model.gradient[i];
  const double q = rule.direction == Direction::signsgd ? trace(model) + off_diagonal_form(model.hessian, nu)
                                                        : form(model.hessian, nu);
  return of(std::sqrt(beta2) * u, beta2 * q + rest * trace(model));
}

OptimalStep step_or_saddle(const GradientModel& model, const StepRule& rule, double batch) {
  if (homogeneous(rule.level) && rule.direction != Direction::sgd) return homogeneous_step(model, rule, batch);
  const std::size_t n = model.gradient.size();
  std::vector<double> mean(n);
  double u = 0.0, w = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const StepMoments m = direction_moments(model.gradient[i], model.deviation[i] / std::sqrt(batch), rule);
    mean[i] = m.mean;
    u += model.gradient[i] * m.mean;
    w += diagonal_of(model.hessian, n, i) * m.second;
  }
  return of(u, w + off_diagonal_form(model.hessian, mean));
}

StepMoments softsign_moments(double r, double e, Level level) {
  switch (level) {
    case Level::exact:
      return softsign_exact(r, e);
    case Level::clip:
      return clip_moments(r, e);
    case Level::corrected:
      return corrected_moments(r, e);
    case Level::mean_field:
      return rational_moments(r, e, 1.0);
    default:
      return rational_moments(r, e, half_pi);
  }
}

/// Without noise every level is the direction itself, but the clip.
StepMoments noiseless_moments(double g, const StepRule& rule) {
  const double e = epsilon_of(rule);
  double u = 0.0;
  if (rule.direction == Direction::adam_first_step || rule.direction == Direction::adam_limit)
    u = g == 0.0 ? 0.0 : g / (std::abs(g) + e);
  else if (rule.level == Level::clip && e > 0.0) u = std::clamp(g / e, -1.0, 1.0);
  else u = g == 0.0 ? 0.0 : g / std::hypot(g, e);
  return {u, u * u};
}

StepMoments adam_limit_moments(double g, double noise, const StepRule& rule) {
  const double size = std::hypot(g, noise) + rule.epsilon;
  const double kept = (1.0 - rule.beta1) / (1.0 + rule.beta1);
  return {g / size, (g * g + noise * noise * kept) / size / size};
}

void check_hessian(const Curvature& h, std::size_t n) {
  law::require_finite("hessian", h.dense);
  law::require_finite("hessian_diagonal", h.diagonal);
  law::require_finite("hessian_factor", h.factor);
  if (h.dense.empty() && h.diagonal.empty() && h.factor.empty())
    throw std::invalid_argument("a hessian, or a hessian_diagonal or hessian_factor, is needed");
  if (!h.dense.empty() && !(h.diagonal.empty() && h.factor.empty()))
    throw std::invalid_argument("give 'hessian', or 'hessian_diagonal' and 'hessian_factor', not both");
  if (!h.diagonal.empty()) law::require_size("hessian_diagonal", h.diagonal.size(), n);
  if (h.factor.size() % n != 0) law::require_size("hessian_factor", h.factor.size(), n);
  if (h.dense.empty()) return;
  law::require_size("hessian", h.dense.size(), n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (std::abs(h.dense[i * n + j] - h.dense[j * n + i]) > 1e-12 * std::abs(h.dense[i * n + j]))
        throw std::invalid_argument("hessian must be symmetric; [" + std::to_string(i) + ", " + std::to_string(j) +
                                    "] is " + shortest(h.dense[i * n + j]) + " and its mirror image " +
                                    shortest(h.dense[j * n + i]));
}

void require_batch(double batch) { law::require(batch > 0.0, "batch", "above 0", batch); }

}  // namespace

StepMoments direction_moments(double gradient, double noise, const StepRule& rule) {
  if (rule.direction == Direction::sgd) return {gradient, gradient * gradient + noise * noise};
  if (noise == 0.0) return noiseless_moments(gradient, rule);
  if (rule.direction == Direction::adam_limit) return adam_limit_moments(gradient, noise, rule);
  const double r = gradient / noise, e = epsilon_of(rule) / noise;
  if (rule.direction == Direction::adam_first_step) return adam_first_step_exact(r, e);
  return softsign_moments(r, e, rule.level);
}

void check_model(const GradientModel& model, const StepRule& rule) {
  const std::size_t n = model.gradient.size();
  if (n == 0) throw std::invalid_argument("gradient must have at least one number; it has none");
  law::require_size("deviation", model.deviation.size(), n);
  law::require_finite("gradient", model.gradient);
  for (std::size_t i = 0; i < n; ++i)
    law::require_not_negative("deviation[" + std::to_string(i) + "]", model.deviation[i]);
  check_hessian(model.hessian, n);
  law::require_not_negative("epsilon", rule.epsilon);
  law::require(rule.beta1 >= 0.0 && rule.beta1 < 1.0, "beta1", "at least 0 and below 1", rule.beta1);
  if (rule.kappa_rule == KappaRule::given) law::require_positive("kappa2", rule.kappa2);
  const bool adam = rule.direction == Direction::adam_first_step || rule.direction == Direction::adam_limit;
  if (adam && rule.level != Level::exact)
    throw std::invalid_argument("the directions of Adam have the level 'exact' only");
}

OptimalStep optimal_step(const GradientModel& model, const StepRule& rule, double batch) {
  require_batch(batch);
  const OptimalStep step = step_or_saddle(model, rule, batch);
  if (!(step.curvature > 0.0))
    throw std::domain_error("the mean curvature along the step must be above 0; at batch size " + shortest(batch) +
                            " it is " + shortest(step.curvature) + ": no learning rate is best");
  return step;
}

void optimal_surface(const GradientModel& model, const StepRule& rule, std::span<const double> batches,
                     std::span<const double> epsilons, std::size_t from, std::size_t to, std::span<double> rates) {
  StepRule one = rule;
  for (std::size_t i = from; i < to; ++i) {
    require_batch(batches[i]);
    for (std::size_t j = 0; j < epsilons.size(); ++j) {
      law::require_not_negative("epsilon", epsilons[j]);
      one.epsilon = epsilons[j];
      const OptimalStep step = step_or_saddle(model, one, batches[i]);
      rates[i * epsilons.size() + j] = step.curvature > 0.0 ? step.rate : not_a_number;
    }
  }
}

NoiseScales noise_scales(const GradientModel& model, const StepRule& rule) {
  NoiseScales s;
  const std::size_t n = model.gradient.size();
  double squares = 0.0, variances = 0.0, weighted = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double variance = model.deviation[i] * model.deviation[i];
    squares += model.gradient[i] * model.gradient[i];
    variances += variance;
    weighted += variance * diagonal_of(model.hessian, n, i);
  }
  const double along = form(model.hessian, model.gradient);
  s.simple = variances / squares;
  s.noise = weighted / along;
  s.rate_max = squares / along;
  s.gain_max = 0.5 * squares * s.rate_max;
  s.diagonal = trace(model);
  const std::vector<double> nu = noiseless(model, rule);
  s.off_diagonal = off_diagonal_form(model.hessian, nu);
  s.kappa2 = kappa2_of(model, rule);
  double u = 0.0;
  for (std::size_t i = 0; i < n; ++i) u += nu[i] * model.gradient[i];
  const double q = form(model.hessian, nu), d = s.diagonal;
  const bool peak = q > d && d > 0.0;
  s.beta_noise = peak ? std::sqrt(d / (q - d)) : not_a_number;
  const double c = rule.level == Level::homogeneous_1 || rule.level == Level::mean_field ? 1.0 : half_pi;
  s.surge_batch = q > 2.0 * d && peak ? c * s.kappa2 * d / (q - 2.0 * d) : not_a_number;
  s.surge_rate = q > 2.0 * d && peak ? u / (2.0 * std::sqrt(d * (q - d))) : not_a_number;
  StepRule sign = rule;
  sign.direction = Direction::signsgd;
  const double rho = off_diagonal_form(model.hessian, noiseless(model, sign)) / d;
  s.surge_epsilon =
      rho > 1.0 ? std::sqrt(squares / static_cast<double>(n)) * std::sqrt(0.5 * (rho - 1.0)) : not_a_number;
  return s;
}

Surge find_surge(const GradientModel& model, const StepRule& rule, double first, double last) {
  law::require_positive("surge_from", first);
  law::require(last > first && std::isfinite(last), "surge_to", "above surge_from and finite", last);
  const double low = std::log(first), high = std::log(last);
  const auto rate = [&](double log_batch) { return optimal_step(model, rule, std::exp(log_batch)).rate; };
  const auto cells = static_cast<std::size_t>(std::ceil((high - low) / std::log(10.0) * 24.0)) + 2;
  const double width = (high - low) / static_cast<double>(cells);
  std::size_t best = 0;
  double top = -1.0;
  for (std::size_t i = 0; i <= cells; ++i)
    if (const double r = rate(low + width * static_cast<double>(i)); r > top) best = i, top = r;
  if (best == 0 || best == cells) return {false, best == 0 ? first : last, top};
  constexpr double golden = 0.61803398874989484820;
  double a = low + width * static_cast<double>(best - 1), b = low + width * static_cast<double>(best + 1);
  double x = b - golden * (b - a), y = a + golden * (b - a), fx = rate(x), fy = rate(y);
  while (b - a > 1e-8) {
    if (fx >= fy) b = y, y = x, fy = fx, x = b - golden * (b - a), fx = rate(x);
    else a = x, x = y, fx = fy, y = a + golden * (b - a), fy = rate(y);
  }
  const double batch = std::exp(0.5 * (a + b)), peak = optimal_step(model, rule, batch).rate;
  return {peak > rate(high) * (1.0 + 1e-12), batch, peak};
}

}  // namespace orrery::optimizer
