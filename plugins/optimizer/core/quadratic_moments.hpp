// Mean and covariance of stochastic gradient descent on a noisy quadratic, step by step, without drawing anything.
// SPDX-License-Identifier: Apache-2.0
//
// In the Hessian's eigenbasis each coordinate is a linear system of its own: v' = beta v + h x + xi, x' = x - eta v',
// a' = decay a + (1 - decay) x', with E xi = 0 and E xi^2 = c/B. Sources: Mandt, Hoffman and Blei, JMLR 18 (2017) 134;
// Zhang et al., NeurIPS 2019 (the noisy quadratic model).
#pragma once

#include <array>
#include <span>

namespace orrery::optimizer {

struct QuadraticRun {
  double learning_rate = 0.0;  ///< [-] >= 0
  double momentum = 0.0;       ///< [-] 0 <= beta < 1
  double decay = 0.0;          ///< [-] 0 <= decay < 1 of the average; 0: the average is x
};

/// One coordinate: mean and covariance of (x, v, a).
struct QuadraticState {
  std::array<double, 3> mean{};
  std::array<double, 9> covariance{};
};

/// A coordinate at a known place, without velocity, its average there.
QuadraticState at_place(double x);

/// One step of one coordinate.
/// @param curvature [-] h, any   @param noise [-] c/B >= 0   @accuracy round-off: 1e-15 a step, relative
void advance(QuadraticState& state, double curvature, double noise, const QuadraticRun& run);

/// E h x^2/2, of x or of the average.
double expected_loss(const QuadraticState& state, double curvature, bool of_average);

/// Variance of x once steps no longer change it: eta c/B (1 + beta)/(h (1 - beta)(2 (1 + beta) - eta h)).
/// @throws std::domain_error beyond the stability threshold, or h <= 0
double stationary_variance(double curvature, double noise, const QuadraticRun& run);

/// The first-order rules whose edge of stability is known.
enum class StableRule {
  gradient_descent,  ///< 2/eta
  heavy_ball,        ///< 2 (1 + beta)/eta
  nesterov,          ///< 2 (1 + beta)/(eta (1 + 2 beta))
  averaged_momentum  ///< 2 (1 + beta)/((1 - beta) eta): Adam with a frozen preconditioner, of the preconditioned
                     ///< Hessian
};

/// The largest curvature at which a rule does not diverge.
/// @source Cohen et al., ICLR 2021, and arXiv:2207.14484 (2022)
double stability_threshold(StableRule rule, double learning_rate, double beta);

}  // namespace orrery::optimizer
