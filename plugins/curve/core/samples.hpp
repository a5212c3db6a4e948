// Derivatives, curvature and torsion of a curve that is known by samples only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// Samples of a curve. A closed curve leaves the closing sample out: row n - 1 is followed by row 0.
struct SampledCurve {
  std::span<const double> points;     ///< [length] n x d, row-major, finite
  std::size_t n = 0;                  ///< samples
  std::size_t d = 0;                  ///< dimension, d >= 1
  std::span<const double> parameter;  ///< [parameter] n, increasing; empty: uniform
  double step = 1.0;                  ///< [parameter] spacing of uniform samples, > 0
  bool closed = false;
  double period = 0.0;  ///< [parameter] of a closed curve with a parameter; parameter[0] + period is row 0 again
};

/// Where derivatives come from.
enum class DerivativeSource : std::uint8_t {
  finite_difference,  ///< order 2, 4, 6 or 8 in every derivative, at the ends and on uneven grids too
  spline,             ///< interpolating spline of degree 3, 5 or 7; order degree + 1 - k in the k-th derivative
  spectral,  ///< trigonometric interpolation; closed uniform curves only; error falls faster than any power of n
};

struct DifferentiationOptions {
  DerivativeSource source = DerivativeSource::finite_difference;
  /// [-] Order of the finite differences: 2, 4, 6, 8.
  std::size_t order = 4;
  /// [-] Degree of the spline: 3, 5, 7.
  std::size_t degree = 5;
  /// [-] How many derivatives; 0 stands for min(d, 3), but 2 for d = 1.
  std::size_t count = 0;
};

/// True if the last sample is the first one again, so that it must be left out to describe a closed curve.
bool repeats_first_point(std::span<const double> points, std::size_t n, std::size_t d);

/// The first `count` derivatives at every sample, with the noise that rounding of the points leaves in each.
/// Open curves: one-sided stencils or a not-a-knot spline at the ends. Closed curves: everything is periodic.
/// Smallest n: order + count for finite differences (one less on a closed uniform curve if count is even),
/// degree + 1 for splines, 3 for spectral.
/// @param curve what was sampled   @param options how to differentiate
/// @returns derivatives by u, with the unit that leads back to the parameter
/// @throws std::invalid_argument for sizes, values that are not finite (row named), a parameter that does not increase,
///   an order, degree or count that does not exist, too few samples, a closed curve that repeats its first sample,
///   a period not above parameter[n - 1] - parameter[0], spectral for an open or uneven curve
/// @accuracy truncation as stated at DerivativeSource; noise about 2^-53 |r| (pi / spacing)^k
/// @source Fornberg 1988 (weights); de Boor 2001 (splines); Trefethen 2000 (trigonometric interpolation)
DerivativeTable differentiate(const SampledCurve& curve, const DifferentiationOptions& options = {});

/// Speed, curvature, torsion and frame from samples: `differentiate`, then `curvature_from_table`.
/// A sample whose velocity is less than 8 times its noise is stationary; one whose normal part of r'' is below its
/// noise is straight. So a sampled line is straight, and not a curve of curvature 1e-12.
/// @accuracy curvature: order p for finite differences, degree - 1 for splines; torsion: order p, and degree - 2
FrenetData curvature_from_samples(const SampledCurve& curve, const DifferentiationOptions& options = {},
                                  const DegeneracyOptions& degeneracy = {});

/// Refuses a curve that is not well described; all functions that take a SampledCurve begin with this.
/// @throws std::invalid_argument, see differentiate
void require_valid(const SampledCurve& curve);

/// [parameter] The power of two next to the mean spacing, or the step of a uniform curve: parameter / unit has spacing
/// near 1.
double parameter_unit(const SampledCurve& curve);

}  // namespace orrery::curve
