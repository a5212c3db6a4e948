// Sums, dot products and products that keep the digits a plain loop would lose.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>

namespace orrery::tensor {

/// Running sum with its rounding errors kept apart.
/// @accuracy sums of n terms: 1 ulp, plus n 2^-106 times the sum of magnitudes   @source Neumaier 1974
class CompensatedSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    if (std::abs(sum_) >= std::abs(term)) {
      error_ += (sum_ - next) + term;
    } else {
      error_ += (term - next) + sum_;
    }
    sum_ = next;
  }

  void add_product(double a, double b) {
    const double product = a * b;
    add(product);
    error_ += std::fma(a, b, -product);
  }

  /// Infinities and nan come through as in a plain loop.
  [[nodiscard]] double value() const { return std::isfinite(sum_) ? sum_ + error_ : sum_; }

 private:
  double sum_ = 0.0;
  double error_ = 0.0;
};

/// Running product as fraction times power of two, so that no partial result over- or underflows.
/// @accuracy 1 ulp for up to 1e6 factors   @source Ogita, Rump, Oishi 2005 (error-free product); Graillat 2009
class CompensatedProduct {
 public:
  void multiply(double factor) {
    special_ = special_ || factor == 0.0 || !std::isfinite(factor);
    int exponent = 0;
    const double fraction = std::frexp(factor, &exponent);
    const double next = value_ * fraction;
    const double error = error_ * fraction + std::fma(value_, fraction, -next);
    int shift = 0;
    value_ = std::frexp(next, &shift);
    error_ = std::scalbn(error, -shift);
    exponent_ += special_ ? 0 : exponent + shift;
  }

  /// With a factor 0, infinity or nan, the value is what a plain loop without over- and underflow gives.
  [[nodiscard]] double value() const {
    if (special_) {
      return value_;
    }
    constexpr long beyond = 5000;
    const long exponent = exponent_ > beyond ? beyond : (exponent_ < -beyond ? -beyond : exponent_);
    return std::scalbn(value_ + error_, static_cast<int>(exponent));
  }

 private:
  double value_ = 1.0;
  double error_ = 0.0;
  long exponent_ = 0;
  bool special_ = false;
};

}  // namespace orrery::tensor
