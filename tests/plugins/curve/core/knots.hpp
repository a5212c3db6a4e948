// Torus knots and random polygons that the tests of topology share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace orrery::curve::test {

/// n samples of the knot that runs p times around the axis and q times through the hole; left-handed for p, q > 0.
inline std::vector<double> torus_knot(int p, int q, std::size_t n, double tube = 1.0) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
    const double radius = 2.0 + tube * std::cos(q * t);
    points.insert(points.end(), {radius * std::cos(p * t), radius * std::sin(p * t), tube * std::sin(q * t)});
  }
  return points;
}

/// Normals of the torus along that knot.
inline std::vector<double> torus_normals(int p, int q, std::size_t n) {
  std::vector<double> normals;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
    normals.insert(normals.end(),
                   {std::cos(p * t) * std::cos(q * t), std::sin(p * t) * std::cos(q * t), std::sin(q * t)});
  }
  return normals;
}

/// A polygon with whole coordinates from -reach to reach: full of points on one line and in one plane.
inline std::vector<double> lattice_polygon(std::mt19937_64& generator, std::size_t n, int reach) {
  std::uniform_int_distribution<int> coordinate(-reach, reach);
  std::vector<double> points(3 * n);
  for (double& x : points) x = coordinate(generator);
  return points;
}

}  // namespace orrery::curve::test
