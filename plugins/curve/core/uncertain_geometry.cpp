// Curvature and torsion with standard errors.
// SPDX-License-Identifier: Apache-2.0
// Source: do Carmo 1976, section 1-5. With T the tangent, N the normal, v, a, j the first three derivatives:
// d kappa = (N . da - (T . a) (N . dv) / |v|) / |v|^2 - 2 kappa (T . dv) / |v|, and tau likewise by its determinants.
#include <cmath>
#include <limits>

#include "plugins/curve/core/smooth.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double interval = 1.959963984540054;  // of a normal deviate, both sides, at 95 %

double product(const double* a, const double* b, std::size_t d) {
  double sum = 0.0;
  for (std::size_t c = 0; c < d; ++c) sum += a[c] * b[c];
  return sum;
}

// The length that d - 1 independent normal deviates exceed together in 5 of 100 cases (Wilson, Hilferty 1931; exact for
// the plane and for space).
double noise_length(std::size_t d) {
  if (d == 2) return interval;
  if (d == 3) return std::sqrt(-2.0 * std::log(0.05));
  const double k = static_cast<double>(d - 1), part = 2.0 / (9.0 * k);
  return std::sqrt(k * std::pow(1.0 - part + 1.6448536269514722 * std::sqrt(part), 3.0));
}

void add_torsion(const SmoothCurve::Local& local, UncertainGeometry& g) {
  const Vector3 v = row_of(local.values, 1), a = row_of(local.values, 2), j = row_of(local.values, 3);
  const Vector3 area = cross(v, a);
  const double size = norm(area);
  const Vector3 b = scaled(area, 1.0 / size);
  g.torsion = dot(b, j) / size;
  const double by = 1.0 / (size * size), twice = 2.0 * g.torsion / size;
  const std::array<Vector3, 3> gradient{minus(scaled(cross(a, j), by), scaled(cross(a, b), twice)),
                                        minus(scaled(cross(j, v), by), scaled(cross(b, v), twice)),
                                        scaled(b, 1.0 / size)};
  double variance = 0.0;
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t l = 0; l < 3; ++l) variance += local.covariance[k + 1][l + 1] * dot(gradient[k], gradient[l]);
  g.torsion_error = std::sqrt(std::max(variance, 0.0));
}

}  // namespace

UncertainGeometry uncertain_geometry(const SmoothCurve::Local& local, std::size_t d) {
  UncertainGeometry g{.torsion_error = infinity};
  const double* v = &local.values[d];
  const double* a = &local.values[2 * d];
  const double speed = std::sqrt(product(v, v, d));
  const auto& covariance = local.covariance;
  if (!(speed > noise_length(d + 1) * std::sqrt(covariance[1][1]))) {
    g.curvature_error = infinity;
    g.straight = true;
    return g;
  }
  const double along = product(v, a, d) / speed;
  double square = 0.0;
  for (std::size_t c = 0; c < d; ++c) {
    const double across = a[c] - along * v[c] / speed;
    square += across * across;
  }
  g.curvature = std::sqrt(square) / (speed * speed);
  const double by_a = 1.0 / (speed * speed), by_v = -along / (speed * speed * speed);
  const double across_variance =
      by_a * by_a * covariance[2][2] + 2.0 * by_a * by_v * covariance[1][2] + by_v * by_v * covariance[1][1];
  const double by_speed = 2.0 * g.curvature / speed;
  g.curvature_error = std::sqrt(std::max(across_variance, 0.0) + by_speed * by_speed * covariance[1][1]);
  g.straight = !(g.curvature > noise_length(d) * g.curvature_error);
  if (d == 3 && !g.straight) add_torsion(local, g);
  return g;
}

}  // namespace orrery::curve
