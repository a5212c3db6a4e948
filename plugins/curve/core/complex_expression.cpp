// Complex right-hand sides read from text.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "plugins/curve/core/complex_ode.hpp"

namespace orrery::curve {

using Code = ComplexExpression::Code;
using Node = ComplexExpression::Node;

/// Recursive descent: sum, product, sign, power, atom.
class ComplexParser {
 public:
  ComplexParser(std::string_view text, std::size_t constants, bool with_velocity)
      : text_(text), constants_(constants), with_velocity_(with_velocity) {}

  ComplexExpression operator()() {
    const std::size_t result = sum();
    if (peek() != '\0') fail("unexpected '" + std::string(1, peek()) + "'");
    // The result has to be the last node.
    if (result + 1 != out_.nodes_.size()) emit({Code::multiply, result, number(1.0), {}});
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::invalid_argument("\"" + std::string(text_) + "\", column " + std::to_string(at_ + 1) + ": " + what);
  }
  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail(std::string("'") + c + "' is missing");
  }

  std::size_t emit(const Node& node) {
    if (out_.nodes_.size() >= 10000) fail("the expression is too long");
    out_.nodes_.push_back(node);
    fold(out_.nodes_.back());
    return out_.nodes_.size() - 1;
  }
  // Arithmetic with numbers alone is a number, so that z^(1/2) is a power.
  void fold(Node& node) const {
    const bool one = node.code == Code::negate, two = node.code >= Code::add && node.code <= Code::divide;
    if (!one && !two) return;
    const Node &a = out_.nodes_[node.a], &b = out_.nodes_[one ? node.a : node.b];
    if (a.code != Code::number || b.code != Code::number) return;
    const std::complex<double> value = one                           ? -a.value
                                       : node.code == Code::add      ? a.value + b.value
                                       : node.code == Code::subtract ? a.value - b.value
                                       : node.code == Code::multiply ? a.value * b.value
                                                                     : a.value / b.value;
    node = {Code::number, 0, 0, value};
  }
  std::size_t number(std::complex<double> value) { return emit({Code::number, 0, 0, value}); }
  std::size_t unary(Code code, std::size_t a, std::complex<double> value = {}) { return emit({code, a, 0, value}); }

  std::size_t sum() {
    std::size_t left = product();
    for (;;) {
      if (take('+')) {
        left = emit({Code::add, left, product(), {}});
      } else if (take('-')) {
        left = emit({Code::subtract, left, product(), {}});
      } else {
        return left;
      }
    }
  }
  std::size_t product() {
    std::size_t left = sign();
    for (;;) {
      if (take('*')) {
        left = emit({Code::multiply, left, sign(), {}});
      } else if (take('/')) {
        left = emit({Code::divide, left, sign(), {}});
      } else {
        return left;
      }
    }
  }
  std::size_t sign() {
    if (++depth_ > 200) fail("the expression is nested too deeply");
    std::size_t result = 0;
    if (take('-')) {
      result = unary(Code::negate, sign());
    } else if (take('+')) {
      result = sign();
    } else {
      result = power();
    }
    --depth_;
    return result;
  }
  std::size_t power() {
    const std::size_t base = atom();
    if (!take('^')) return base;
    const std::size_t exponent = sign();
    if (out_.nodes_[exponent].code != Code::number)
      return unary(Code::exponential, emit({Code::multiply, exponent, unary(Code::logarithm, base), {}}));
    const std::complex<double> p = out_.nodes_[exponent].value;
    const bool whole = p.imag() == 0.0 && p.real() == std::floor(p.real()) && std::abs(p.real()) <= 1024.0;
    if (!whole) return unary(Code::power, base, p);
    if (p.real() >= 0.0) return whole_power(base, static_cast<std::size_t>(p.real()));
    const std::size_t below = whole_power(base, static_cast<std::size_t>(-p.real()));
    return emit({Code::divide, number(1.0), below, {}});
  }
  // By squares, so that a base of 0 is nothing special.
  std::size_t whole_power(std::size_t base, std::size_t p) {
    if (p == 0) return number(1.0);
    if (p == 1) return base;
    const std::size_t half = whole_power(base, p / 2), square = emit({Code::multiply, half, half, {}});
    return p % 2 == 0 ? square : emit({Code::multiply, square, base, {}});
  }

  std::size_t atom() {
    const char c = peek();
    if (take('(')) {
      const std::size_t inner = sum();
      expect(')');
      return inner;
    }
    if ((c >= '0' && c <= '9') || c == '.') return literal();
    if (c >= 'a' && c <= 'z') return word();
    fail(c == '\0' ? "it ends too early" : "unexpected '" + std::string(1, c) + "'");
  }
  std::size_t literal() {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc() || !std::isfinite(value)) fail("this is no number of double range");
    at_ = static_cast<std::size_t>(end - text_.data());
    return number(value);
  }
  std::size_t word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ((text_[at_] >= 'a' && text_[at_] <= 'z') || (text_[at_] >= '0' && text_[at_] <= '9')))
      ++at_;
    const std::string name(text_.substr(begin, at_ - begin));
    if (peek() == '(') return function(name, begin);
    if (name == "z") return emit({Code::place, 0, 0, {}});
    if (name == "t") return emit({Code::time, 0, 0, {}});
    if (name == "v" && with_velocity_) return emit({Code::velocity, 0, 0, {}});
    if (name == "i") return number({0.0, 1.0});
    if (name == "pi") return number(std::numbers::pi);
    if (name == "e") return number(std::numbers::e);
    if (name.size() > 1 && name.size() < 8 && name[0] == 'c' &&
        name.find_first_not_of("0123456789", 1) == std::string::npos)
      return constant(name, begin);
    at_ = begin;
    fail("'" + name + "' is not known; there are z, t, " + (with_velocity_ ? "v, " : "") +
         "i, pi, e and constants c0, c1, ...");
  }
  std::size_t constant(const std::string& name, std::size_t begin) {
    const auto index = static_cast<std::size_t>(std::stoul(name.substr(1)));
    if (index >= constants_) {
      at_ = begin;
      fail("'" + name + "' is not among the " + std::to_string(constants_) + " constants");
    }
    return emit({Code::constant, index, 0, {}});
  }
  std::size_t pair(Code first, Code second, std::size_t a, bool want_second) {
    const std::size_t one = emit({first, a, out_.nodes_.size() + 1, {}}), two = emit({second, a, one, {}});
    return want_second ? two : one;
  }
  std::size_t quotient(Code first, Code second, std::size_t a) {
    const std::size_t two = pair(first, second, a, true);
    return emit({Code::divide, two - 1, two, {}});
  }
  std::size_t function(const std::string& name, std::size_t begin) {
    expect('(');
    const std::size_t a = sum();
    expect(')');
    if (name == "exp") return unary(Code::exponential, a);
    if (name == "log") return unary(Code::logarithm, a);
    if (name == "sqrt") return unary(Code::power, a, 0.5);
    if (name == "sin") return pair(Code::sine, Code::cosine, a, false);
    if (name == "cos") return pair(Code::sine, Code::cosine, a, true);
    if (name == "tan") return quotient(Code::sine, Code::cosine, a);
    if (name == "sinh") return pair(Code::hyperbolic_sine, Code::hyperbolic_cosine, a, false);
    if (name == "cosh") return pair(Code::hyperbolic_sine, Code::hyperbolic_cosine, a, true);
    if (name == "tanh") return quotient(Code::hyperbolic_sine, Code::hyperbolic_cosine, a);
    if (name == "conj") return unary(Code::conjugate, a);
    if (name == "re") return unary(Code::real, a);
    if (name == "im") return unary(Code::imaginary, a);
    if (name == "arg") return unary(Code::imaginary, unary(Code::logarithm, a));
    if (name == "abs") return unary(Code::power, emit({Code::multiply, a, unary(Code::conjugate, a), {}}), 0.5);
    at_ = begin;
    fail("the function '" + name +
         "' is not known; there are exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, conj, re, im, abs, arg");
  }

  std::string_view text_;
  std::size_t constants_;
  bool with_velocity_;
  std::size_t at_ = 0, depth_ = 0;
  ComplexExpression out_;
};

ComplexExpression ComplexExpression::parse(std::string_view text, std::size_t constants, bool with_velocity) {
  return ComplexParser(text, constants, with_velocity)();
}

}  // namespace orrery::curve
