// The learning rate that lowers the expected quadratic model of the loss most in one step, as a law of the batch size.
// SPDX-License-Identifier: Apache-2.0
//
// The batch's gradient is normal, with independent components of mean g and variance sigma^2/B. A step -eta
// phi(gradient) changes the loss by -eta u + eta^2 w/2 in the mean, u = g.E phi and w = tr(H E phi phi'), so that eta*
// = u/w and the gain is u^2/(2w). Sources: McCandlish et al. 2018 (SGD); Li et al. 2024 (SignSGD); kexue.fm 10542,
// 10563, 11280 (the rational and mean-field forms, softsign); the exact softsign law is derived in softsign_law.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugins/optimizer/core/softsign_law.hpp"

namespace orrery::optimizer {

/// What is stepped along, of a batch's gradient x.
enum class Direction {
  sgd,              ///< x
  signsgd,          ///< sign x
  softsign,         ///< x/sqrt(x^2 + epsilon^2)
  adam_first_step,  ///< x/(|x| + epsilon): the first step of Adam
  adam_limit        ///< Adam at a fixed point with beta2 -> 1: m/(sqrt(g^2 + sigma^2/B) + epsilon)
};

/// How the moments of the direction are had.
enum class Level {
  exact,           ///< quadrature, or closed forms where they are exact
  clip,            ///< error functions, with a clip in the place of softsign
  rational,        ///< g/sqrt(g^2 + epsilon^2 + (pi/2) sigma^2/B), each coordinate
  mean_field,      ///< the same with 1 in the place of pi/2
  corrected,       ///< the exact second moment, and a rational mean of the exact slope
  homogeneous_pi,  ///< one factor beta for all coordinates, with pi/2
  homogeneous_1    ///< one factor beta for all coordinates, with 1
};

/// What kappa^2 of the homogeneous levels is.
enum class KappaRule {
  mean_ratio,  ///< the mean of sigma^2/(g^2 + epsilon^2)
  simple,      ///< sum sigma^2/sum (g^2 + epsilon^2): B_simple for epsilon = 0
  given        ///< the user's number
};

/// A symmetric matrix: dense, or a diagonal and U U' of few columns.
struct Curvature {
  std::span<const double> dense;     ///< n x n, or empty
  std::span<const double> diagonal;  ///< n, with `dense` empty
  std::span<const double> factor;    ///< n x k, or empty
};

/// The mean gradient, the standard deviation of one sample's, and the Hessian.
struct GradientModel {
  std::span<const double> gradient;   ///< [-] n
  std::span<const double> deviation;  ///< [-] n, >= 0
  Curvature hessian;
};

struct StepRule {
  Direction direction = Direction::softsign;
  Level level = Level::exact;
  double epsilon = 0.0;  ///< [-] >= 0
  double beta1 = 0.0;    ///< [-] 0 <= beta1 < 1; of adam_limit
  KappaRule kappa_rule = KappaRule::mean_ratio;
  double kappa2 = 0.0;  ///< [-] > 0; of KappaRule::given
};

/// The best step at one batch size.
struct OptimalStep {
  double rate = 0.0;       ///< eta* = u/w
  double gain = 0.0;       ///< u^2/(2w)
  double slope = 0.0;      ///< u
  double curvature = 0.0;  ///< w
};

/// Moments of the direction in one coordinate, in units of the gradient.
/// @param gradient [-] any   @param noise [-] >= 0: sigma/sqrt(B)   @param rule a level that is not homogeneous
/// @accuracy that of softsign_law.hpp
StepMoments direction_moments(double gradient, double noise, const StepRule& rule);

/// Refuses what no law can be had of.
/// @throws std::invalid_argument sizes, a Hessian that is not symmetric   @throws std::domain_error numbers
void check_model(const GradientModel& model, const StepRule& rule);

/// eta* and the gain for a batch of B samples.
/// @param model, rule as check_model accepts   @param batch [-] > 0; infinity: without noise
/// @throws std::domain_error if w <= 0, with its value: the expected loss then has no lowest point along the step
OptimalStep optimal_step(const GradientModel& model, const StepRule& rule, double batch);

/// The same for many batch sizes and epsilons at once; a cell without lowest point is NaN.
/// @param batches [-] m   @param epsilons [-] k   @param rates [-] m x k: eta*
/// @param from, to rows of `rates` to fill, for callers with threads
void optimal_surface(const GradientModel& model, const StepRule& rule, std::span<const double> batches,
                     std::span<const double> epsilons, std::size_t from, std::size_t to, std::span<double> rates);

/// What the batch size does to eta*: sizes of the noise, and the closed forms of the surge.
struct NoiseScales {
  double simple = 0.0;         ///< B_simple = tr Sigma/g.g
  double noise = 0.0;          ///< B_noise = tr(Sigma H)/g'Hg
  double rate_max = 0.0;       ///< g.g/g'Hg
  double gain_max = 0.0;       ///< (g.g)^2/(2 g'Hg)
  double diagonal = 0.0;       ///< D = sum H_ii
  double off_diagonal = 0.0;   ///< O = sum over i != j of nu_i nu_j H_ij
  double kappa2 = 0.0;         ///< of the rule
  double beta_noise = 0.0;     ///< beta of the closed form's peak, sqrt(D/(Q - D)); NaN where Q <= D
  double surge_batch = 0.0;    ///< B of that peak, or NaN
  double surge_rate = 0.0;     ///< eta* there, or NaN
  double surge_epsilon = 0.0;  ///< |g| sqrt((rho - 1)/2), above which mean field has no surge; NaN for rho <= 1
};
NoiseScales noise_scales(const GradientModel& model, const StepRule& rule);

/// The largest eta* over batch sizes.
struct Surge {
  bool found = false;  ///< the largest lies inside of [first, last] and above the rate at `last`
  double batch = 0.0;
  double rate = 0.0;
};

/// @param first, last [-] 0 < first < last   @accuracy 1e-7 relative of the batch size, 1e-14 of the rate
/// @source Kiefer, Proceedings of the American Mathematical Society 4 (1953) 502: golden section, from the best of a
/// grid of 24 batch sizes a decade
Surge find_surge(const GradientModel& model, const StepRule& rule, double first, double last);

}  // namespace orrery::optimizer
