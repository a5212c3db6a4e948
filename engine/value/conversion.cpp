// Conversion of numbers between units of one dimension.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <optional>

#include "engine/value/scale.hpp"
#include "engine/value/unit.hpp"
#include "engine/value/unit_factor.hpp"

namespace orrery::value {
namespace {

/// Factors are rounded, so a ratio that is simple in truth may be a few units in the last place beside it. No two
/// units of the table are that near to a simple ratio without having it.
bool nearly_equal(double a, double b) { return std::abs(a - b) <= 4 * std::numeric_limits<double>::epsilon() * b; }

std::optional<int> decimal_exponent(double ratio) {
  const double exponent = std::round(std::log10(ratio));
  if (!(std::abs(exponent) < 308) || !nearly_equal(ratio, power_of_ten(static_cast<int>(exponent))))
    return std::nullopt;
  return static_cast<int>(exponent);
}

std::optional<double> whole(double ratio) {
  const double nearest = std::round(ratio);
  // Above, every double is near to a whole number.
  return nearest >= 1.0 && nearest < 1e9 && nearly_equal(ratio, nearest) ? std::optional(nearest) : std::nullopt;
}

}  // namespace

Scale scale_between(double from, double to) {
  using enum Scale::Kind;
  if (from == to) return {};
  const double ratio = from / to;
  if (const auto exponent = decimal_exponent(ratio)) {
    return *exponent == 0 ? Scale{} : Scale{decimal, 1.0, *exponent};
  }
  if (const auto factor = whole(ratio)) return {multiply, *factor, 0};
  if (const auto divisor = whole(to / from)) return {divide, *divisor, 0};
  return {multiply, ratio, 0};
}

Conversion::Conversion(const Unit& from, const Unit& to)
    : from_offset_(from.offset()), to_offset_(to.offset()), from_factor_(from.factor()), to_factor_(to.factor()) {
  identity_ = from.same_scale(to);
  affine_ = !identity_ && (from_offset_ != 0.0 || to_offset_ != 0.0);
  const Scale scale = scale_between(from_factor_, to_factor_);
  const bool down = scale.kind == Scale::Kind::decimal && scale.power_of_ten < 0;
  divide_ = down || scale.kind == Scale::Kind::divide;
  scale_ = scale.kind == Scale::Kind::decimal ? power_of_ten(std::abs(scale.power_of_ten)) : scale.factor;
  if (!affine_ && scale.kind == Scale::Kind::identity) identity_ = true;
}

}  // namespace orrery::value
