// Taylor series of complex differential equations.
// SPDX-License-Identifier: Apache-2.0
// Sources: Jorba, Zou 2005; Griewank, Walther 2008, chapter 13; Kahan 1965.
#include "plugins/curve/core/complex_ode.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

namespace {

using Complex = std::complex<double>;
using Code = ComplexExpression::Code;

// Without the checks of infinity and nan that std::complex makes; both come out as not finite in any case.
Complex product(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}
bool is_finite(Complex z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }
std::string text_of(Complex z) { return "(" + number_text(z.real()) + ", " + number_text(z.imag()) + ")"; }

// The coefficients of all nodes' series about one parameter, one order after the other.
class Series {
 public:
  Series(const ComplexExpression& f, std::span<const Complex> constants, std::size_t order, bool second)
      : nodes_(f.nodes()),
        constants_(constants),
        order_(order),
        second_(second),
        rows_(nodes_.size() * (order + 1)),
        z_(order + 1),
        v_(order + 1) {}

  /// Expands from a state; the coefficients are z() and v().
  void expand(double t, Complex z, Complex v) {
    t_ = t;
    z_[0] = z;
    if (second_) v_[0] = v;
    for (std::size_t k = 0; k <= order_; ++k) {
      for (std::size_t n = 0; n < nodes_.size(); ++n) row(n)[k] = coefficient(n, k);
      const Complex rate = row(nodes_.size() - 1)[k];
      const double next = 1.0 / static_cast<double>(k + 1);
      if (!second_) v_[k] = rate;
      if (k == order_) break;
      if (second_) v_[k + 1] = rate * next;
      z_[k + 1] = v_[k] * next;
    }
  }
  [[nodiscard]] const std::vector<Complex>& z() const { return z_; }
  [[nodiscard]] const std::vector<Complex>& v() const { return v_; }

 private:
  Complex* row(std::size_t n) { return &rows_[n * (order_ + 1)]; }

  Complex convolution(const Complex* a, const Complex* b, std::size_t k) {
    Complex sum = 0.0;
    for (std::size_t j = 0; j <= k; ++j) sum += product(a[j], b[k - j]);
    return sum;
  }
  // Sum of j/k u_j w_(k-j): the k-th coefficient of the integral of u' w.
  Complex slope(const Complex* u, const Complex* w, std::size_t k) {
    Complex sum = 0.0;
    for (std::size_t j = 1; j <= k; ++j) sum += static_cast<double>(j) * product(u[j], w[k - j]);
    return sum / static_cast<double>(k);
  }
  Complex quotient(const Complex* a, const Complex* b, const Complex* own, std::size_t k) {
    Complex rest = a[k];
    for (std::size_t j = 0; j < k; ++j) rest -= product(own[j], b[k - j]);
    return rest / b[0];
  }
  Complex logarithm(const Complex* u, const Complex* own, std::size_t k) {
    if (k == 0) return std::log(u[0]);
    Complex rest = u[k];
    for (std::size_t j = 1; j < k; ++j)
      rest -= static_cast<double>(j) / static_cast<double>(k) * product(own[j], u[k - j]);
    return rest / u[0];
  }
  Complex power(const Complex* u, const Complex* own, Complex p, std::size_t k) {
    if (k == 0) return p == Complex(0.5) ? std::sqrt(u[0]) : std::pow(u[0], p);
    Complex sum = 0.0;
    for (std::size_t j = 1; j <= k; ++j)
      sum += product(p * static_cast<double>(j) - static_cast<double>(k - j), product(u[j], own[k - j]));
    return sum / (static_cast<double>(k) * u[0]);
  }
  Complex leaf(const ComplexExpression::Node& node, std::size_t k) {
    switch (node.code) {
      case Code::time:
        return k == 0 ? t_ : k == 1 ? 1.0 : 0.0;
      case Code::place:
        return z_[k];
      case Code::velocity:
        return v_[k];
      case Code::constant:
        return k == 0 ? constants_[node.a] : 0.0;
      default:
        return k == 0 ? node.value : 0.0;
    }
  }
  Complex transcendental(const ComplexExpression::Node& node, const Complex* own, std::size_t k) {
    const Complex* u = row(node.a);
    const Complex* other = row(node.b);
    switch (node.code) {
      case Code::exponential:
        return k == 0 ? std::exp(u[0]) : slope(u, own, k);
      case Code::sine:
        return k == 0 ? std::sin(u[0]) : slope(u, other, k);
      case Code::cosine:
        return k == 0 ? std::cos(u[0]) : -slope(u, other, k);
      case Code::hyperbolic_sine:
        return k == 0 ? std::sinh(u[0]) : slope(u, other, k);
      case Code::hyperbolic_cosine:
        return k == 0 ? std::cosh(u[0]) : slope(u, other, k);
      case Code::logarithm:
        return logarithm(u, own, k);
      default:
        return power(u, own, node.value, k);
    }
  }
  Complex coefficient(std::size_t n, std::size_t k) {
    const ComplexExpression::Node& node = nodes_[n];
    if (node.code <= Code::constant) return leaf(node, k);
    const Complex *a = row(node.a), *b = row(node.b), *own = row(n);
    switch (node.code) {
      case Code::add:
        return a[k] + b[k];
      case Code::subtract:
        return a[k] - b[k];
      case Code::multiply:
        return convolution(a, b, k);
      case Code::divide:
        return quotient(a, b, own, k);
      case Code::negate:
        return -a[k];
      case Code::conjugate:
        return std::conj(a[k]);
      case Code::real:
        return a[k].real();
      case Code::imaginary:
        return a[k].imag();
      default:
        return transcendental(node, own, k);
    }
  }

  const std::vector<ComplexExpression::Node>& nodes_;
  std::span<const Complex> constants_;
  std::size_t order_;
  bool second_;
  double t_ = 0.0;
  std::vector<Complex> rows_, z_, v_;
};

// How far a series may be used: its upper half is small there against the term m; a series that ends holds everywhere.
double reach_from(const std::vector<Complex>& c, std::size_t m) {
  const double scale = std::abs(c[m]);
  if (scale == 0.0) return 0.0;
  double radius = std::numeric_limits<double>::infinity();
  for (std::size_t k = std::max((c.size() - 1) / 2, m + 1); k < c.size(); ++k) {
    const double size = std::abs(c[k]);
    if (size > 0.0) radius = std::min(radius, std::exp(std::log(scale / size) / static_cast<double>(k - m)));
  }
  return radius;
}

// Against the value, or near a zero of it against the first term that moves.
double reach(const std::vector<Complex>& c) {
  const double radius = std::max(reach_from(c, 0), reach_from(c, 1));
  if (radius > 0.0) return radius;
  const auto first = std::find_if(c.begin(), c.end(), [](Complex x) { return x != Complex(); });
  if (first == c.end()) return std::numeric_limits<double>::infinity();
  return reach_from(c, static_cast<std::size_t>(first - c.begin()));
}

Complex value_of(const std::vector<Complex>& c, double h, std::size_t from = 0) {
  Complex sum = 0.0;
  for (std::size_t k = c.size(); k-- > from;) sum = sum * h + c[k];
  return sum;
}

// A number that many small steps are added to.
struct Carried {
  Complex sum, rest;
  void add(Complex step) {
    const Complex whole = step + rest;
    const DoubleDouble x = two_sum(sum.real(), whole.real()), y = two_sum(sum.imag(), whole.imag());
    sum = {x.hi, y.hi};
    rest = {x.lo, y.lo};
  }
};

void check(std::span<const double> parameter, Complex place, const Complex* velocity,
           const ComplexOdeOptions& options) {
  if (parameter.empty()) throw std::invalid_argument("a motion needs at least 1 parameter; there are 0");
  require_finite(parameter, 1, "parameter");
  const bool falling = parameter.size() > 1 && parameter[1] < parameter[0];
  for (std::size_t i = 1; i < parameter.size(); ++i)
    if (falling ? parameter[i] > parameter[i - 1] : parameter[i] < parameter[i - 1])
      throw std::invalid_argument("parameter must not turn; row " + std::to_string(i) + " is " +
                                  number_text(parameter[i]) + " after " + number_text(parameter[i - 1]));
  if (!(options.tolerance >= 1e-17 && options.tolerance <= 1e-3))
    throw std::invalid_argument("tolerance must be 1e-17 to 1e-3; it is " + number_text(options.tolerance));
  if (!is_finite(place) || (velocity != nullptr && !is_finite(*velocity)))
    throw std::invalid_argument("the first place and velocity must be finite; the place is " + text_of(place));
}

class Walk {
 public:
  Walk(const ComplexExpression& f, std::span<const Complex> constants, bool second, const ComplexOdeOptions& options)
      : options_(options),
        order_(static_cast<std::size_t>(std::ceil(1.0 - 0.5 * std::log(options.tolerance)))),
        second_(second),
        series_(f, constants, order_, second) {}

  void start(double t, Complex place, Complex velocity) {
    t_ = {t, 0.0};
    z_ = {place, 0.0};
    v_ = {velocity, 0.0};
    expand();
  }
  void go_to(double t) {
    while (std::abs(t - t_.hi - t_.lo) > length_) {
      if (++steps_ > options_.max_steps)
        throw std::domain_error("more than " + std::to_string(options_.max_steps) +
                                " steps are needed; the last is at " + here());
      const double h = t > t_.hi ? length_ : -length_;
      z_.add(value_of(series_.z(), h, 1) * h);
      if (second_) v_.add(value_of(series_.v(), h, 1) * h);
      t_ = t_ + DoubleDouble{h, 0.0};
      expand();
    }
    last_ = (t - t_.hi) - t_.lo;
  }
  [[nodiscard]] Complex place() const { return z_.sum + (value_of(series_.z(), last_, 1) * last_ + z_.rest); }
  [[nodiscard]] Complex velocity() const { return value_of(series_.v(), last_); }
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  [[nodiscard]] std::string here() const { return "parameter " + number_text(t_.hi) + " with z = " + text_of(z_.sum); }

  void expand() {
    series_.expand(t_.hi, z_.sum, v_.sum);
    for (std::size_t k = 0; k <= order_; ++k)
      if (!is_finite(series_.z()[k]) || !is_finite(series_.v()[k]))
        throw std::domain_error("the right-hand side or its derivatives are not finite at " + here());
    const double radius = second_ ? std::min(reach(series_.z()), reach(series_.v())) : reach(series_.z());
    // Jorba and Zou's step for this order, with their safety factor.
    length_ = radius * std::exp(-2.0 - 0.7 / static_cast<double>(order_ - 1));
    if (length_ < 16.0 * std::numeric_limits<double>::epsilon() * std::abs(t_.hi) || length_ < 1e-290)
      throw std::domain_error("the motion cannot be followed beyond " + here() + ", a pole or a branch point");
  }

  const ComplexOdeOptions& options_;
  std::size_t order_;
  bool second_;
  Series series_;
  DoubleDouble t_;
  Carried z_, v_;
  double length_ = 0.0, last_ = 0.0;
  std::size_t steps_ = 0;
};

}  // namespace

ComplexMotion complex_motion(const ComplexExpression& f, std::span<const double> parameter, std::complex<double> place,
                             const std::complex<double>* velocity, std::span<const std::complex<double>> constants,
                             const ComplexOdeOptions& options) {
  check(parameter, place, velocity, options);
  Walk walk(f, constants, velocity != nullptr, options);
  walk.start(parameter[0], place, velocity != nullptr ? *velocity : Complex());
  ComplexMotion motion;
  for (std::size_t i = 0; i < parameter.size(); ++i) {
    if (options.progress && i % 64 == 0) options.progress(i);
    walk.go_to(parameter[i]);
    motion.place.push_back(walk.place());
    motion.velocity.push_back(walk.velocity());
  }
  motion.steps = walk.steps();
  return motion;
}

}  // namespace orrery::curve
