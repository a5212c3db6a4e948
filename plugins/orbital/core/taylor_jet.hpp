// Taylor coefficients of formulas, one order at a time, by running the same templated code for numbers and for jets.
// SPDX-License-Identifier: Apache-2.0
//
// Recurrences: Moore, Interval Analysis (1966) chapter 11; Jorba and Zou, Experimental Mathematics 14 (2005) 99,
// section
// 2. A formula is run once for each order n; every operation takes the same slot of the workspace again, and adds the
// coefficient n to those that earlier runs left there.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace orrery::orbital::taylor {

// Not a power of two, so that slots do not fall on the same lines of the cache.
inline constexpr std::size_t terms_at_most = 30;

/// Memory of all intermediate values of one formula.
///
/// 1. reserve() the slots that the caller fills itself.
/// 2. For n = 0, 1, ...: begin(n), and run the formula.
class Workspace {
 public:
  /// The first slots belong to the caller and are not handed out.
  void reserve(std::size_t slots) {
    reserved_ = slots;
    if (data_.size() < slots) data_.resize(slots);
  }
  void begin(std::size_t order) {
    order_ = order;
    next_ = reserved_;
  }
  [[nodiscard]] std::size_t order() const { return order_; }
  std::size_t take() {
    if (next_ == data_.size()) data_.emplace_back();
    return next_++;
  }
  double* slot(std::size_t index) { return data_[index].data(); }

 private:
  std::vector<std::array<double, terms_at_most>> data_;
  std::size_t reserved_ = 0, next_ = 0, order_ = 0;
};

/// A value whose Taylor coefficients sit in a slot.
class Jet {
 public:
  Jet() = default;
  Jet(Workspace& workspace, std::size_t slot) : workspace_(&workspace), slot_(slot) {}
  static Jet fresh(Workspace& workspace) { return {workspace, workspace.take()}; }
  [[nodiscard]] Workspace& workspace() const { return *workspace_; }
  [[nodiscard]] std::size_t order() const { return workspace_->order(); }
  [[nodiscard]] double* coefficients() const { return workspace_->slot(slot_); }
  [[nodiscard]] double current() const { return coefficients()[order()]; }

 private:
  Workspace* workspace_ = nullptr;
  std::size_t slot_ = 0;
};

namespace detail {

/// sum of a_k b_(n-k) for first <= k <= last, in two interleaved sums
inline double convolution(const double* a, const double* b, std::size_t n, std::size_t first, std::size_t last) {
  double even = 0.0, odd = 0.0;
  std::size_t k = first;
  for (; k + 1 <= last; k += 2) {
    even += a[k] * b[n - k];
    odd += a[k + 1] * b[n - k - 1];
  }
  if (k == last) even += a[k] * b[n - k];
  return even + odd;
}

template <class F>
Jet made(Jet like, const F& coefficient) {
  const Jet result = Jet::fresh(like.workspace());
  const double value = coefficient();  // before the pointer: a new slot may move the memory
  result.coefficients()[like.order()] = value;
  return result;
}

}  // namespace detail

inline Jet operator+(Jet a, Jet b) {
  return detail::made(a, [=] { return a.current() + b.current(); });
}
inline Jet operator-(Jet a, Jet b) {
  return detail::made(a, [=] { return a.current() - b.current(); });
}
inline Jet operator+(Jet a, double b) {
  return detail::made(a, [=] { return a.order() == 0 ? a.current() + b : a.current(); });
}
inline Jet operator+(double a, Jet b) { return b + a; }
inline Jet operator-(Jet a, double b) { return a + (-b); }
inline Jet operator*(double a, Jet b) {
  return detail::made(b, [=] { return a * b.current(); });
}
inline Jet operator*(Jet a, double b) { return b * a; }
inline Jet operator-(Jet a) { return -1.0 * a; }
inline Jet operator-(double a, Jet b) { return a + (-b); }

inline Jet operator*(Jet a, Jet b) {
  return detail::made(a,
                      [=] { return detail::convolution(a.coefficients(), b.coefficients(), a.order(), 0, a.order()); });
}

inline Jet square(Jet a) {
  return detail::made(a, [=] {
    const std::size_t n = a.order();
    const double* c = a.coefficients();
    if (n == 0) return c[0] * c[0];
    const double half = 2.0 * detail::convolution(c, c, n, 0, (n - 1) / 2);
    return n % 2 == 0 ? half + c[n / 2] * c[n / 2] : half;
  });
}

/// a^exponent; the value of a is not zero.
inline Jet power(Jet a, double exponent) {
  const Jet result = Jet::fresh(a.workspace());
  const double* c = a.coefficients();
  double* p = result.coefficients();
  const std::size_t n = a.order();
  if (n == 0) {
    p[0] = exponent == -1.5 ? 1.0 / (c[0] * std::sqrt(c[0])) : std::pow(c[0], exponent);
    return result;
  }
  double plain = 0.0, weighted = 0.0, plain_odd = 0.0, weighted_odd = 0.0;
  std::size_t k = 0;
  for (double count = 0.0; k + 1 < n; k += 2, count += 2.0) {
    const double even = c[n - k] * p[k], odd = c[n - k - 1] * p[k + 1];
    plain += even;
    plain_odd += odd;
    weighted += count * even;
    weighted_odd += (count + 1.0) * odd;
  }
  if (k < n) {
    plain += c[1] * p[k];
    weighted += static_cast<double>(k) * (c[1] * p[k]);
  }
  plain += plain_odd;
  weighted += weighted_odd;
  p[n] = (exponent * plain - (exponent + 1.0) * weighted / static_cast<double>(n)) / c[0];
  return result;
}

inline Jet exponential(Jet a) {
  const Jet result = Jet::fresh(a.workspace());
  const double* c = a.coefficients();
  double* p = result.coefficients();
  const std::size_t n = a.order();
  if (n == 0) {
    p[0] = std::exp(c[0]);
    return result;
  }
  double sum = 0.0;
  for (std::size_t k = 1; k <= n; ++k) sum += static_cast<double>(k) * c[k] * p[n - k];
  p[n] = sum / static_cast<double>(n);
  return result;
}

// The same words for plain numbers.
inline double square(double a) { return a * a; }
inline double power(double a, double exponent) {
  return exponent == -1.5 ? 1.0 / (a * std::sqrt(a)) : std::pow(a, exponent);
}
inline double exponential(double a) { return std::exp(a); }

template <class T>
using Triple = std::array<T, 3>;

template <class T>
T square_norm(const Triple<T>& a) {
  return square(a[0]) + square(a[1]) + square(a[2]);
}
template <class T>
Triple<T> operator-(const Triple<T>& a, const Triple<T>& b) requires(!std::is_same_v<T, double>) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
template <class T>
Triple<T> times(const T& s, const Triple<T>& a) {
  return {s * a[0], s * a[1], s * a[2]};
}

}  // namespace orrery::orbital::taylor
