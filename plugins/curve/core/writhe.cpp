// The writhe of polygons, by solid angles.
// SPDX-License-Identifier: Apache-2.0
// Sources: Banchoff 1976; Klenin, Langowski 2000; Van Oosterom, Strackee 1983.
#include "plugins/curve/core/writhe.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

using Vector = Vector3;

Vector operator-(const Vector& a, const Vector& b) { return minus(a, b); }

// The different successive points, scaled to sizes whose products neither over- nor underflow.
std::vector<Vector> vertices(std::span<const double> points, bool closed, std::size_t least, const std::string& name) {
  if (points.size() % 3 != 0)
    throw std::invalid_argument(name + " must be n x 3; it holds " + std::to_string(points.size()) + " numbers");
  if (points.size() / 3 < least)
    throw std::invalid_argument("a curve needs at least " + std::to_string(least) + " points here; '" + name +
                                "' has " + std::to_string(points.size() / 3));
  require_finite(points, 3, name);
  std::vector<Vector> result;
  for (std::size_t i = 0; i < points.size(); i += 3) {
    const Vector point{points[i], points[i + 1], points[i + 2]};
    if (result.empty() || result.back() != point) result.push_back(point);
  }
  if (closed && result.size() > 1 && result.front() == result.back()) result.pop_back();
  return result;
}

int exponent_of(std::span<const double> points) {
  double largest = 0.0;
  for (const double x : points) largest = std::max(largest, std::abs(x));
  return largest > 0.0 ? std::ilogb(largest) : 0;
}

void rescale(std::vector<Vector>& rows, int exponent) {
  for (Vector& row : rows)
    for (double& x : row) x = std::scalbn(x, -exponent);
}

// Half of the signed area of the unit sphere that the chords from edge a b to edge c d sweep.
double half_solid_angle(const Vector& a, const Vector& b, const Vector& c, const Vector& d) {
  const Vector ac = c - a, ad = d - a, bc = c - b, bd = d - b;
  const double volume = dot(cross(b - a, d - c), ac);
  if (volume == 0.0) return 0.0;
  const double lac = norm(ac), lad = norm(ad), lbc = norm(bc), lbd = norm(bd);
  const double diagonal = lac * lbd + dot(ac, bd);
  const double one = diagonal * lad + dot(ac, ad) * lbd + dot(ad, bd) * lac;
  const double two = diagonal * lbc + dot(ac, bc) * lbd + dot(bc, bd) * lac;
  // Both halves of the quadrilateral have the sign of the volume; each is below pi, and so is their sum.
  return std::atan2(volume, one) + std::atan2(volume, two);
}

class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    rest_ += std::abs(sum_) >= std::abs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0.0;
  double rest_ = 0.0;
};

}  // namespace

double polygon_writhe(std::span<const double> points, bool closed) {
  std::vector<Vector> rows = vertices(points, closed, closed ? 3 : 2, "points");
  rescale(rows, exponent_of(points));
  const std::size_t n = rows.size();
  if (n < 4) return 0.0;
  const std::size_t edges = closed ? n : n - 1;
  CompensatedSum sum;
  for (std::size_t i = 0; i < edges; ++i)
    for (std::size_t j = i + 2; j < edges; ++j) {
      if (closed && i == 0 && j == n - 1) continue;
      sum.add(half_solid_angle(rows[i], rows[i + 1], rows[j], rows[(j + 1) % n]));
    }
  return -sum.value() / std::numbers::pi;
}

double polygon_gauss_integral(std::span<const double> first, std::span<const double> second) {
  std::vector<Vector> a = vertices(first, true, 3, "first"), b = vertices(second, true, 3, "second");
  const int exponent = std::max(exponent_of(first), exponent_of(second));
  rescale(a, exponent);
  rescale(b, exponent);
  CompensatedSum sum;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      sum.add(half_solid_angle(a[i], a[(i + 1) % a.size()], b[j], b[(j + 1) % b.size()]));
  return -sum.value() / (2.0 * std::numbers::pi);
}

}  // namespace orrery::curve
