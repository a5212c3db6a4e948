// Looking for numbers that an update must not be made of: NaN, infinities, and squares beyond the range.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace orrery::optimizer {

/// Which numbers of a gradient an update rule can use.
enum class GradientRange {
  finite,        ///< all finite numbers
  square_finite  ///< those whose squares are finite too, for rules that average squares
};

/// The first element that is outside of a range.
/// @param values [-] n, any   @param range what is allowed
/// @returns its position; n if there is none
template <class Real>
std::size_t first_outside(std::span<const Real> values, GradientRange range);

/// The shortest decimal that reads back as the same number.
/// @param value [-] any   @returns such as "0.1", "inf", "nan"
std::string shortest(double value);

}  // namespace orrery::optimizer
