// Runs a rule on Rosenbrock's function, as published trajectories do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <span>

namespace orrery::optimizer::test {

using Point = std::array<double, 2>;

/// The gradient of 100 (y - x^2)^2 + (1 - x)^2.
inline Point rosenbrock_slope(const Point& p) {
  const double valley = p[1] - p[0] * p[0];
  return {-400.0 * p[0] * valley - 2.0 * (1.0 - p[0]), 200.0 * valley};
}

/// 20 steps from (-1.5, 2): step(gradient, point, number of steps before).
template <class Step>
Point twenty_steps(const Step& step) {
  Point p{-1.5, 2.0};
  for (int t = 0; t < 20; ++t) {
    const Point g = rosenbrock_slope(p);
    step(std::span<const double>(g), std::span<double>(p), t);
  }
  return p;
}

inline bool near(const Point& a, const Point& b, double rtol) {
  return std::abs(a[0] - b[0]) <= rtol * std::abs(b[0]) && std::abs(a[1] - b[1]) <= rtol * std::abs(b[1]);
}

}  // namespace orrery::optimizer::test
