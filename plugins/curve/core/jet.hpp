// Truncated Taylor series in one variable: a function's value and its derivatives, carried through arithmetic.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Source: Griewank, Walther 2008, chapter 13 (Taylor arithmetic and the recurrences of the elementary functions).
// The numbers are long double, so that the eleven more bits it has on x86-64 hide what the sums round.

#include <array>
#include <cmath>
#include <cstddef>

namespace orrery::curve {

/// Derivatives that a jet carries.
inline constexpr std::size_t jet_order = 6;

/// c[k] is the k-th derivative over k!.
struct Jet {
  std::array<long double, jet_order + 1> c{};

  static Jet constant(long double value) {
    Jet jet;
    jet.c[0] = value;
    return jet;
  }
  /// The variable itself, times a factor.
  static Jet variable(long double at, long double factor = 1.0L) {
    Jet jet;
    jet.c[0] = factor * at;
    jet.c[1] = factor;
    return jet;
  }
};

inline Jet operator+(Jet a, const Jet& b) {
  for (std::size_t k = 0; k <= jet_order; ++k) {
    a.c[k] += b.c[k];
  }
  return a;
}

inline Jet operator*(long double s, Jet a) {
  for (long double& entry : a.c) {
    entry *= s;
  }
  return a;
}

inline Jet operator-(const Jet& a, const Jet& b) { return a + (-1.0L) * b; }

inline Jet operator+(long double s, Jet a) {
  a.c[0] += s;
  return a;
}

inline Jet operator*(const Jet& a, const Jet& b) {
  Jet product;
  for (std::size_t k = 0; k <= jet_order; ++k) {
    for (std::size_t j = 0; j <= k; ++j) {
      product.c[k] += a.c[j] * b.c[k - j];
    }
  }
  return product;
}

inline Jet operator/(const Jet& a, const Jet& b) {
  Jet quotient;
  for (std::size_t k = 0; k <= jet_order; ++k) {
    long double rest = a.c[k];
    for (std::size_t j = 0; j < k; ++j) {
      rest -= quotient.c[j] * b.c[k - j];
    }
    quotient.c[k] = rest / b.c[0];
  }
  return quotient;
}

/// The series whose derivative is `derivative`, with a value of its own.
inline Jet integral(long double value, const Jet& derivative) {
  Jet result = Jet::constant(value);
  for (std::size_t k = 1; k <= jet_order; ++k) {
    result.c[k] = derivative.c[k - 1] / static_cast<long double>(k);
  }
  return result;
}

inline Jet exp(const Jet& u) {
  Jet result = Jet::constant(std::exp(u.c[0]));
  for (std::size_t k = 1; k <= jet_order; ++k) {
    for (std::size_t j = 1; j <= k; ++j) {
      result.c[k] += static_cast<long double>(j) * u.c[j] * result.c[k - j];
    }
    result.c[k] /= static_cast<long double>(k);
  }
  return result;
}

/// Two functions with f' = u' g and g' = sign u' f: sine and cosine (-1), or sinh and cosh (+1).
struct JetPair {
  Jet sine, cosine;
};

inline JetPair pair_of(const Jet& u, long double sine, long double cosine, long double sign) {
  JetPair pair{Jet::constant(sine), Jet::constant(cosine)};
  for (std::size_t k = 1; k <= jet_order; ++k) {
    for (std::size_t j = 1; j <= k; ++j) {
      const long double rate = static_cast<long double>(j) * u.c[j] / static_cast<long double>(k);
      pair.sine.c[k] += rate * pair.cosine.c[k - j];
      pair.cosine.c[k] += sign * rate * pair.sine.c[k - j];
    }
  }
  return pair;
}

inline JetPair sin_cos(const Jet& u) { return pair_of(u, std::sin(u.c[0]), std::cos(u.c[0]), -1.0L); }
inline JetPair sinh_cosh(const Jet& u) { return pair_of(u, std::sinh(u.c[0]), std::cosh(u.c[0]), 1.0L); }

}  // namespace orrery::curve
