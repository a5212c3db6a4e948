// Exact signs of orientation determinants.
// SPDX-License-Identifier: Apache-2.0
// Source: Shewchuk 1997, sections 2 and 4 (error bounds of the filters, exact expansions).
#include "plugins/curve/core/exact_sign.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

namespace {

constexpr double unit_roundoff = std::numeric_limits<double>::epsilon() / 2.0;
constexpr double plane_bound = (3.0 + 16.0 * unit_roundoff) * unit_roundoff;
constexpr double space_bound = (7.0 + 56.0 * unit_roundoff) * unit_roundoff;

int sign(double x) { return (x > 0.0) - (x < 0.0); }

DoubleDouble difference(double a, double b) { return two_sum(a, -b); }

// The product of exact differences, as terms whose sum it is.
void add_product(std::vector<double>& terms, DoubleDouble x, DoubleDouble y, double factor) {
  for (const double p : {x.hi, x.lo})
    for (const double q : {y.hi, y.lo}) {
      const DoubleDouble product = two_product(factor * p, q);
      terms.push_back(product.hi);
      terms.push_back(product.lo);
    }
}

void add_product(std::vector<double>& terms, DoubleDouble x, DoubleDouble y, DoubleDouble z, double factor) {
  std::vector<double> pair;
  add_product(pair, x, y, factor);
  for (const double p : pair)
    for (const double q : {z.hi, z.lo}) {
      const DoubleDouble product = two_product(p, q);
      terms.push_back(product.hi);
      terms.push_back(product.lo);
    }
}

int exact_orientation(const Point2& a, const Point2& b, const Point2& c) {
  std::vector<double> terms;
  add_product(terms, difference(b[0], a[0]), difference(c[1], a[1]), 1.0);
  add_product(terms, difference(b[1], a[1]), difference(c[0], a[0]), -1.0);
  return sign_of_sum(terms);
}

int exact_orientation(const Point3& a, const Point3& b, const Point3& c, const Point3& d) {
  std::array<std::array<DoubleDouble, 3>, 3> rows;
  for (std::size_t k = 0; k < 3; ++k) {
    rows[0][k] = difference(b[k], a[k]);
    rows[1][k] = difference(c[k], a[k]);
    rows[2][k] = difference(d[k], a[k]);
  }
  std::vector<double> terms;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t next = (k + 1) % 3, last = (k + 2) % 3;
    add_product(terms, rows[0][next], rows[1][last], rows[2][k], 1.0);
    add_product(terms, rows[0][last], rows[1][next], rows[2][k], -1.0);
  }
  return sign_of_sum(terms);
}

}  // namespace

int sign_of_sum(std::span<const double> terms) {
  std::vector<double> expansion;
  for (double term : terms) {
    std::size_t kept = 0;
    for (const double part : expansion) {
      const DoubleDouble sum = two_sum(term, part);
      term = sum.hi;
      if (sum.lo != 0.0) expansion[kept++] = sum.lo;
    }
    expansion.resize(kept);
    if (term != 0.0) expansion.push_back(term);
  }
  return expansion.empty() ? 0 : sign(expansion.back());
}

int orientation(const Point2& a, const Point2& b, const Point2& c) {
  const double left = (b[0] - a[0]) * (c[1] - a[1]);
  const double right = (b[1] - a[1]) * (c[0] - a[0]);
  const double determinant = left - right;
  if (std::abs(determinant) > plane_bound * (std::abs(left) + std::abs(right))) return sign(determinant);
  return exact_orientation(a, b, c);
}

int orientation(const Point3& a, const Point3& b, const Point3& c, const Point3& d) {
  double determinant = 0.0, permanent = 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t next = (k + 1) % 3, last = (k + 2) % 3;
    const double plus = (b[next] - a[next]) * (c[last] - a[last]);
    const double minus = (b[last] - a[last]) * (c[next] - a[next]);
    determinant += (plus - minus) * (d[k] - a[k]);
    permanent += (std::abs(plus) + std::abs(minus)) * std::abs(d[k] - a[k]);
  }
  // The sum starts from 0 and not from the first product, which costs no rounding.
  if (std::abs(determinant) > space_bound * permanent) return sign(determinant);
  return exact_orientation(a, b, c, d);
}

std::vector<std::vector<double>> scaled_for_exactness(std::initializer_list<std::span<const double>> arrays,
                                                      std::string_view name) {
  double largest = 0.0, smallest = std::numeric_limits<double>::infinity();
  for (const auto& array : arrays)
    for (const double x : array) {
      largest = std::max(largest, std::abs(x));
      if (x != 0.0) smallest = std::min(smallest, std::abs(x));
    }
  if (largest > 0.0 && std::ilogb(largest) - std::ilogb(smallest) > 590)
    throw std::invalid_argument(std::string(name) + " must differ in size by less than 2^590; they reach from " +
                                number_text(smallest) + " to " + number_text(largest));
  const int shift = largest > 0.0 ? 300 - std::ilogb(largest) - 1 : 0;
  std::vector<std::vector<double>> scaled;
  for (const auto& array : arrays) {
    scaled.emplace_back(array.begin(), array.end());
    for (double& x : scaled.back()) x = std::scalbn(x, shift);
  }
  return scaled;
}

}  // namespace orrery::curve
