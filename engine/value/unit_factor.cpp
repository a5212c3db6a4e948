// Numerators, denominators, and the powers of ten and pi are multiplied apart and joined by at most two roundings.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/unit_factor.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>

namespace orrery::value {
namespace {

constexpr int highest_exact = 22;  ///< 10^22 is the highest power of ten that is a double
constexpr double largest_whole = 9007199254740992.0;

consteval std::array<double, highest_exact + 1> exact_powers() {
  std::array<double, highest_exact + 1> powers{};
  double power = 1.0;
  for (double& entry : powers) {
    entry = power;
    power *= 10.0;
  }
  return powers;
}
constexpr auto exact_power = exact_powers();

/// The double nearest to digits * 10^exponent for a whole number of digits.
double decimal(double digits, int exponent) {
  if (std::abs(exponent) <= highest_exact) {
    const double power = exact_power[static_cast<std::size_t>(std::abs(exponent))];
    return exponent < 0 ? digits / power : digits * power;
  }
  char text[64];
  char* end = std::to_chars(text, text + 32, digits, std::chars_format::fixed, 0).ptr;
  *end++ = 'e';
  end = std::to_chars(end, text + sizeof text, exponent).ptr;
  double value = 0.0;
  if (std::from_chars(text, end, value).ec == std::errc{}) return value;
  return exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

double whole_power(double x, int n) {
  double power = 1.0;
  for (; n > 0; n /= 2, x *= x) {
    if (n % 2 != 0) power *= x;
  }
  return power;
}

/// x to a power of that many sixths, at least 0.
double power_of(double x, int power) {
  if (x == 1.0 || power == 0) return 1.0;
  if (power % 6 == 0) return whole_power(x, power / 6);
  if (power % 3 == 0) return whole_power(std::sqrt(x), power / 3);
  return std::pow(x, power / 6.0);
}

/// 10 to a power of that many sixths; a square root by one rounding where its square is exact.
double root_of_ten(int power) {
  const bool half = power % 3 == 0 && power / 3 <= highest_exact;
  return half ? std::sqrt(exact_power[static_cast<std::size_t>(power / 3)]) : std::pow(10.0, power / 6.0);
}

}  // namespace

double power_of_ten(int exponent) { return decimal(1.0, exponent); }

void Factor::multiply(const FoundUnit& found, int power) {
  const KnownUnit& unit = *found.unit;
  (power > 0 ? numerator_ : denominator_) *= power_of(unit.numerator, std::abs(power));
  (power > 0 ? denominator_ : numerator_) *= power_of(unit.denominator, std::abs(power));
  ten_ += (unit.ten + found.prefix_ten) * power;
  pi_ += unit.pi * power;
}

double Factor::value() const {
  double over = numerator_;
  double under = denominator_;
  (pi_ > 0 ? over : under) *= power_of(std::numbers::pi, std::abs(pi_));
  if (ten_ % 6 != 0) {
    const double root = root_of_ten(std::abs(ten_));
    return ten_ > 0 ? over * root / under : over / (under * root);
  }
  const int exponent = ten_ / 6;
  const bool whole = over < largest_whole && over == std::floor(over);
  if (under == 1.0 && whole) return decimal(over, exponent);
  // Beyond the exact powers of ten one more rounding does not matter beside those above.
  if (std::abs(exponent) > highest_exact) return over / under * power_of_ten(exponent);
  const double power = exact_power[static_cast<std::size_t>(std::abs(exponent))];
  return exponent < 0 ? over / (under * power) : over * power / under;
}

}  // namespace orrery::value
