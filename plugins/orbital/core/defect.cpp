// The implementation of defect.hpp.
// SPDX-License-Identifier: Apache-2.0
// Taylor series about tabulated nodes: Gal and Bachelis, ACM TOMS 17 (1991) 26. Reduction with stored parts of 2 pi:
// Cody and Waite, Software Manual for the Elementary Functions (1980), chapter 8.
#include "plugins/orbital/core/defect.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "plugins/orbital/core/defect_tables.hpp"

namespace orrery::orbital::detail {

namespace {

constexpr DoubleDouble one_sixth{0x1.5555555555555p-3, 0x1.5555555555555p-57};

// For a square s: 1/5! + s/7! + s^2/9! + ... ; the sine's series has -s instead.
constexpr double fifth_tail(double s) {
  return 1.0 / 120 +
         s * (1.0 / 5040 + s * (1.0 / 362880 + s * (1.0 / 39916800 + s * (1.0 / 6227020800.0 + s / 1307674368000.0))));
}

// 1/4! + s/6! + s^2/8! + ...
constexpr double fourth_tail(double s) {
  return 1.0 / 24 + s * (1.0 / 720 + s * (1.0 / 40320 + s * (1.0 / 3628800 + s * (1.0 / 479001600.0))));
}

Defect series_defect(double x, double sign) {
  const double square = x * x;
  const double cube = square * x;
  const DoubleDouble leading = cube * one_sixth;
  Defect result;
  result.value = leading + sign * cube * square * fifth_tail(sign * square);
  result.versed = 0.5 * square + sign * square * square * fourth_tail(sign * square);
  result.odd = x + sign * result.value.hi;
  return result;
}

}  // namespace

double round_to_short(double x) {
  constexpr std::uint64_t kept = ~((std::uint64_t{1} << 36) - 1);
  constexpr std::uint64_t half = std::uint64_t{1} << 35;
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) + half) & kept);
}

Defect short_sine_defect(double x) {
  if (x < short_below) return series_defect(x, -1.0);
  const double index = std::floor(16.0 * x + 0.5);
  const SineNode& node = sine_nodes[static_cast<std::size_t>(index)];
  const double rest = x - index / 16.0;
  const double square = rest * rest;
  const DoubleDouble cosine_rest{-0.5 * square, square * square * fourth_tail(-square)};
  const DoubleDouble sine_rest{rest, -rest * square * (1.0 / 6 - square * fifth_tail(-square))};
  const DoubleDouble gain = node.sine * cosine_rest + node.cosine * sine_rest;
  const double loss = node.cosine.hi * cosine_rest.value() - node.sine.hi * sine_rest.value();
  return {x - node.sine - gain, (1.0 - node.cosine.hi) - node.cosine.lo - loss, (node.sine + gain).value()};
}

ScaledExponential exponential(double x) {
  const double count = std::floor(x * 1.4426950408889634 + 0.5);
  const DoubleDouble rest = two_sum(x - count * ln_two_parts[0], -count * ln_two_parts[1]) - count * ln_two_parts[2];
  const double index = std::floor(16.0 * rest.hi + 0.5);
  const DoubleDouble& node = exponential_nodes[static_cast<std::size_t>(index + 6.0)];
  const DoubleDouble small = rest + (-index / 16.0);
  const double s = small.hi;
  const double late = 1.0 / 720 + s * (1.0 / 5040 + s * (1.0 / 40320 + s * (1.0 / 362880 + s / 3628800)));
  const double tail = s * s * s * (1.0 / 6 + s * (1.0 / 24 + s * (1.0 / 120 + s * late)));
  const DoubleDouble growth = small + 0.5 * (small * small) + tail;
  return {node + node * growth, static_cast<int>(count)};
}

Defect short_sinh_defect(double x) {
  if (x < short_below) return series_defect(x, 1.0);
  const ScaledExponential rising = exponential(x);
  const double half_scale = std::ldexp(1.0, rising.exponent - 1);
  const DoubleDouble half_rising = scaled(rising.mantissa, half_scale);
  constexpr double decay_matters_below = 40.0;
  if (x > decay_matters_below) return {half_rising - x, half_rising.hi, half_rising.hi};
  const double falling = 0.25 / half_rising.hi;
  const DoubleDouble half_falling = quick_two_sum(falling, (0.25 - half_rising * falling).hi / half_rising.hi);
  const DoubleDouble sinh = half_rising - half_falling;
  return {sinh - x, (half_rising + half_falling - 1.0).value(), sinh.hi};
}

// The addition theorems, with the step's own defect and versed function by their series.
Defect shifted(Branch branch, const Defect& at_x, double step) {
  const double sign = sign_of(branch);
  const double even = 1.0 + sign * at_x.versed;
  const double square = step * step;
  const double step_defect = step * square * (1.0 / 6 + sign * square / 120.0);
  const double step_versed = square * (0.5 + sign * square * (1.0 / 24 + sign * square / 720.0));
  const double step_odd = step + sign * step_defect;
  Defect result;
  result.value = at_x.value + at_x.versed * step_odd + (at_x.odd * step_versed + step_defect);
  result.versed = at_x.versed + (at_x.odd * step_odd + even * step_versed);
  result.odd = at_x.odd + (even * step_odd + sign * at_x.odd * step_versed);
  return result;
}

Defect defect(Branch branch, double x) {
  if (x < 0.0) {
    Defect mirrored = defect(branch, -x);
    mirrored.value = -mirrored.value;
    mirrored.odd = -mirrored.odd;
    return mirrored;
  }
  constexpr double largest_node = 3.14;
  if (branch == Branch::hyperbolic && x >= short_below) return short_sinh_defect(x);
  if (branch == Branch::elliptic && x > largest_node) {
    const double half_sine = std::sin(0.5 * x);
    return {two_sum(x, -std::sin(x)), 2.0 * half_sine * half_sine, std::sin(x)};
  }
  const double base = round_to_short(x);
  const Defect at_base = branch == Branch::elliptic ? short_sine_defect(base) : series_defect(base, 1.0);
  return shifted(branch, at_base, x - base);
}

namespace {

DoubleDouble less_turns(double angle, double turns) {
  DoubleDouble rest{angle};
  for (const double part : two_pi_parts) rest = rest - two_prod(turns, part);
  return rest;
}

}  // namespace

ReducedAngle reduce_angle(double angle) {
  constexpr double pi = 0x1.921fb54442d18p+1;
  constexpr double exact_below = 0x1p54;
  if (std::fabs(angle) <= pi) return {angle, 0.0, true};
  if (std::fabs(angle) >= exact_below) return {std::atan2(std::sin(angle), std::cos(angle)), angle / (2.0 * pi), false};
  double turns = std::nearbyint(angle / (2.0 * pi));
  DoubleDouble rest = less_turns(angle, turns);
  if (std::fabs(rest.hi) > pi) {  // the quotient was rounded to the wrong side of one half
    turns += std::copysign(1.0, rest.hi);
    rest = less_turns(angle, turns);
  }
  return {rest, turns, true};
}

}  // namespace orrery::orbital::detail
