// Averages of a run made afterwards from stored snapshots.
// SPDX-License-Identifier: Apache-2.0
//
// A power-function average at time t weighs times tau <= t with (gamma + 1) tau^gamma/t^(gamma + 1). An average that
// was not kept is approximated by the combination of stored ones whose weights over time are nearest in the
// least-squares sense. Source: Karras et al., CVPR 2024, section 3 and appendix C.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// Width of the profile relative to t: sqrt(gamma + 1)/((gamma + 2) sqrt(gamma + 3)).
/// @param gamma [-] >= 0   @returns [-] in (0, 1/sqrt 12]
double relative_width(double gamma);

/// gamma of a width. @param width [-] in (0, 1/sqrt 12]   @accuracy 1e-14 relative
double gamma_of_width(double width);

/// How much of the average stays in step t of an update average' = keep average + (1 - keep) value: (1 - 1/t)^(gamma +
/// 1).
double power_keep(double gamma, double t);

/// Coefficients of stored averages for a wanted one, and how far its profile is from the wanted.
struct PostHoc {
  std::vector<double> coefficients;  ///< n
  double residual = 0.0;             ///< [-] |profile - wanted|/|wanted| over time
};

/// @param times, gammas [-] n: of the stored averages; times above 0, gammas >= 0, no pair twice
/// @param time, gamma of the wanted average, time at most the last stored
/// @throws std::domain_error numbers out of range, or snapshots that are the same
PostHoc post_hoc_coefficients(std::span<const double> times, std::span<const double> gammas, double time, double gamma);

/// Weights of n equally spaced snapshots of the parameters themselves: equal, or falling by `decay` from the last back.
std::vector<double> uniform_weights(std::size_t n);
std::vector<double> exponential_weights(std::size_t n, double decay);

}  // namespace orrery::optimizer
