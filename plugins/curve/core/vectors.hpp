// Vectors of space as arrays of three numbers, for the files of this folder that need no more.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace orrery::curve {

using Vector3 = std::array<double, 3>;

inline Vector3 row_of(std::span<const double> rows, std::size_t row) {
  return {rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]};
}
inline Vector3 plus(const Vector3& a, const Vector3& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
inline Vector3 minus(const Vector3& a, const Vector3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
inline Vector3 scaled(const Vector3& a, double factor) { return {factor * a[0], factor * a[1], factor * a[2]}; }
inline double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
inline double norm(const Vector3& a) { return std::sqrt(dot(a, a)); }

}  // namespace orrery::curve
