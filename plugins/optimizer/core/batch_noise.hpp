// The size of gradient noise measured from gradients, what it costs in steps and examples, and rules of rescaling.
// SPDX-License-Identifier: Apache-2.0
//
// Source: McCandlish, Kaplan, Amodei and the OpenAI Dota Team, arXiv:1812.06162 (2018), sections 2.2 and 2.3, appendix
// A.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// Unbiased sizes: |G|^2, the trace of one sample's covariance, and their quotient, which is only consistent.
struct NoiseEstimate {
  double squared_gradient = 0.0;  ///< may be negative where noise dominates
  double trace = 0.0;
  double simple = 0.0;  ///< trace/|G|^2; NaN where |G|^2 is not above 0
};

/// From the squared norms of gradients at two batch sizes.
/// @param small, large [-] 0 < small < large   @param small_norm2, large_norm2 [-] >= 0, means over such batches
/// @throws std::domain_error sizes that are equal or not above 0, norms below 0
NoiseEstimate noise_from_two_batches(double small, double small_norm2, double large, double large_norm2);

/// From one gradient a sample: mean, deviation of each coordinate, and the sizes above, unbiased.
/// @param gradients [-] samples x n, samples >= 2   @param mean, deviation [-] n
/// @accuracy differences from the mean, so that equal gradients have exactly no noise
NoiseEstimate noise_from_samples(std::span<const double> gradients, std::size_t n, std::span<double> mean,
                                 std::span<double> deviation);

/// S = S_min (1 + B_noise/B) and E = B S fitted to steps at batch sizes, with covariances.
struct StepsExamplesFit {
  double steps_min = 0.0, examples_min = 0.0, critical_batch = 0.0;  ///< B_crit = E_min/S_min
  std::array<double, 4> covariance{};                                ///< of (S_min, E_min), row by row
  double critical_error = 0.0;                                       ///< standard error of B_crit
  double residual = 0.0;                                             ///< root of the mean squared weighted residual
};

/// Weighted least squares of S against 1/B, whose line is S_min + E_min/B.
/// @param batches [-] m >= 2, above 0, not all equal   @param steps [-] m, above 0   @param errors [-] m: standard
/// errors; or empty: equal relative errors, whose size is taken from the residuals (m >= 3)
/// @throws std::invalid_argument too few, std::domain_error numbers out of range
StepsExamplesFit fit_steps_examples(std::span<const double> batches, std::span<const double> steps,
                                    std::span<const double> errors);

enum class ScalingRule { linear, square_root, saturating, power };

/// The learning rate at another batch size.
/// @param rate [-] > 0 at `from`   @param from, to [-] > 0   @param noise [-] B_noise >= 0, of saturating:
/// (1 + B_noise/from)/(1 + B_noise/to)   @param power [-] of power: (to/from)^power
double rescaled_rate(ScalingRule rule, double rate, double from, double to, double noise, double power);

}  // namespace orrery::optimizer
