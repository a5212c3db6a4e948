// Exact moments of softsign and of Adam's first step of a normal number, and their closed approximations.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/softsign_law.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>

namespace orrery::optimizer {
namespace {

constexpr double pi = 3.14159265358979323846;
const double root_half_pi = std::sqrt(pi / 2.0);
const double root_two_over_pi = std::sqrt(2.0 / pi);
const double root_half = std::sqrt(0.5);
const double inverse_root_two_pi = 1.0 / std::sqrt(2.0 * pi);

double normal_density(double x) { return inverse_root_two_pi * std::exp(-0.5 * x * x); }

/// exp(x) of numbers up to 0 in a form that compilers turn into vector instructions; 0 below -700.
inline double exp_of_negative(double x) {
  constexpr double shift = 0x1.8p52, ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
  const double bounded = x < -700.0 ? -700.0 : x;
  const double shifted = bounded * 1.44269504088896340736 + shift;
  const double k = shifted - shift, f = (bounded - k * ln2_high) - k * ln2_low;
  double p = 1.0 / 6227020800.0;
  p = p * f + 1.0 / 479001600.0;
  p = p * f + 1.0 / 39916800.0;
  p = p * f + 1.0 / 3628800.0;
  p = p * f + 1.0 / 362880.0;
  p = p * f + 1.0 / 40320.0;
  p = p * f + 1.0 / 5040.0;
  p = p * f + 1.0 / 720.0;
  p = p * f + 1.0 / 120.0;
  p = p * f + 1.0 / 24.0;
  p = p * f + 1.0 / 6.0;
  p = p * f + 0.5;
  p = p * f + 1.0;
  p = p * f + 1.0;
  const std::uint64_t scale = (std::bit_cast<std::uint64_t>(shifted) << 52) + 0x3ff0000000000000ULL;
  return x < -700.0 ? 0.0 : p * std::bit_cast<double>(scale);
}

/// Nodes of the trapezoidal rule that serve all r and e whose size hypot(r, e) is in one octave.
struct Nodes {
  static constexpr std::size_t count = 144, lanes = 8;
  std::array<double, count> tanh2{}, sinh2{}, weight{};
  explicit Nodes(double step) {
    for (std::size_t i = 0; i < count; ++i) {
      const double u = step * static_cast<double>(i), s = std::sinh(u), c = std::cosh(u);
      tanh2[i] = -0.5 * (s / c) * (s / c);
      sinh2[i] = -0.5 * s * s;
      weight[i] = (i == 0 ? 0.5 : 1.0) * step / (c * c);
    }
  }
  double integral(double r2, double e2) const {
    double sum = 0.0;
    for (std::size_t from = 0; from < count; from += lanes) {
      std::array<double, lanes> term;
      for (std::size_t i = 0; i < lanes; ++i)
        term[i] = weight[from + i] * exp_of_negative(r2 * tanh2[from + i] + e2 * sinh2[from + i]);
      for (const double t : term) sum += t;
      if (term.back() < 4e-17 * sum) break;
    }
    return sum;
  }
};

constexpr int octaves = 12;  // sizes up to 2^12 have tables

std::array<Nodes, octaves + 1> all_nodes() {
  return {Nodes(0.14),       Nodes(0.5 / 4),    Nodes(0.42 / 8),  Nodes(0.55 / 16), Nodes(0.6 / 32),
          Nodes(0.6 / 64),   Nodes(0.6 / 128),  Nodes(0.6 / 256), Nodes(0.6 / 512), Nodes(0.6 / 1024),
          Nodes(0.6 / 2048), Nodes(0.6 / 4096), Nodes(0.6 / 8192)};
}

/// int_0^inf exp(-(r^2/2) tanh^2 u - (e^2/2) sinh^2 u)/cosh^2 u du.
double softsign_integral(double r, double e) {
  static const std::array<Nodes, octaves + 1> nodes = all_nodes();
  const double size = std::hypot(r, e);
  if (size <= 2.0) return nodes[0].integral(r * r, e * e);
  if (size < 4096.0) return nodes[static_cast<std::size_t>(std::ilogb(size))].integral(r * r, e * e);
  const double step = 0.5 / size;
  double sum = 0.0;
  for (int i = 0;; ++i) {
    const double u = step * i, t = r * u, v = e * u;  // sinh u and tanh u are u to 1e-17 before the terms are none
    const double term = (i == 0 ? 0.5 : 1.0) * std::exp(-0.5 * (t * t + v * v)) / (1.0 + u * u);
    sum += term;
    if (term < 1e-17 * sum) return step * sum;
  }
}

/// E e^2/(x^2 + e^2) by the trapezoidal rule, and the residue that it misses where the pole is near.
double lorentz_near(double r, double e) {
  constexpr double step = 0.7;
  static const std::array<double, 28> density = [] {
    std::array<double, 28> all{};
    for (int k = -13; k <= 13; ++k) all[static_cast<std::size_t>(k + 13)] = step * normal_density(step * k);
    return all;
  }();
  const double e2 = e * e, first = r - 13.0 * step;
  std::array<double, 28> term;
  for (std::size_t k = 0; k < term.size(); ++k) {
    const double x = first + step * static_cast<double>(k);
    term[k] = density[k] * (e2 / (x * x + e2));
  }
  double sum = 0.0;
  for (const double t : term) sum += t;
  if (e >= 2.0 * pi / step) return sum;
  const std::complex<double> pole(-r, e), i(0.0, 1.0);
  const std::complex<double> residue = std::exp(-0.5 * pole * pole) / (1.0 - std::exp(-2.0 * pi * i * pole / step));
  return sum + 2.0 * root_half_pi * e * residue.real();
}

/// E x^2/(x^2 + e^2) far from the origin, in a form whose terms have one sign.
double second_far(double r, double e) {
  const std::complex<double> z(r * root_half, e * root_half);
  std::complex<double> fraction = z;
  const int terms = std::abs(z) > 30.0 ? 6 : 24;
  for (int k = terms; k >= 2; --k) fraction = z - (0.5 * k) / fraction;
  const std::complex<double> tail = 0.5 / fraction, rest = z - tail;
  const double size = std::abs(rest), across = rest.real() / size;
  return across * across - (tail.imag() / size) * (rest.imag() / size);
}

/// Gauss-Legendre with 16 nodes: half of the nodes and weights.
constexpr std::array<double, 8> gauss_node{0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863,
                                           0.6178762444026437484, 0.7554044083550030339, 0.8656312023878317439,
                                           0.9445750230732325761, 0.9894009349916499326};
constexpr std::array<double, 8> gauss_weight{0.1894506104550684963, 0.1826034150449235888, 0.1691565193950025382,
                                             0.1495959888165767321, 0.1246289712555338720, 0.0951585116824927848,
                                             0.0622535239386478929, 0.0271524594117540949};

/// Calls add(x, weight) for the nodes of one panel.
template <class Add>
void gauss_panel(double from, double to, const Add& add) {
  const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
  for (std::size_t i = 0; i < gauss_node.size(); ++i) {
    add(middle - half * gauss_node[i], half * gauss_weight[i]);
    add(middle + half * gauss_node[i], half * gauss_weight[i]);
  }
}

struct FoldedDensity {
  double odd, even;
};

/// phi(x - r) -+ phi(x + r), the difference without cancellation.
FoldedDensity folded_density(double x, double r) {
  const double at = normal_density(x - r), mirrored = std::exp(-2.0 * x * r);
  return {-at * std::expm1(-2.0 * x * r), at * (1.0 + mirrored)};
}

void add_panel(double r, double e, double from, double to, StepMoments& sum) {
  gauss_panel(from, to, [&](double x, double weight) {
    const auto [odd, even] = folded_density(x, r);
    const double step = x / (x + e);
    sum.mean += weight * odd * step;
    sum.second += weight * even * step * step;
  });
}

}  // namespace

double softsign_mean(double r, double e) {
  if (e == 0.0) return std::erf(r * root_half);
  return root_two_over_pi * r * softsign_integral(r, e);
}

double softsign_slope(double e) { return root_two_over_pi * softsign_integral(0.0, e); }

double softsign_second(double r, double e) {
  if (e < 1e-100) return 1.0;  // e^2 would be none
  if (std::hypot(r, e) > 9.0) return second_far(r, e);
  return 1.0 - lorentz_near(std::abs(r), e);
}

StepMoments softsign_exact(double r, double e) { return {softsign_mean(r, e), softsign_second(r, e)}; }

StepMoments adam_first_step_exact(double r, double e) {
  if (e == 0.0) return {std::erf(r * root_half), 1.0};
  if (r < 0.0) {
    const StepMoments mirrored = adam_first_step_exact(-r, e);
    return {-mirrored.mean, mirrored.second};
  }
  constexpr double reach = 9.5;
  const double end = r + reach, start = std::max(0.0, r - reach);
  StepMoments sum;
  double from = start;
  while (from < end) {
    const double to = std::min({from + std::max(e + from, 1e-12) * 0.7, from + 1.0, end});
    add_panel(r, e, from, to, sum);
    from = to;
  }
  return sum;
}

StepMoments clip_moments(double r, double e) {
  if (e == 0.0) return {std::erf(r * root_half), 1.0};
  if (r < 0.0) {
    const StepMoments mirrored = clip_moments(-r, e);
    return {-mirrored.mean, mirrored.second};
  }
  constexpr double reach = 9.5;
  // Outside of the linear part the clip is a sign; inside it is a line, whose moments are integrated in panels, since
  // the closed forms cancel for small r and large e.
  StepMoments sum{0.5 * (std::erfc((e - r) * root_half) - std::erfc((e + r) * root_half)),
                  0.5 * (std::erfc((e - r) * root_half) + std::erfc((e + r) * root_half))};
  const double end = std::min(e, r + reach);
  for (double from = std::max(0.0, r - reach); from < end;) {
    const double to = std::min(from + 1.0, end);
    gauss_panel(from, to, [&](double x, double weight) {
      const auto [odd, even] = folded_density(x, r);
      sum.mean += weight * odd * (x / e);
      sum.second += weight * even * (x / e) * (x / e);
    });
    from = to;
  }
  return sum;
}

StepMoments rational_moments(double r, double e, double c) {
  const double size = std::sqrt(r * r + e * e + c);
  return {size > 0.0 ? r / size : 0.0, size > 0.0 ? (r * r + c) / size / size : 1.0};
}

StepMoments corrected_moments(double r, double e) {
  return {rational_moments(r, e, corrected_constant(e)).mean, softsign_second(r, e)};
}

double corrected_constant(double e) {
  constexpr double far = 60.0;
  const double slope = softsign_slope(e);
  // Beyond, the difference loses its digits; there e times the slope is E (1 + x^2/e^2)^(-3/2), taken as a series.
  if (e < far) return 1.0 / (slope * slope) - e * e;
  const double q = 1.0 / (e * e);
  const double lack = 1.5 - q * (5.625 - q * (32.8125 - q * 258.3984375)), s = 1.0 - q * lack;
  return lack * (1.0 + s) / (s * s);
}

}  // namespace orrery::optimizer
