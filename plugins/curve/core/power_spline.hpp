// B-spline curves as one polynomial a span, for curvature and torsion at many places.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// A B-spline curve in the plane or in space.
/// Life: 1. The constructor turns knots and control points into powers, which need not live on. 2. The others may be
/// called from any thread.
class PowerSpline {
 public:
  static constexpr std::size_t highest_degree = 15;

  /// @param knots [parameter] n + degree + 1, falling nowhere; the curve runs from knots[degree] to knots[n]
  /// @param control [length] n x d   @param d 2 or 3   @param degree 1 .. 15, n > degree
  /// @throws std::invalid_argument for sizes, a degree or dimension out of range, a value that is not finite, knots
  /// that
  ///   fall (row named), or a curve over no length of the parameter
  /// @source de Boor 2001, chapters IX and X (derivatives at the knots by differences of control points)
  PowerSpline(std::span<const double> knots, std::span<const double> control, std::size_t d, std::size_t degree);

  /// @param places [parameter] m, in any order; next to each other they are quickest
  /// @param out [length] m x d   @throws std::domain_error for a place off the curve, or nan (row named)
  void points(std::span<const double> places, std::span<double> out) const;

  /// Curvature and torsion.
  /// @param curvature [1 / length] m, signed in the plane (positive to the left)   @param torsion [1 / length] m for
  ///   d = 3, else empty   @param status m
  /// @throws std::domain_error as points()
  /// @accuracy 2e-13 |r'| |r''| / |r' x r''| relative for degrees 2 to 7, against 113-bit arithmetic; where the ratio
  /// is above
  ///   1e4, or numbers leave the range of doubles, by curvature_from_derivatives, which says what vanishes
  /// @source do Carmo 1976, section 1-5
  void geometry(std::span<const double> places, std::span<double> curvature, std::span<double> torsion,
                std::span<PointStatus> status) const;

  [[nodiscard]] double first() const { return starts_.front(); }
  [[nodiscard]] double last() const { return end_; }
  [[nodiscard]] std::size_t dimension() const { return d_; }

 private:
  // The span of a place, trying the one of the place before first.
  [[nodiscard]] std::size_t span_of(double place, std::size_t row, std::size_t guess) const;
  // Calls visit(first, count, span) for runs of at most `longest` places in one span.
  template <class Visit>
  void visit_runs(std::span<const double> places, const Visit& visit) const;
  void repair(double place, std::size_t span, std::size_t row, std::span<double> curvature, std::span<double> torsion,
              std::span<PointStatus> status) const;

  std::size_t d_;
  std::size_t degree_;
  std::vector<double> starts_;  // of the spans that have a length
  double end_ = 0.0;
  std::vector<double> powers_;  // spans x (degree + 1) x 3: Taylor's coefficients at the start of each span
};

}  // namespace orrery::curve
