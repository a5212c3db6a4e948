// How far sine and hyperbolic sine fall from their argument: what cancels in Kepler's equation, to about 64 bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital::detail {

/// Which of the two equations |1 - e| x + e D(x) = M is meant; its value is the sign of D''''/D''.
enum class Branch : int { elliptic = -1, hyperbolic = 1 };

constexpr double sign_of(Branch branch) { return static_cast<double>(static_cast<int>(branch)); }

/// D(x) = |x - sin x| or sinh x - x, and its first two derivatives.
struct Defect {
  DoubleDouble value;   ///< x - sin x, or sinh x - x
  double versed = 0.0;  ///< 1 - cos x, or cosh x - 1
  double odd = 0.0;     ///< sin x, or sinh x
};

/// Above this the hyperbolic sine's defect takes arguments of any length.
inline constexpr double short_below = 0.25;

/// x rounded to 17 bits, so that its cube is a double.
double round_to_short(double x);

/// @param x [rad] a number of at most 17 bits, 0 <= x <= 3.15   @accuracy value 2^-60 relative; versed, odd 2 ulp
Defect short_sine_defect(double x);

/// @param x a number of at most 17 bits, or of any length above 1/4; 0 <= x <= 709   @accuracy value 2^-60 relative;
/// versed, odd 2 ulp
Defect short_sinh_defect(double x);

/// The same for an argument of full length.
/// @param x any finite number; beyond 3.15 the sine's defect has the accuracy of a plain difference
Defect defect(Branch branch, double x);

/// The defect at x + step from that at x, by its Taylor series; step must be small against x and against 1.
Defect shifted(Branch branch, const Defect& at_x, double step);

/// exp(x) = mantissa 2^exponent.
struct ScaledExponential {
  DoubleDouble mantissa;
  int exponent = 0;
};

/// @param x |x| < 2^20   @accuracy 2^-66 relative
ScaledExponential exponential(double x);

/// M less the nearest multiple of 2 pi.
struct ReducedAngle {
  DoubleDouble angle;  ///< in [-pi, pi], up to round-off
  double turns = 0.0;  ///< the multiple, rounded to a double
  bool exact = true;   ///< false beyond 2^52 turns, where neighbouring doubles are turns apart
};

/// @param angle [rad] any finite number   @accuracy 2^-150 of the angle below 2^54, 1 ulp of the remainder beyond
ReducedAngle reduce_angle(double angle);

}  // namespace orrery::orbital::detail
