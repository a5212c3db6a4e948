// Curvature and torsion of B-splines, and clothoid fits: against straightforward codes of the same results.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>
#include <vector>

#include "plugins/curve/core/clothoid.hpp"
#include "plugins/curve/core/power_spline.hpp"

namespace {

using namespace orrery::curve;

template <class F>
double best_of(int tries, F&& f) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const auto start = Clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

constexpr std::size_t degree = 5;

// The derivative of an order at u: differences of control points, then de Boor's triangle, each time anew.
double de_boor(const std::vector<double>& knots, const std::vector<double>& control, std::size_t span, std::size_t c,
               std::size_t order, double u) {
  std::array<double, degree + 1> d;
  for (std::size_t j = 0; j <= degree; ++j) d[j] = control[3 * (span - degree + j) + c];
  std::size_t p = degree;
  for (std::size_t k = 0; k < order; ++k, --p)
    for (std::size_t j = 0; j < p; ++j)
      d[j] = static_cast<double>(p) * (d[j + 1] - d[j]) / (knots[span + 1 + j] - knots[span + 1 + j - p]);
  for (std::size_t r = 1; r <= p; ++r)
    for (std::size_t j = p; j >= r; --j) {
      const double low = knots[span - p + j], high = knots[span + 1 + j - r];
      d[j] = ((high - u) * d[j - 1] + (u - low) * d[j]) / (high - low);
    }
  return d[p];
}

void naive(const std::vector<double>& knots, const std::vector<double>& control, const std::vector<double>& places,
           std::vector<double>& curvature, std::vector<double>& torsion) {
  std::size_t span = degree;
  for (std::size_t i = 0; i < places.size(); ++i) {
    while (span + 1 < control.size() / 3 && places[i] >= knots[span + 1]) ++span;
    double d[3][3];
    for (std::size_t order = 1; order <= 3; ++order)
      for (std::size_t c = 0; c < 3; ++c) d[order - 1][c] = de_boor(knots, control, span, c, order, places[i]);
    const auto& [v, a, j] = d;
    const double x = v[1] * a[2] - v[2] * a[1], y = v[2] * a[0] - v[0] * a[2], z = v[0] * a[1] - v[1] * a[0];
    const double area = x * x + y * y + z * z, speed = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    curvature[i] = std::sqrt(area) / (speed * std::sqrt(speed));
    torsion[i] = (x * j[0] + y * j[1] + z * j[2]) / area;
  }
}

void spline() {
  constexpr std::size_t n = 2000, m = 200000;
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  std::vector<double> knots(n + degree + 1), control(3 * n), places(m), k(m), t(m), k0(m), t0(m);
  for (std::size_t i = 0; i < knots.size(); ++i) knots[i] = static_cast<double>(i) + 0.2 * std::sin(double(i));
  for (std::size_t i = 0; i < 3 * n; ++i) control[i] = normal(generator);
  const PowerSpline curve(knots, control, 3, degree);
  for (std::size_t i = 0; i < m; ++i)
    places[i] = curve.first() + (curve.last() - curve.first()) * (double(i) + 0.5) / double(m);
  std::vector<PointStatus> status(m);
  const double ours = best_of(20, [&] { curve.geometry(places, k, t, status); });
  const double theirs = best_of(10, [&] { naive(knots, control, places, k0, t0); });
  double worst = 0.0;
  for (std::size_t i = 0; i < m; ++i) worst = std::max(worst, std::abs(k[i] - k0[i]) / k0[i]);
  std::printf(
      "spline curvature and torsion, degree 5: %.1f ns a point; de Boor for each derivative %.1f; ratio %.1f; "
      "largest relative difference of curvature %.1e\n",
      ours / m * 1e9, theirs / m * 1e9, theirs / ours, worst);
}

// Newton's method on the direction of the chord as Bertolazzi and Frego pose it, their polynomial start, and moments by
// a Gauss-Legendre rule of 16 nodes (their code takes Fresnel integrals; 719 ns a fit were measured for it elsewhere).
constexpr std::array<double, 8> nodes{.0950125098376374, .2816035507792589, .4580167776572274, .6178762444026438,
                                      .7554044083550030, .8656312023878318, .9445750230732326, .9894009349916499};
constexpr std::array<double, 8> weights{.1894506104550685, .1826034150449236, .1691565193950025, .1495959888165767,
                                        .1246289712555339, .0951585116824928, .0622535239386479, .0271524594117541};

Clothoid newton(const double* from, const double* to) {
  const double dx = to[0] - from[0], dy = to[1] - from[1], r = std::hypot(dx, dy), direction = std::atan2(dy, dx);
  const double a = std::remainder(from[2] - direction, 2.0 * std::numbers::pi);
  const double b = std::remainder(to[2] - direction, 2.0 * std::numbers::pi);
  const double x = a / std::numbers::pi, y = b / std::numbers::pi, xy = x * y, s = x * x + y * y;
  double A = (a + b) * (2.989696028701907 + xy * (0.716228953608281 - 0.458969738821509 * xy) +
                        (0.261062141752652 * xy - 0.502821153340377) * s - 0.045854475238709 * s * s);
  const double delta = b - a;
  double cosine = 0.0;
  for (int pass = 0; pass < 10; ++pass) {
    double sine = 0.0, slope = 0.0;
    cosine = 0.0;
    for (std::size_t i = 0; i < 16; ++i) {
      const double t = 0.5 + (i % 2 == 0 ? 0.5 : -0.5) * nodes[i / 2], w = weights[i / 2] / 2.0;
      const double angle = A * t * t + (delta - A) * t + a, c = std::cos(angle);
      cosine += w * c;
      sine += w * std::sin(angle);
      slope += w * c * (t * t - t);
    }
    if (std::abs(sine) < 1e-14) break;
    A -= sine / slope;
  }
  const double length = r / cosine;
  return {(delta - A) / length, 2.0 * A / (length * length), length};
}

void clothoid() {
  constexpr std::size_t n = 20000;
  std::mt19937_64 generator(2);
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  std::vector<double> from(3 * n), to(3 * n);
  for (double& x : from) x = 2.0 * unit(generator);
  for (double& x : to) x = 2.0 * unit(generator);
  std::vector<Clothoid> ours(n), theirs(n);
  const double fast = best_of(20, [&] { fit_clothoids(from, to, ours); });
  const double slow = best_of(10, [&] {
    for (std::size_t i = 0; i < n; ++i) theirs[i] = newton(&from[3 * i], &to[3 * i]);
  });
  std::size_t apart = 0;
  for (std::size_t i = 0; i < n; ++i) apart += std::abs(ours[i].length - theirs[i].length) > 1e-9 * ours[i].length;
  std::printf("clothoid fits: %.1f ns each; Newton with quadrature %.1f; ratio %.1f; %zu of %zu differ by 1e-9\n",
              fast / n * 1e9, slow / n * 1e9, slow / fast, apart, n);
}

}  // namespace

int main() {
  spline();
  clothoid();
}
