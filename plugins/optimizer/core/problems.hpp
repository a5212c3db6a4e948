// Functions to be minimised that need no data: quadratics, Rosenbrock's valley, the Dirac-GAN of Mescheder et al. 2018.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::optimizer {

/// (x - c)^T H (x - c)/2 and its gradient.
/// @param hessian [-] n x n, or n for a diagonal one, symmetric   @param centre [-] n, or none for zero
/// @param parameters [-] n   @param gradient [-] n, written: H (x - c)   @returns [-] the value
/// @accuracy n + 2 roundings of the sums of sizes
double quadratic(std::span<const double> hessian, std::span<const double> centre, std::span<const double> parameters,
                 std::span<double> gradient);

/// sum over i of steepness (x[i+1] - x[i]^2)^2 + (1 - x[i])^2, and its gradient.
/// @param parameters [-] n >= 2   @param steepness [-] >= 0   @param gradient [-] n, written   @returns [-] the value
/// @accuracy 8 roundings of each term   @source Rosenbrock 1960, with n = 2 and steepness 100
double rosenbrock(std::span<const double> parameters, double steepness, std::span<double> gradient);

/// Generator theta and discriminator phi of a GAN whose data lie at zero, with the non-saturating loss.
struct DiracGan {
  std::span<double> generator;      ///< theta, n
  std::span<double> discriminator;  ///< phi, n
};

/// The gradient flow theta' = (1 - s) phi, phi' = -s theta with s the logistic function of theta . phi.
/// @param at n each   @param rate n each, written   @accuracy 4 roundings
/// @source Mescheder, Geiger and Nowozin 2018, section 2.2, with f(t) = -log(1 + exp(-t))
void dirac_gan_rate(const DiracGan& at, const DiracGan& rate);

/// One step of the classical Runge-Kutta method of order 4 along that flow, in place.
/// @param state n each, updated   @param time_step [-] any   @accuracy error of order 5 in the step
/// @source Kutta 1901
void dirac_gan_step(const DiracGan& state, double time_step);

}  // namespace orrery::optimizer
