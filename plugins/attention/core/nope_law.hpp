// Softmax attention without positions: its exact concentration and entropy over independent Gaussian scores.
// SPDX-License-Identifier: Apache-2.0
//
// With weights a_j = w_j / sum of w, w = exp(s x), x standard normal, and phi(t) = E exp(-t w) (a lognormal's Laplace
// transform), 1/W^2 = integral of t exp(-t W) and the independence of the w give, for every n and s,
//   P(n, s) = E sum a^2 = n int t phi''(t) phi(t)^(n-1) dt,
//   H(n, s) = -E sum a ln a = int (exp(-t) - phi^n)/t dt - n int E[w ln w exp(-t w)] phi^(n-1) dt.
// Values of unit variance have a weighted mean of variance P: the position n that it betrays (Chi et al. 2023). The
// integrals are those of Derrida 1981 for the random energy model at finite size. Both are summed by the trapezoidal
// rule in ln t and x, which converges geometrically for such integrands (Trefethen and Weideman 2014).
#pragma once

namespace orrery::attention {

struct NopeLaw {
  double participation = 1.0;  ///< E sum a^2, between 1/n and 1
  double entropy = 0.0;        ///< [nat] E of -sum a ln a, between 0 and ln n
};

inline constexpr double most_keys = 1e9, most_deviation = 8.0;

/// Mean concentration and entropy of softmax weights over n independent scores of N(0, s^2).
/// @param keys [-] n, 1 to 1e9; need not be whole   @param deviation [-] s, 0 to 8
/// @returns both   @throws std::domain_error outside these ranges
/// @accuracy relative 1e-12 of participation and absolute 1e-11 of entropy for n up to 1e6 and s up to 6, measured in
/// 113 bits
/// @source Derrida 1981; Trefethen and Weideman 2014
NopeLaw nope_law(double keys, double deviation);

/// exp(s^2)/n and ln n - s^2/2, which hold for s well below sqrt(2 ln n)/2.
/// @param keys, deviation as of nope_law   @returns both; participation may exceed 1   @throws std::domain_error as it
/// does
NopeLaw nope_law_leading(double keys, double deviation);

/// The s at which n keys count as `effective` many: participation = 1/effective. It keeps attention as sharp as n
/// grows.
/// @param keys [-] n, 2 to 1e9   @param effective [-] above 1/P(n, 8) and at most n
/// @returns s [-], 0 to 8   @throws std::domain_error outside these ranges
/// @accuracy relative 1e-11, or absolute 1e-7 as effective approaches n, where the law is flat
/// @source Dowell and Jarratt 1972
double nope_deviation(double keys, double effective);

}  // namespace orrery::attention
