// The factor of a product of powers of units, rounded as seldom as possible; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/value/unit_table.hpp"

namespace orrery::value {

/// The double nearest to 10^exponent; infinity or 0 beyond the range.
double power_of_ten(int exponent);

class Factor {
 public:
  /// @param power  in sixths
  void multiply(const FoundUnit& unit, int power);
  double value() const;

 private:
  double numerator_ = 1.0, denominator_ = 1.0;
  int ten_ = 0, pi_ = 0;  ///< exponents, in sixths
};

}  // namespace orrery::value
