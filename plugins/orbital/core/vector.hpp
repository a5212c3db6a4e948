// Vectors of three doubles, with products that keep their accuracy when they nearly cancel.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital {

using Vec3 = std::array<double, 3>;

/// A body's position and velocity relative to the attracting centre, in any consistent units.
struct State {
  Vec3 position{};
  Vec3 velocity{};
};

inline Vec3 operator+(const Vec3& a, const Vec3& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
inline Vec3 operator-(const Vec3& a, const Vec3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
inline Vec3 operator*(double s, const Vec3& a) { return {s * a[0], s * a[1], s * a[2]}; }

/// a . b, as if summed in twice the precision and rounded once.
inline double dot(const Vec3& a, const Vec3& b) {
  return (two_prod(a[0], b[0]) + two_prod(a[1], b[1]) + two_prod(a[2], b[2])).value();
}

/// |a| without overflow or underflow.
inline double norm(const Vec3& a) { return std::hypot(a[0], a[1], a[2]); }

/// a x b; each component is accurate even if its two products nearly cancel.
inline Vec3 cross(const Vec3& a, const Vec3& b) {
  const auto minor = [&](std::size_t i, std::size_t j) {
    return (two_prod(a[i], b[j]) - two_prod(a[j], b[i])).value();
  };
  return {minor(1, 2), minor(2, 0), minor(0, 1)};
}

inline bool is_finite(const Vec3& a) { return std::isfinite(a[0]) && std::isfinite(a[1]) && std::isfinite(a[2]); }

}  // namespace orrery::orbital
