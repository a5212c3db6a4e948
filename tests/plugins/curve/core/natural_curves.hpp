// The torus knot (2, 3) and its natural equations in 64-bit arithmetic, for the tests of reconstruction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <numbers>

#include "plugins/curve/core/reconstruct.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve::test {

using Long = long double;
using LongPoint = std::array<Long, 3>;

inline std::vector<double> constant(double value, std::size_t steps, std::size_t nodes) {
  return std::vector<double>(steps * nodes, value);
}

/// The k-th derivative of ((2 + cos 3t) cos 2t, (2 + cos 3t) sin 2t, sin 3t), by sums of angles.
inline LongPoint knot_derivative(Long t, int k) {
  const Long quarter = k * std::numbers::pi_v<Long> / 2;
  const auto power = [k](Long w) { return std::pow(w, static_cast<Long>(k)); };
  const auto c = [&](Long w) { return power(w) * std::cos(w * t + quarter); };
  const auto s = [&](Long w) { return power(w) * std::sin(w * t + quarter); };
  return {2 * c(2) + (c(5) + c(1)) / 2, 2 * s(2) + (s(5) - s(1)) / 2, s(3)};
}

inline LongPoint cross(const LongPoint& a, const LongPoint& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

inline Long dot(const LongPoint& a, const LongPoint& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Speed, curvature and torsion at the Gauss nodes of equal steps once around the knot.
class KnotEquations {
 public:
  KnotEquations(std::size_t steps, std::size_t nodes) : parameter_(evenly(0.0, 2.0 * std::numbers::pi, steps + 1)) {
    const Long third = std::sqrt(Long(3)) / 6, fifth = std::sqrt(Long(15)) / 10;
    const std::array<Long, 3> places = nodes == 2 ? std::array<Long, 3>{0.5L - third, 0.5L + third, 0.0L}
                                                  : std::array<Long, 3>{0.5L - fifth, 0.5L, 0.5L + fifth};
    for (std::size_t i = 0; i < steps; ++i) {
      for (std::size_t k = 0; k < nodes; ++k) {
        const Long t = parameter_[i] + places[k] * (static_cast<Long>(parameter_[i + 1]) - parameter_[i]);
        const LongPoint r1 = knot_derivative(t, 1), r2 = knot_derivative(t, 2), area = cross(r1, r2);
        const Long speed = std::sqrt(dot(r1, r1));
        speed_.push_back(static_cast<double>(speed));
        curvature_.push_back(static_cast<double>(std::sqrt(dot(area, area)) / (speed * speed * speed)));
        torsion_.push_back(static_cast<double>(dot(area, knot_derivative(t, 3)) / dot(area, area)));
      }
    }
  }
  [[nodiscard]] NaturalEquations equations() const { return {parameter_, curvature_, torsion_, speed_}; }
  [[nodiscard]] std::span<const double> parameter() const { return parameter_; }
  [[nodiscard]] static SpaceStart start() {
    const LongPoint r0 = knot_derivative(0, 0), r1 = knot_derivative(0, 1), area = cross(r1, knot_derivative(0, 2));
    const Long speed = std::sqrt(dot(r1, r1)), size = std::sqrt(dot(area, area));
    const LongPoint normal = cross(area, r1);
    SpaceStart start;
    for (std::size_t c = 0; c < 3; ++c) {
      start.position[c] = static_cast<double>(r0[c]);
      start.frame[c] = static_cast<double>(r1[c] / speed);
      start.frame[3 + c] = static_cast<double>(normal[c] / (speed * size));
      start.frame[6 + c] = static_cast<double>(area[c] / size);
    }
    return start;
  }

 private:
  std::vector<double> parameter_, curvature_, torsion_, speed_;
};

/// Largest distance of a coordinate from the knot.
inline double knot_error(const KnotEquations& knot, std::span<const double> position) {
  Long worst = 0;
  for (std::size_t i = 0; i < knot.parameter().size(); ++i) {
    const LongPoint exact = knot_derivative(knot.parameter()[i], 0);
    for (std::size_t c = 0; c < 3; ++c) {
      worst = std::max(worst, std::abs(exact[c] - position[3 * i + c]));
    }
  }
  return static_cast<double>(worst);
}

}  // namespace orrery::curve::test
