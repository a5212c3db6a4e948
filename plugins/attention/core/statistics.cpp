// Statistics of attention weights, and collisions of 1/sqrt(n).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace orrery::attention {
namespace {

// x in (0, 1] rounded to a number of bits, ties to even; all formats have these numbers as normal ones.
double rounded(long double x, int bits) {
  int exponent = 0;
  const long double fraction = std::frexp(x, &exponent);
  return static_cast<double>(std::ldexp(std::nearbyint(std::ldexp(fraction, bits)), exponent - bits));
}

int bits_of(FloatFormat format) {
  return format == FloatFormat::bfloat16 ? 8 : format == FloatFormat::float16 ? 11 : 24;
}

}  // namespace

RowStatistics row_statistics(std::span<const double> weights, std::int64_t position, std::int64_t sinks) {
  RowStatistics s;
  double sum = 0.0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const double a = weights[j];
    if (!(a >= 0.0))
      throw std::domain_error("weights must be at least 0; that of key " + std::to_string(j) + " is " +
                              std::to_string(a));
    const auto key = static_cast<std::int64_t>(j);
    sum += a;
    if (a > 0.0) s.entropy -= a * std::log(a);
    s.participation += a * a;
    if (key < sinks) s.sink += a;
    s.distance += a * std::abs(static_cast<double>(position - key));
  }
  if (!(std::abs(sum - 1.0) <= 1e-5))
    throw std::domain_error("weights must have the sum 1; it is " + std::to_string(sum));
  return s;
}

std::int64_t first_collision(FloatFormat format) {
  const int bits = bits_of(format);
  // Neighbours differ by n^(-3/2)/2 and are equal only if that is below a unit in the last place, at most 2^(1-bits)
  // n^(-1/2).
  std::int64_t n = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ldexp(0.2, bits)));
  double here = rounded(1.0L / std::sqrt(static_cast<long double>(n)), bits);
  for (;; ++n) {
    const double next = rounded(1.0L / std::sqrt(static_cast<long double>(n + 1)), bits);
    if (next == here) return n;
    here = next;
  }
}

double resolved_positions(double depth, double deviations) {
  if (!(depth > 0.0)) throw std::domain_error("depth must be above 0; it is " + std::to_string(depth));
  if (!(deviations > 0.0)) throw std::domain_error("deviations must be above 0; it is " + std::to_string(deviations));
  return std::sqrt(0.5 * depth) / deviations;
}

}  // namespace orrery::attention
