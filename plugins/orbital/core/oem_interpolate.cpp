// Interpolating orbit ephemeris messages.
// SPDX-License-Identifier: Apache-2.0
// Sources: CCSDS 502.0-B-3 (2023), section 5.2.3; F. B. Hildebrand, Introduction to Numerical Analysis, 2nd edition
// (1974), chapter 2 (Newton's divided differences) and 8.2 (Hermite's polynomial by coincident abscissas).
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/oem.hpp"

namespace orrery::orbital {

namespace {

constexpr int usual_degree = 7;

/// The data lines around an instant: as many before as behind, as far as there are.
std::size_t first_of(const OemSegment& s, double time, std::size_t count) {
  const auto after = static_cast<std::size_t>(std::upper_bound(s.times.begin(), s.times.end(), time) - s.times.begin());
  const std::size_t half = (count + 1) / 2, wished = after > half ? after - half : 0;
  return std::min(wished, s.times.size() - count);
}

/// Value and derivative of Newton's polynomial.
struct Newton {
  double value = 0.0, slope = 0.0;
};

/// @param z abscissas relative to the instant   @param f divided differences
Newton evaluate(const std::vector<double>& z, const std::vector<double>& f) {
  Newton p;
  for (std::size_t i = f.size(); i-- > 0;) {
    p.slope = p.slope * -z[i] + p.value;
    p.value = p.value * -z[i] + f[i];
  }
  return p;
}

/// @param f values, replaced by the divided differences   @param slopes of coincident pairs; empty for none
void divide(const std::vector<double>& z, std::vector<double>& f, const std::vector<double>& slopes) {
  for (std::size_t order = 1; order < f.size(); ++order)
    for (std::size_t i = f.size(); i-- > order;) {
      const bool coincide = order == 1 && !slopes.empty() && i % 2 == 1;
      f[i] = coincide ? slopes[i / 2] : (f[i] - f[i - 1]) / (z[i] - z[i - order]);
    }
}

double component(const State& s, std::size_t k) { return k < 3 ? s.position[k] : s.velocity[k - 3]; }

State by_lagrange(const OemSegment& s, double time, std::size_t first, std::size_t count) {
  std::vector<double> z(count), f(count);
  State state;
  for (std::size_t i = 0; i < count; ++i) z[i] = s.times[first + i] - time;
  for (std::size_t k = 0; k < 6; ++k) {
    for (std::size_t i = 0; i < count; ++i) f[i] = component(s.states[first + i], k);
    divide(z, f, {});
    (k < 3 ? state.position[k] : state.velocity[k - 3]) = evaluate(z, f).value;
  }
  return state;
}

State by_hermite(const OemSegment& s, double time, std::size_t first, std::size_t count) {
  std::vector<double> z(2 * count), f(2 * count), slopes(count);
  State state;
  for (std::size_t i = 0; i < 2 * count; ++i) z[i] = s.times[first + i / 2] - time;
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t i = 0; i < 2 * count; ++i) f[i] = s.states[first + i / 2].position[k];
    for (std::size_t i = 0; i < count; ++i) slopes[i] = s.states[first + i].velocity[k];
    divide(z, f, slopes);
    const Newton p = evaluate(z, f);
    state.position[k] = p.value;
    state.velocity[k] = p.slope;
  }
  return state;
}

}  // namespace

State interpolate(const OemSegment& s, double time) {
  if (!(time >= std::max(s.useable_start, s.times.front()) && time <= std::min(s.useable_stop, s.times.back())))
    fail_domain("the time",
                "lie in the useable part of the segment, " + shortest(s.useable_start) + " to " +
                    shortest(s.useable_stop) + " s past J2000 TT",
                time);
  const bool hermite = s.interpolation == "HERMITE", linear = s.interpolation == "LINEAR";
  if (!hermite && !linear && !s.interpolation.empty() && s.interpolation != "LAGRANGE")
    throw std::invalid_argument("the interpolation must be LAGRANGE, HERMITE or LINEAR; it is '" + s.interpolation +
                                "'");
  const int most = static_cast<int>(std::min<std::size_t>(s.times.size(), 1000)) * (hermite ? 2 : 1) - 1;
  const int degree = linear ? 1 : (s.degree > 0 ? s.degree : std::min(usual_degree, most));
  const auto count = static_cast<std::size_t>(hermite ? (degree + 2) / 2 : degree + 1);
  if (s.times.size() < count)
    throw std::invalid_argument("an interpolation of degree " + std::to_string(degree) + " needs " +
                                std::to_string(count) + " data lines; the segment has " +
                                std::to_string(s.times.size()));
  const std::size_t first = first_of(s, time, count);
  return hermite ? by_hermite(s, time, first, count) : by_lagrange(s, time, first, count);
}

}  // namespace orrery::orbital
