// Motion in the plane by a complex differential equation that is given as text, through Taylor series.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::curve {

/// A right-hand side as a list of operations, each on the results of earlier ones.
/// Life: 1. parse() makes it. 2. It may be read from any thread.
class ComplexExpression {
 public:
  enum class Code : std::uint8_t {
    number,
    time,
    place,
    velocity,
    constant,
    add,
    subtract,
    multiply,
    divide,
    negate,
    power,
    whole_power,
    exponential,
    logarithm,
    sine,
    cosine,
    hyperbolic_sine,
    hyperbolic_cosine,
    conjugate,
    real,
    imaginary,
  };
  struct Node {
    Code code = Code::number;
    std::size_t a = 0, b = 0;      ///< operands; of sine and cosine b is the other one
    std::complex<double> value{};  ///< of a number; exponent of a power; index of a constant
  };

  /// Reads z, t, v (the velocity, if allowed), i, pi, e, c0, c1, ... (constants), numbers, + - * / ^ and parentheses,
  /// and exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, conj, re, im, abs, arg. Branches of log, sqrt and powers that
  /// are not whole are the principal ones where a step begins, and are followed without a jump within it.
  /// @param constants how many there are   @throws std::invalid_argument naming the place in the text
  static ComplexExpression parse(std::string_view text, std::size_t constants, bool with_velocity);

  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }

 private:
  friend class ComplexParser;
  std::vector<Node> nodes_;  // the last one is the result
};

struct ComplexOdeOptions {
  double tolerance =
      1e-16;  ///< [-] 1e-17 .. 1e-3, of each step, relative to the larger of a value and the way that it goes
  std::size_t max_steps = 1000000;            ///< between all parameters
  std::function<void(std::size_t)> progress;  ///< called now and then with the parameters done
};

struct ComplexMotion {
  std::vector<std::complex<double>> place;     ///< n
  std::vector<std::complex<double>> velocity;  ///< n
  std::size_t steps = 0;
};

/// z' = f(z, t), or z'' = f(z, v, t) if `velocity` is not null, from the first parameter on.
/// @param parameter [any] n >= 1, rising or falling   @param constants c0, c1, ...
/// @throws std::invalid_argument for a parameter that turns or is not finite, or a tolerance or state out of range
/// @throws std::domain_error where the right-hand side is not finite, the steps shrink to nothing (a pole or branch
///   point), or there are too many; with the parameter and the place
/// @accuracy measured, tolerance 1e-16: 2e-15 of 1 + |z| over a few units of t for nine equations with closed forms;
///   z' = i z after 1000 turns 1e-12; an orbit of energy -0.28 over t = 200 keeps it to 4e-15; z' = z^2 at 2^-20 from
///   its pole 1.5e-11, which is what rounding of t moves the pole by
/// @source Jorba, Zou 2005 (order, step); Griewank, Walther 2008, chapter 13 (series); Kahan 1965 (sums)
ComplexMotion complex_motion(const ComplexExpression& f, std::span<const double> parameter, std::complex<double> place,
                             const std::complex<double>* velocity, std::span<const std::complex<double>> constants,
                             const ComplexOdeOptions& options = {});

}  // namespace orrery::curve
