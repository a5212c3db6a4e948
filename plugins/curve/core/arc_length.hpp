// Arc length by adaptive quadrature, and samples at chosen arc lengths.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "plugins/curve/core/named_curves.hpp"
#include "plugins/curve/core/samples.hpp"

namespace orrery::curve {

struct Quadrature {
  double value = 0.0;
  double error = 0.0;  ///< estimate of |value - exact|, not a bound
  std::size_t evaluations = 0;
  bool reached = true;  ///< false: the tolerance was not met within the limit of intervals
};

/// Integral by bisection of the interval with the largest error, 15 Kronrod nodes around 7 Gauss nodes each.
/// @param f finite on the interval   @param from, to finite, in any order (backwards counts negative)
/// @param tolerance [-] relative to the integral of |f|, at least 1e-15   @param most_intervals at least 1
/// @throws std::domain_error if f is not finite somewhere (place named); std::invalid_argument for arguments outside
/// @accuracy the tolerance, where f is smooth on pieces; rounding 1e-15 of the integral of |f|
/// @source Piessens, de Doncker-Kapenga, Ueberhuber, Kahaner 1983 (QAG); Kronrod 1965
Quadrature integrate(const std::function<double(double)>& f, double from, double to, double tolerance = 1e-14,
                     std::size_t most_intervals = 2000);

struct ArcLengths {
  std::vector<double> length;  ///< [length] n, from the place `from` to each t, negative before it
  std::vector<double> error;   ///< [length] n, estimate
};

/// Arc length of a named curve, half a turn of the parameter at a time. Cusps, where the speed has a corner, are found
/// by the bisection.
/// @param t n finite, in any order   @param from finite   @param tolerance relative, 1e-15 .. 0.1
/// @throws as evaluate and integrate; std::range_error if a length does not reach its tolerance (row named);
///   std::domain_error for two neighbouring parameters further apart than 1e7 pi
/// @param progress called for each half turn; may throw to stop
ArcLengths arc_lengths(const NamedCurve& curve, double from, std::span<const double> t, double tolerance = 1e-14,
                       const std::function<void()>& progress = {});

struct Resampled {
  std::vector<double> points;     ///< [length] m x d
  std::vector<double> arc;        ///< [length] m
  std::vector<double> parameter;  ///< [parameter] m, of the given curve
  double total = 0.0;             ///< [length] of the whole curve
};

/// The spline through samples, at given arc lengths, or at `count` equal ones.
/// An open curve is sampled from end to end; of a closed one the closing sample is left out.
/// @param curve see SampledCurve   @param degree 3, 5, 7   @param arc [length] m within [0, total]; empty: equal steps
/// @param count used if arc is empty, at least 2
/// @throws as Spline::interpolate; std::domain_error for an arc outside of [0, total] (row named);
///   std::invalid_argument for a count below 2, or a curve of length 0
/// @accuracy that of the spline; 400 samples of an ellipse of degree 7: spacing and points to 1e-12 of the total
/// @source de Boor 2001; Davis, Rabinowitz 1984, section 2.7
Resampled resample_by_arc(const SampledCurve& curve, std::size_t degree, std::span<const double> arc,
                          std::size_t count);

}  // namespace orrery::curve
