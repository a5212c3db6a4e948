// Interpolating splines of odd degree in R^d, open (not-a-knot) or periodic.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugins/curve/core/samples.hpp"

namespace orrery::curve {

/// A piecewise polynomial curve through samples.
/// Life: 1. interpolate() makes it from samples, which need not live on. 2. evaluate() may be called from any thread.
class Spline {
 public:
  /// The spline of the degree through all samples, with continuous derivatives up to degree - 1.
  /// Open curves: not-a-knot ends, exact for polynomials up to the degree. Closed curves: periodic.
  /// @param degree 3, 5 or 7   @throws std::invalid_argument, see differentiate
  /// @accuracy order degree + 1 in the value, one less for each derivative; reproduces polynomials of the degree to
  /// 1e-13
  /// @source de Boor 2001, chapters X and XIII
  static Spline interpolate(const SampledCurve& curve, std::size_t degree);

  /// Value and the first `count` derivatives by u at one place.
  /// @param u within [first(), last()]; outside, the end polynomial goes on   @param out (count + 1) x d
  void evaluate(double u, std::size_t count, std::span<double> out) const;

  /// The samples' parameters in u, for a closed curve with the closing one: the places where the pieces meet.
  [[nodiscard]] std::span<const double> sites() const { return sites_; }
  [[nodiscard]] double first() const { return sites_.front(); }
  [[nodiscard]] double last() const { return sites_.back(); }
  [[nodiscard]] std::size_t dimension() const { return d_; }
  [[nodiscard]] std::size_t degree() const { return degree_; }
  /// [parameter] Length of one step of u; derivatives by the parameter are those by u over unit^k.
  [[nodiscard]] double unit() const { return unit_; }

 private:
  Spline(const SampledCurve& curve, std::size_t degree);
  void solve_open(const SampledCurve& curve);
  void solve_closed(const SampledCurve& curve);
  [[nodiscard]] std::size_t span_of(double u) const;
  // Values at u of the `degree + 1` basis functions of that degree that are not zero on the span.
  void basis(double u, std::size_t span, std::size_t degree, std::span<double> out) const;

  std::size_t d_;
  std::size_t degree_;
  double unit_;
  std::vector<double> sites_;
  std::vector<double> knots_;
  std::vector<double> coefficients_;  // (knots - degree - 1) x d, relative to origin_
  std::vector<double> origin_;        // the first sample
};

}  // namespace orrery::curve
