// Unevaluated sums of two doubles, for the few places where a single double would cancel.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sources: Dekker 1971 (two-term arithmetic); Joldes, Muller, Popescu 2017 (the variants and their bounds);
// Jeannerod, Louvet, Muller 2013 (Kahan's 2 x 2 determinant, error below 1.5 ulp).
// Only std::fma is used, so a build with -ffp-contract=off gives the same bits with and without hardware fma.

#include <cmath>

namespace orrery::curve {

/// The number hi + lo with |lo| <= ulp(hi) / 2.
struct DoubleDouble {
  double hi = 0.0;
  double lo = 0.0;
};

/// a + b without error.   @source Knuth, The Art of Computer Programming, vol. 2, 4.2.2
inline DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double b_seen = sum - a;
  return {sum, (a - (sum - b_seen)) + (b - b_seen)};
}

/// a + b without error, for |a| >= |b| or a = 0.
inline DoubleDouble fast_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a * b without error as long as neither over- nor underflow occurs.
inline DoubleDouble two_product(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

inline DoubleDouble operator-(DoubleDouble a) { return {-a.hi, -a.lo}; }

/// @accuracy relative error below 3 * 2^-106
inline DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = two_sum(a.hi, b.hi);
  const DoubleDouble low = two_sum(a.lo, b.lo);
  const DoubleDouble first = fast_two_sum(high.hi, high.lo + low.hi);
  return fast_two_sum(first.hi, first.lo + low.lo);
}

inline DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + (-b); }

/// @accuracy relative error below 5 * 2^-106
inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = two_product(a.hi, b.hi);
  return fast_two_sum(high.hi, high.lo + std::fma(a.hi, b.lo, a.lo * b.hi));
}

/// @accuracy relative error below 10 * 2^-106; b must not be 0
inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.hi / b.hi;
  const DoubleDouble rest = a - b * DoubleDouble{first, 0.0};
  const double second = rest.hi / b.hi;
  const DoubleDouble rest_of_rest = rest - b * DoubleDouble{second, 0.0};
  return DoubleDouble{first, 0.0} + fast_two_sum(second, rest_of_rest.hi / b.hi);
}

inline double to_double(DoubleDouble a) { return a.hi + a.lo; }

/// Square root, rounded to double.   @accuracy 0.5001 ulp; a must not be negative
inline double sqrt_to_double(DoubleDouble a) {
  if (a.hi <= 0.0) {
    return 0.0;
  }
  const double root = std::sqrt(a.hi);
  const DoubleDouble rest = a - two_product(root, root);
  return root + rest.hi / (2.0 * root);
}

/// a * d - b * c.
/// @accuracy 1.5 ulp without over- and underflow   @source Kahan; Jeannerod, Louvet, Muller 2013
inline double determinant2(double a, double b, double c, double d) {
  const double product = b * c;
  const double error = std::fma(-b, c, product);
  return std::fma(a, d, -product) + error;
}

}  // namespace orrery::curve
