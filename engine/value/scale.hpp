// How numbers go from one unit to another with the fewest roundings; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::value {

struct Scale {
  enum class Kind { identity, decimal, multiply, divide };
  Kind kind = Kind::identity;
  double factor = 1.0;   ///< of multiply and divide
  int power_of_ten = 0;  ///< of decimal
};

/// @param from, to  factors of units to SI, normal and positive
Scale scale_between(double from, double to);

}  // namespace orrery::value
