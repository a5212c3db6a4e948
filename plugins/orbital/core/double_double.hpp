// Unevaluated sums of two doubles: about 106 bits where a residual cancels almost everything.
// SPDX-License-Identifier: Apache-2.0
//
// Dekker, Numer. Math. 18 (1971) 224; Hida, Li and Bailey, ARITH-15 (2001) 155; Joldes, Muller and Popescu, ACM TOMS 44
// (2017) 15. The sums and products here are error-free, so the compiler must neither contract nor reorder them.
#pragma once

#include <cmath>

#ifdef __FAST_MATH__
#error "error-free sums and products need IEEE arithmetic; do not build with -ffast-math"
#endif

namespace orrery::orbital {

/// hi + lo with |lo| <= ulp(hi)/2.
struct DoubleDouble {
  double hi = 0.0;
  double lo = 0.0;

  constexpr DoubleDouble() = default;
  constexpr DoubleDouble(double high, double low = 0.0) : hi(high), lo(low) {}
  [[nodiscard]] constexpr double value() const { return hi + lo; }
};

/// a + b exactly; needs |a| >= |b| or a = 0.
constexpr DoubleDouble quick_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b exactly.
constexpr DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

#ifdef __FMA__
/// a b exactly, unless it overflows or its error underflows.
inline DoubleDouble two_prod(double a, double b) {
  const double product = a * b;
  return {product, __builtin_fma(a, b, -product)};
}
#else
/// a = hi + lo, each of at most 26 bits; overflows beyond 2^996.
constexpr DoubleDouble split(double a) {
  const double scaled = 134217729.0 * a;
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

/// a b exactly, unless it comes near overflow or its error underflows.
constexpr DoubleDouble two_prod(double a, double b) {
  const double product = a * b;
  const DoubleDouble x = split(a);
  const DoubleDouble y = split(b);
  return {product, ((x.hi * y.hi - product) + x.hi * y.lo + x.lo * y.hi) + x.lo * y.lo};
}
#endif

constexpr DoubleDouble operator-(DoubleDouble a) { return {-a.hi, -a.lo}; }

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = two_sum(a.hi, b.hi);
  const DoubleDouble low = two_sum(a.lo, b.lo);
  const DoubleDouble partial = quick_two_sum(high.hi, high.lo + low.hi);
  return quick_two_sum(partial.hi, partial.lo + low.lo);
}

constexpr DoubleDouble operator+(DoubleDouble a, double b) {
  const DoubleDouble high = two_sum(a.hi, b);
  return quick_two_sum(high.hi, high.lo + a.lo);
}

constexpr DoubleDouble operator+(double a, DoubleDouble b) { return b + a; }
constexpr DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + (-b); }
constexpr DoubleDouble operator-(DoubleDouble a, double b) { return a + (-b); }
constexpr DoubleDouble operator-(double a, DoubleDouble b) { return (-b) + a; }

inline DoubleDouble operator*(DoubleDouble a, double b) {
  const DoubleDouble high = two_prod(a.hi, b);
  return quick_two_sum(high.hi, high.lo + a.lo * b);
}

inline DoubleDouble operator*(double a, DoubleDouble b) { return b * a; }

inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = two_prod(a.hi, b.hi);
  return quick_two_sum(high.hi, high.lo + (a.hi * b.lo + a.lo * b.hi));
}

inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.hi / b.hi;
  const DoubleDouble rest = a - b * first;
  const double second = rest.hi / b.hi;
  const double third = (rest - b * second).hi / b.hi;
  return quick_two_sum(first, second) + third;
}

inline DoubleDouble sqrt(DoubleDouble a) {
  if (!(a.hi > 0.0)) return {std::sqrt(a.hi), 0.0};
  const double root = std::sqrt(a.hi);
  const DoubleDouble rest = a - two_prod(root, root);
  return quick_two_sum(root, rest.hi / (2.0 * root));
}

/// a 2^k for a factor that is a power of two.
constexpr DoubleDouble scaled(DoubleDouble a, double power_of_two) {
  return {a.hi * power_of_two, a.lo * power_of_two};
}

}  // namespace orrery::orbital
