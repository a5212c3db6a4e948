// The writhe of a smooth closed curve, by trigonometric interpolation of chords.
// SPDX-License-Identifier: Apache-2.0
// Sources: Fuller 1971 (the integral); Trefethen 2000, chapter 3 (interpolation by Fourier series).
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <functional>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/fourier.hpp"
#include "plugins/curve/core/samples.hpp"
#include "plugins/curve/core/writhe.hpp"

namespace orrery::curve {

namespace {

using Complex = std::complex<double>;

// The Fourier coefficients of a closed curve in space, and the fields that a factor for each wave number makes of it.
class Waves {
 public:
  explicit Waves(std::span<const double> rows) : n_(rows.size() / 3), plan_(n_) {
    for (std::size_t c = 0; c < 3; ++c) {
      spectra_[c].resize(n_);
      for (std::size_t i = 0; i < n_; ++i) spectra_[c][i] = rows[3 * i + c];
      plan_.forward(spectra_[c]);
    }
  }

  /// The highest wave of an even number of samples has no sign; it is left out wherever a factor is not even in k.
  [[nodiscard]] std::vector<double> field(const std::function<Complex(double)>& factor) const {
    std::vector<Complex> factors(n_);
    for (std::size_t k = 0; k < n_; ++k) {
      const bool unpaired = 2 * k == n_;
      factors[k] = unpaired ? Complex(factor(wave(k)).real()) : factor(wave(k));
    }
    std::vector<double> rows(3 * n_);
    for (std::size_t c = 0; c < 3; ++c) {
      std::vector<Complex> values(n_);
      for (std::size_t k = 0; k < n_; ++k) values[k] = spectra_[c][k] * factors[k];
      plan_.inverse(values);
      for (std::size_t i = 0; i < n_; ++i) rows[3 * i + c] = values[i].real();
    }
    return rows;
  }

  [[nodiscard]] std::vector<double> refined(std::size_t m) const {
    const FourierPlan plan(m);
    std::vector<double> rows(3 * m);
    for (std::size_t c = 0; c < 3; ++c) {
      std::vector<Complex> values(m);
      const double scale = static_cast<double>(m) / static_cast<double>(n_);
      for (std::size_t k = 0; k < n_; ++k) {
        const Complex term = spectra_[c][k] * scale;
        const std::size_t mirrored = k == 0 ? 0 : m - (n_ - k);
        if (2 * k == n_) {
          values[k] += term / 2.0;
          values[mirrored] += term / 2.0;
        } else {
          values[2 * k < n_ ? k : mirrored] += term;
        }
      }
      plan.inverse(values);
      for (std::size_t i = 0; i < m; ++i) rows[3 * i + c] = values[i].real();
    }
    return rows;
  }

 private:
  [[nodiscard]] double wave(std::size_t k) const {
    return 2 * k <= n_ ? static_cast<double>(k) : -static_cast<double>(n_ - k);
  }

  std::size_t n_;
  FourierPlan plan_;
  std::array<std::vector<Complex>, 3> spectra_;
};

// exp(i x) - 1, and exp(i x) - 1 - i x, without cancellation.
Complex shifted_minus_one(double x) {
  const double half = std::sin(x / 2.0);
  return {-2.0 * half * half, std::sin(x)};
}

Complex shifted_minus_line(double x) {
  const double half = std::sin(x / 2.0);
  if (std::abs(x) > 0.5) return {-2.0 * half * half, std::sin(x) - x};
  double term = -x * x * x / 6.0, sum = 0.0;
  for (int k = 4; k < 22; k += 2) {
    sum += term;
    term *= -x * x / static_cast<double>(k * (k + 1));
  }
  return {-2.0 * half * half, sum};
}

double determinant(const double* a, const double* b, const double* c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}

struct GaussRule {
  std::vector<double> nodes;
  std::vector<double> weights;
};

GaussRule gauss_legendre(std::size_t count) {
  GaussRule rule{std::vector<double>(count), std::vector<double>(count)};
  const auto n = static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1.0;
    for (int pass = 0; pass < 6; ++pass) {
      double before = 1.0, value = x;
      for (std::size_t k = 2; k <= count; ++k) {
        const auto degree = static_cast<double>(k);
        const double next = ((2.0 * degree - 1.0) * x * value - (degree - 1.0) * before) / degree;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1.0);
      x -= value / slope;
    }
    rule.nodes[i] = x;
    rule.weights[i] = 2.0 / ((1.0 - x * x) * slope * slope);
  }
  return rule;
}

void check_closed(std::span<const double> points) {
  if (points.size() % 3 != 0)
    throw std::invalid_argument("points must be n x 3; it holds " + std::to_string(points.size()) + " numbers");
  const std::size_t n = points.size() / 3;
  if (n < 5)
    throw std::invalid_argument("a smooth closed curve needs at least 5 samples; there are " + std::to_string(n));
  require_finite(points, 3, "points");
  if (repeats_first_point(points, n, 3))
    throw std::invalid_argument("the last sample repeats the first; leave it out of a closed curve");
}

std::vector<double> unit_sized(std::span<const double> points) {
  double largest = 0.0;
  for (const double x : points) largest = std::max(largest, std::abs(x));
  std::vector<double> scaled(points.begin(), points.end());
  const int exponent = largest > 0.0 ? std::ilogb(largest) : 0;
  for (double& x : scaled) x = std::scalbn(x, -exponent);
  return scaled;
}

// The mean over the curve of the Gauss integrand for pairs that are `u` apart. Tangent and chord are taken as their
// differences from the tangent at the first point, so that short chords lose nothing.
double mean_integrand(const Waves& waves, const std::vector<double>& tangent, double u) {
  const Complex i(0.0, 1.0);
  const auto turn = waves.field([&](double k) { return i * k * shifted_minus_one(k * u); });
  const auto bend = waves.field([&](double k) { return shifted_minus_line(k * u); });
  double sum = 0.0;
  for (std::size_t row = 0; row < tangent.size(); row += 3) {
    double square = 0.0;
    for (std::size_t c = 0; c < 3; ++c) {
      const double chord = bend[row + c] + u * tangent[row + c];
      square += chord * chord;
    }
    sum -= determinant(&tangent[row], &turn[row], &bend[row]) / (square * std::sqrt(square));
  }
  return sum * 3.0 / static_cast<double>(tangent.size());
}

double writhe_with(const std::vector<double>& points) {
  const ClosedCurve curve = interpolate_closed(points);
  const Waves waves(points);
  const GaussRule rule = gauss_legendre(points.size() / 6);
  double integral = 0.0;
  // Pairs at u and at 2 pi - u are the same pairs: half the interval is enough.
  for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
    const double u = std::numbers::pi / 2.0 * (1.0 + rule.nodes[k]);
    integral += rule.weights[k] * mean_integrand(waves, curve.first, u);
  }
  // 1/(4 pi) times 2 pi (mean to integral) times 2 (both halves) times pi/2 (of the rule).
  return integral * std::numbers::pi / 2.0;
}

}  // namespace

ClosedCurve interpolate_closed(std::span<const double> points) {
  check_closed(points);
  const Waves waves(points);
  const Complex i(0.0, 1.0);
  ClosedCurve curve{{points.begin(), points.end()},
                    waves.field([&](double k) { return i * k; }),
                    waves.field([&](double k) { return Complex(-k * k); }),
                    waves.field([&](double k) { return -i * k * k * k; })};
  double fastest = 0.0;
  for (const double x : curve.first) fastest = std::max(fastest, std::abs(x));
  for (std::size_t row = 0; row < points.size(); row += 3) {
    const double speed = std::hypot(curve.first[row], curve.first[row + 1], curve.first[row + 2]);
    if (speed <= 1e-12 * fastest)
      throw std::invalid_argument("the curve stands still at sample " + std::to_string(row / 3) + "; speed " +
                                  number_text(speed) + " of up to " + number_text(fastest));
  }
  return curve;
}

std::vector<double> refine_closed(std::span<const double> rows, std::size_t m) {
  if (m < rows.size() / 3)
    throw std::invalid_argument("refining must not lower the number of samples; it is " + std::to_string(m) + " of " +
                                std::to_string(rows.size() / 3));
  return Waves(rows).refined(m);
}

std::vector<double> closed_derivative(std::span<const double> rows) {
  return Waves(rows).field([](double k) { return Complex(0.0, k); });
}

ClosedIntegral smooth_writhe(std::span<const double> points) {
  constexpr std::size_t most_places = 2048;
  const std::vector<double> scaled = unit_sized(points);
  check_closed(scaled);
  ClosedIntegral result;
  double before = 0.0;
  std::size_t places = std::max<std::size_t>(64, points.size() / 3);
  for (bool first = true; first || places <= most_places; places *= 2, first = false) {
    result.value = writhe_with(refine_closed(scaled, places));
    result.difference = std::abs(result.value - before);
    result.places = places;
    if (!first && result.difference <= 2e-14 * std::max(1.0, std::abs(result.value))) break;
    before = result.value;
  }
  return result;
}

}  // namespace orrery::curve
