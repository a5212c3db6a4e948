// Looking for numbers that an update must not be made of: NaN, infinities, and squares beyond the range.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace orrery::optimizer {

template <class Real>
std::size_t first_outside(std::span<const Real> values, GradientRange range) {
  constexpr Real largest = std::numeric_limits<Real>::max();
  // Its square is at most the largest number, since the root is rounded down.
  static const Real root = std::nextafter(std::sqrt(largest), Real{0});
  const Real limit = range == GradientRange::finite ? largest : root;
  constexpr std::size_t block = 1024;
  for (std::size_t begin = 0; begin < values.size(); begin += block) {
    const auto part = values.subspan(begin, std::min(block, values.size() - begin));
    std::size_t bad = 0;  // counted instead of looked for: that becomes vectors
    for (const Real value : part) bad += std::abs(value) <= limit ? 0 : 1;
    if (bad == 0) continue;
    const auto outside = [=](Real value) { return !(std::abs(value) <= limit); };
    return static_cast<std::size_t>(
        std::find_if(values.begin() + static_cast<std::ptrdiff_t>(begin), values.end(), outside) - values.begin());
  }
  return values.size();
}

template std::size_t first_outside(std::span<const double>, GradientRange);
template std::size_t first_outside(std::span<const float>, GradientRange);

std::string shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

}  // namespace orrery::optimizer
