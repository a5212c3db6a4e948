// Twist, total curvature and total torsion of smooth closed curves, by trapezoidal rules.
// SPDX-License-Identifier: Apache-2.0
// Sources: Milnor 1950; White 1969; Fuller 1971.
#include "plugins/curve/core/twist.hpp"

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

constexpr std::size_t most_places = 1U << 17U;
constexpr double agreement = 1e-14;
constexpr double straight_limit = 1e-8;

struct Fields {
  std::vector<double> first, second, third, directors, turning;
  double largest_second = 0.0;  // what counts as no curvature is measured against this
};

Fields refined(const ClosedCurve& curve, std::span<const double> directors, std::span<const double> turning,
               std::size_t m) {
  Fields fields{
      refine_closed(curve.first, m), refine_closed(curve.second, m), refine_closed(curve.third, m), {}, {}, 0.0};
  for (const double x : fields.second) fields.largest_second = std::max(fields.largest_second, std::abs(x));
  if (!directors.empty()) fields.directors = refine_closed(directors, m);
  if (!turning.empty()) fields.turning = refine_closed(turning, m);
  return fields;
}

// The integrand by the parameter at one place.
using Integrand = double (*)(const Fields& fields, std::size_t row);

double curvature_by_parameter(const Fields& f, std::size_t row) {
  const Vector3 v = row_of(f.first, row), a = row_of(f.second, row);
  return norm(cross(v, a)) / dot(v, v);
}

[[noreturn]] void refuse(const std::string& what, std::size_t row, std::size_t places) {
  throw std::invalid_argument(what + " at " + number_text(static_cast<double>(row) / static_cast<double>(places)) +
                              " of the way around");
}

double torsion_by_parameter(const Fields& f, std::size_t row) {
  const Vector3 v = row_of(f.first, row), a = row_of(f.second, row);
  const Vector3 binormal = cross(v, a);
  const double size = norm(binormal);
  if (size <= straight_limit * norm(v) * f.largest_second)
    refuse("the curvature vanishes, so that there is no torsion,", row, f.first.size() / 3);
  return dot(scaled(binormal, 1.0 / size), row_of(f.third, row)) / size * norm(v);
}

double twist_by_parameter(const Fields& f, std::size_t row) {
  const Vector3 v = row_of(f.first, row), a = row_of(f.second, row);
  const Vector3 u = row_of(f.directors, row), du = row_of(f.turning, row);
  const double speed = norm(v);
  const Vector3 tangent = scaled(v, 1.0 / speed);
  const Vector3 bend = scaled(minus(a, scaled(tangent, dot(a, tangent))), 1.0 / speed);
  const double along = dot(u, tangent);
  const Vector3 normal = minus(u, scaled(tangent, along));
  const double square = dot(normal, normal);
  if (!(square > straight_limit * straight_limit * dot(u, u)))
    refuse("the director is 0 or along the curve", row, f.first.size() / 3);
  return dot(cross(tangent, normal), minus(du, scaled(bend, along))) / square;
}

double mean(const Fields& fields, Integrand integrand) {
  const std::size_t m = fields.first.size() / 3;
  double sum = 0.0, rest = 0.0;
  for (std::size_t row = 0; row < m; ++row) {
    const double term = integrand(fields, row), next = sum + term;
    rest += std::abs(sum) >= std::abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }
  return (sum + rest) / static_cast<double>(m);
}

ClosedIntegral integrate(const ClosedCurve& curve, std::span<const double> directors, std::span<const double> turning,
                         Integrand integrand) {
  ClosedIntegral result;
  double before = 0.0;
  std::size_t places = std::max<std::size_t>(32, curve.points.size() / 3);
  for (bool first = true; first || places <= most_places; places *= 2) {
    result.value = 2.0 * std::numbers::pi * mean(refined(curve, directors, turning, places), integrand);
    result.difference = first ? std::abs(result.value) : std::abs(result.value - before);
    result.places = places;
    if (!first && result.difference <= agreement * std::max(1.0, std::abs(result.value))) break;
    before = result.value;
    first = false;
  }
  return result;
}

ClosedCurve normalised(std::span<const double> points) {
  double largest = 0.0;
  for (const double x : points) largest = std::max(largest, std::abs(x));
  std::vector<double> rows(points.begin(), points.end());
  const int exponent = largest > 0.0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
  for (double& x : rows) x = std::scalbn(x, -exponent);
  return interpolate_closed(rows);
}

}  // namespace

ClosedIntegral smooth_total_curvature(std::span<const double> points) {
  return integrate(normalised(points), {}, {}, curvature_by_parameter);
}

ClosedIntegral smooth_total_torsion(std::span<const double> points) {
  return integrate(normalised(points), {}, {}, torsion_by_parameter);
}

ClosedIntegral smooth_twist(std::span<const double> points, std::span<const double> directors) {
  const ClosedCurve curve = normalised(points);
  require_size(directors, points.size() / 3, 3, "directors");
  require_finite(directors, 3, "directors");
  for (std::size_t row = 0; row < directors.size() / 3; ++row)
    if (norm(row_of(directors, row)) == 0.0)
      throw std::invalid_argument("directors must not be 0; row " + std::to_string(row) + " is");
  // Only directions count, and unit vectors keep the products in range; their interpolant serves as the field.
  std::vector<double> unit(directors.begin(), directors.end());
  for (std::size_t row = 0; row < unit.size(); row += 3) {
    const double length = std::hypot(unit[row], unit[row + 1], unit[row + 2]);
    for (std::size_t c = 0; c < 3; ++c) unit[row + c] /= length;
  }
  const std::vector<double> turning = closed_derivative(unit);
  ClosedIntegral result = integrate(curve, unit, turning, twist_by_parameter);
  result.value /= 2.0 * std::numbers::pi;
  result.difference /= 2.0 * std::numbers::pi;
  return result;
}

}  // namespace orrery::curve
