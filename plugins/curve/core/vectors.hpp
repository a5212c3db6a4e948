// Vectors of space as arrays of three numbers, and products of rows of any length.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
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
// Of any number of dimensions.
inline double dot(const double* a, const double* b, std::size_t d) {
  double sum = 0.0;
  for (std::size_t c = 0; c < d; ++c) sum += a[c] * b[c];
  return sum;
}
inline double dot(std::span<const double> a, std::span<const double> b) { return dot(a.data(), b.data(), a.size()); }
/// Without overflow or underflow on the way.
inline double length(std::span<const double> v) {
  double largest = 0.0, sum = 0.0;
  for (const double x : v) largest = std::max(largest, std::abs(x));
  for (const double x : v) sum += largest > 0.0 ? (x / largest) * (x / largest) : 0.0;
  return largest * std::sqrt(sum);
}
inline double norm(const Vector3& a) { return std::sqrt(dot(a, a)); }

}  // namespace orrery::curve
