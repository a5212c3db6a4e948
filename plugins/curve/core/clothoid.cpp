// Clothoids through two points with two directions.
// SPDX-License-Identifier: Apache-2.0
// Sources: Bertolazzi, Frego 2015; DLMF 10.51.1, 10.54.2. About the middle u = 0 of a curve of length 1 the direction
// is A (u^2 - 1/4) + delta u + sigma, sigma the mean and delta the difference of the angles at its ends. So the chord
// is exp(i sigma) F with F = sum over k of (-i z)^k g_k(x), z = A / 2, x = delta / 2, g_k(x) = j_k(x) / x^k with
// spherical Bessel functions j_k; and the curve meets its end where the argument of F is -sigma.
#include "plugins/curve/core/clothoid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t lanes = 8;
constexpr std::size_t terms = 36;  // z^k g_k < 1e-19 beyond, for z < 8.5
constexpr std::size_t ahead = 6;   // where the backward recurrence starts beyond that

using Lanes = std::array<double, lanes>;

// z g_1 / (g_0 sigma) by powers of (sigma/pi)^2 (rows) and (x/pi)^2, fitted on |sigma| + |x| <= pi to 9e-5.
constexpr double start_table[6][6] = {
    {1.00001357, -0.000650990706, 0.00517715237, -0.0147896266, 0.0179016295, -0.0076138935},
    {-0.0927097085, -0.0880190646, 1.56590457, -2.05190358, 3.72172961, 0.0},
    {-0.031456377, 0.555739849, -2.49909874, 2.46991644, 0.0, 0.0},
    {0.0191233645, -0.601724567, 2.11214846, 0.0, 0.0, 0.0},
    {-0.00811868149, 0.307098552, 0.0, 0.0, 0.0, 0.0},
    {0.00384425156, 0.0, 0.0, 0.0, 0.0, 0.0}};

struct Problem {
  Lanes sigma, x;          // mean angle from the chord, half the difference
  Lanes sine, cosine;      // of sigma
  Lanes sine_x, cosine_x;  // of x
};

struct Solution {
  Lanes z;     // half of A
  Lanes size;  // |F|
};

// g_0 ... g_{terms - 1} in rows.
void moments(const Problem& p, std::array<Lanes, terms>& g) {
  Lanes square, above, current;
  for (std::size_t l = 0; l < lanes; ++l) {
    square[l] = p.x[l] * p.x[l];
    above[l] = 0.0;
    current[l] = 1e-200;
  }
  for (std::size_t k = terms + ahead - 1; k > 0; --k) {
    const auto odd = static_cast<double>(2 * k + 1);
    for (std::size_t l = 0; l < lanes; ++l) {
      const double below = odd * current[l] - square[l] * above[l];
      above[l] = current[l];
      current[l] = below;
      if (k <= terms) g[k - 1][l] = below;
    }
  }
  Lanes zeroth, scale;
  for (std::size_t l = 0; l < lanes; ++l) {
    zeroth[l] = p.x[l] == 0.0 ? 1.0 : p.sine_x[l] / p.x[l];
    // Near x = pi, where g_0 vanishes, the scale is that of g_1.
    scale[l] = square[l] < 1.0 ? zeroth[l] / g[0][l] : (zeroth[l] - p.cosine_x[l]) / square[l] / g[1][l];
  }
  for (std::size_t k = 1; k < terms; ++k)
    for (std::size_t l = 0; l < lanes; ++l) g[k][l] *= scale[l];
  g[0] = zeroth;
}

void start(const Problem& p, const std::array<Lanes, terms>& g, Lanes& z) {
  constexpr double unit = 1.0 / (std::numbers::pi * std::numbers::pi);
  for (std::size_t l = 0; l < lanes; ++l) {
    const double a = p.sigma[l] * p.sigma[l] * unit, b = p.x[l] * p.x[l] * unit;
    double sum = 0.0;
    for (std::size_t i = 6; i-- > 0;) {
      double row = 0.0;
      for (std::size_t j = 6 - i; j-- > 0;) row = row * b + start_table[i][j];
      sum = sum * a + row;
    }
    z[l] = sum * p.sigma[l] * g[0][l] / g[1][l];
  }
}

// One Newton step for arg(exp(i sigma) F(z)) = 0, and |F| at its end to second order.
void improve(const Problem& p, const std::array<Lanes, terms>& g, Solution& s) {
  Lanes q, even, odd, even_slope, odd_slope;
  for (std::size_t l = 0; l < lanes; ++l) {
    q[l] = -(s.z[l] * s.z[l]);
    even[l] = odd[l] = even_slope[l] = odd_slope[l] = 0.0;
  }
  for (std::size_t k = terms; k > 0; k -= 2)
    for (std::size_t l = 0; l < lanes; ++l) {
      even_slope[l] = even_slope[l] * q[l] + even[l];
      odd_slope[l] = odd_slope[l] * q[l] + odd[l];
      even[l] = even[l] * q[l] + g[k - 2][l];
      odd[l] = odd[l] * q[l] + g[k - 1][l];
    }
  for (std::size_t l = 0; l < lanes; ++l) {
    const double z = s.z[l];
    const double real = even[l], imaginary = -(z * odd[l]);
    const double real_slope = -2.0 * z * even_slope[l], imaginary_slope = -(odd[l] + 2.0 * q[l] * odd_slope[l]);
    const double along = p.cosine[l] * real - p.sine[l] * imaginary;
    const double across = p.sine[l] * real + p.cosine[l] * imaginary;
    const double square = real * real + imaginary * imaginary;
    const double turn = (real * imaginary_slope - imaginary * real_slope) / square;
    const double growth = (real * real_slope + imaginary * imaginary_slope) / square;
    const double tangent = across / along;
    const double step = -(tangent - tangent * tangent * tangent / 3.0) / turn;
    s.z[l] = z + step;
    s.size[l] = std::sqrt(square) * (1.0 + step * growth);
  }
}

Solution solve(const Problem& p) {
  std::array<Lanes, terms> g;
  moments(p, g);
  Solution solution;
  start(p, g, solution.z);
  improve(p, g, solution);
  improve(p, g, solution);
  return solution;
}

// Into (-pi, pi]; exact, but for what pi itself is rounded by.
double reduced(double angle) {
  double rest = std::remainder(angle, 2.0 * std::numbers::pi);
  return rest <= -std::numbers::pi ? std::numbers::pi : rest;
}

// The angle from the chord's direction, with what rounding of both would lose.
double from_chord(double angle, double direction) { return reduced(reduced(angle) - direction); }

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

void fit_block(const double* from, const double* to, std::size_t count, Clothoid* out) {
  Problem p;
  Lanes chord;
  for (std::size_t l = 0; l < lanes; ++l) {
    const double* a = from + 3 * std::min(l, count - 1);
    const double* b = to + 3 * std::min(l, count - 1);
    const double dx = b[0] - a[0], dy = b[1] - a[1];
    const double direction = std::atan2(dy, dx);
    const double first = from_chord(a[2], direction), last = from_chord(b[2], direction);
    chord[l] = std::hypot(dx, dy);
    p.sigma[l] = (first + last) / 2.0;
    p.x[l] = (last - first) / 2.0;
    p.sine[l] = std::sin(p.sigma[l]);
    p.cosine[l] = std::cos(p.sigma[l]);
    p.sine_x[l] = std::sin(p.x[l]);
    p.cosine_x[l] = std::cos(p.x[l]);
  }
  const Solution s = solve(p);
  for (std::size_t l = 0; l < count; ++l) {
    const double length = chord[l] / s.size[l];
    const Clothoid found{2.0 * (p.x[l] - s.z[l]) / length, 4.0 * s.z[l] / length / length, length};
    const bool good = chord[l] > 0.0 && s.size[l] > 0.0 && std::isfinite(found.curvature) &&
                      std::isfinite(found.rate) && std::isfinite(length);
    out[l] = good ? found : Clothoid{nothing, nothing, nothing};
  }
}

void check(const Heading& place, const char* name) {
  if (!std::isfinite(place.x) || !std::isfinite(place.y) || !std::isfinite(place.angle))
    throw std::domain_error(std::string(name) + " must be finite; it is (" + number_text(place.x) + ", " +
                            number_text(place.y) + ") with angle " + number_text(place.angle));
}

}  // namespace

Clothoid fit_clothoid(const Heading& from, const Heading& to) {
  check(from, "the start");
  check(to, "the end");
  if (from.x == to.x && from.y == to.y)
    throw std::domain_error("start and end must be different points; both are (" + number_text(from.x) + ", " +
                            number_text(from.y) + ")");
  const std::array<double, 3> first{from.x, from.y, from.angle}, last{to.x, to.y, to.angle};
  Clothoid result;
  fit_block(first.data(), last.data(), 1, &result);
  if (std::isnan(result.length))
    throw std::domain_error("no clothoid of finite size leads from angle " + number_text(from.angle) + " to angle " +
                            number_text(to.angle) + " over this chord");
  return result;
}

void fit_clothoids(std::span<const double> from, std::span<const double> to, std::span<Clothoid> out) {
  require_size(from, out.size(), 3, "from");
  require_size(to, out.size(), 3, "to");
  for (std::size_t i = 0; i < out.size(); i += lanes)
    fit_block(from.data() + 3 * i, to.data() + 3 * i, std::min(lanes, out.size() - i), out.data() + i);
}

Heading clothoid_at(const Heading& from, const Clothoid& clothoid, double s) {
  const double turning = std::abs(clothoid.curvature * s) + std::abs(clothoid.rate * s * s);
  if (!(turning <= 1e6) || !std::isfinite(from.x + from.y + from.angle))
    throw std::domain_error(
        "a place on a clothoid needs finite numbers and at most 1e6 rad up to there; the curve turns " +
        number_text(turning) + " rad");
  const auto pieces = static_cast<std::size_t>(std::ceil(turning / 2.0)) + 1;
  const double step = s / static_cast<double>(pieces);
  DoubleDouble x{from.x, 0.0}, y{from.y, 0.0};
  for (std::size_t i = 0; i < pieces; ++i) {
    const double middle = (static_cast<double>(i) + 0.5) * step;
    Problem p{};
    p.x.fill((clothoid.curvature + clothoid.rate * middle) * step / 2.0);
    p.sine_x.fill(std::sin(p.x[0]));
    p.cosine_x.fill(std::cos(p.x[0]));
    std::array<Lanes, terms> g;
    moments(p, g);
    const double z = clothoid.rate * step * step / 4.0, q = -(z * z);
    double even = 0.0, odd = 0.0;
    for (std::size_t k = terms; k > 0; k -= 2) {
      even = even * q + g[k - 2][0];
      odd = odd * q + g[k - 1][0];
    }
    // The mean of the directions at the ends of the piece, which the moments are about.
    const double mean = from.angle + clothoid.curvature * middle + clothoid.rate * middle * middle / 2.0 + z / 2.0;
    const double c = std::cos(mean), sn = std::sin(mean);
    x = x + DoubleDouble{step * (c * even + sn * z * odd), 0.0};
    y = y + DoubleDouble{step * (sn * even - c * z * odd), 0.0};
  }
  return {to_double(x), to_double(y), from.angle + clothoid.curvature * s + clothoid.rate * s * s / 2.0};
}

}  // namespace orrery::curve
