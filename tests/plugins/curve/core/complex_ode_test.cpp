// Complex differential equations against their closed forms and conserved quantities, and texts that are refused.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/complex_ode.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using Complex = std::complex<double>;
using test::evenly;
using test::message_of;

ComplexMotion first_order(std::string_view rate, const std::vector<double>& t, Complex z,
                          const std::vector<Complex>& c = {}) {
  return complex_motion(ComplexExpression::parse(rate, c.size(), false), t, z, nullptr, c);
}
ComplexMotion second_order(std::string_view rate, const std::vector<double>& t, Complex z, Complex v,
                           const std::vector<Complex>& c = {}) {
  return complex_motion(ComplexExpression::parse(rate, c.size(), true), t, z, &v, c);
}
template <class F>
double largest(const std::vector<Complex>& z, const std::vector<double>& t, const F& exact) {
  double worst = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i)
    worst = std::max(worst, std::abs(z[i] - exact(t[i])) / (1.0 + std::abs(z[i])));
  return worst;
}

}  // namespace

TEST_SUITE("plugins/curve/core/complex_ode") {
  TEST_CASE("motions with closed forms are met to rounding") {
    const std::vector<double> t = evenly(0.0, 3.0, 31);
    const Complex a{0.3, -0.4}, i{0.0, 1.0};
    CHECK(largest(first_order("z^2", t, a).place, t, [&](double x) { return a / (1.0 - a * x); }) <= 1e-15);
    CHECK(largest(first_order("i*z", t, a).place, t, [&](double x) { return a * std::exp(i * x); }) <= 2e-15);
    CHECK(largest(first_order("c0*z + t", t, a, {{-0.5, 2.0}}).place, t, [&](double x) {
            const Complex k{-0.5, 2.0};
            return (a + 1.0 / (k * k)) * std::exp(k * x) - x / k - 1.0 / (k * k);
          }) <= 2e-15);
    CHECK(largest(first_order("1/z", t, a).place, t, [&](double x) {
            const Complex z = std::sqrt(a * a + 2.0 * x);
            return z.real() * a.real() + z.imag() * a.imag() < 0.0 ? -z : z;
          }) <= 2e-15);
    CHECK(largest(first_order("cos(t) + i*sinh(t)", t, 0.0).place, t,
                  [&](double x) { return std::sin(x) + i * (std::cosh(x) - 1.0); }) <= 2e-15);
    // sin(z) grows like exp(t); followed back in t it stays on its branch.
    const std::vector<double> back = evenly(0.0, -3.0, 31);
    CHECK(largest(first_order("tan(z)", back, a).place, back,
                  [&](double x) { return std::asin(std::sin(a) * std::exp(x)); }) <= 2e-15);
    CHECK(largest(first_order("exp(-z)", t, a).place, t, [&](double x) { return std::log(std::exp(a) + x); }) <= 2e-15);
    // z' = conj(z): real and imaginary parts grow and fall.
    CHECK(largest(first_order("conj(z)", t, a).place, t,
                  [&](double x) { return Complex(0.3 * std::exp(x), -0.4 * std::exp(-x)); }) <= 2e-15);
  }

  TEST_CASE("constant curvature bends a motion of any speed into a circle") {
    // z'' = i kappa |z'| z' keeps its speed; with a push along the path, g z'/|z'|, the path stays the circle.
    const std::vector<double> t = evenly(0.0, 10.0, 101);
    const double kappa = 0.7;
    const Complex v{1.2, -0.5}, centre = Complex(0.0, 1.0) * v / std::abs(v) / kappa;
    for (const char* rate : {"i*c0*abs(v)*v", "i*c0*abs(v)*v + 0.3*v/abs(v)", "i*c0*abs(v)*v - 0.2*v + 0.1*t*v"}) {
      const ComplexMotion motion = second_order(rate, t, 0.0, v, {kappa});
      for (const Complex z : motion.place) CHECK(std::abs(std::abs(z - centre) * kappa - 1.0) <= 1e-14);
      for (std::size_t k = 0; k < t.size(); ++k) {
        const Complex radius = motion.place[k] - centre;
        CHECK(std::abs(radius.real() * motion.velocity[k].real() + radius.imag() * motion.velocity[k].imag()) <=
              4e-14 * std::abs(motion.velocity[k]));
      }
    }
    const ComplexMotion plain = second_order("i*c0*abs(v)*v", t, 0.0, v, {kappa});
    const double w = kappa * std::abs(v);
    CHECK(largest(plain.place, t, [&](double x) { return centre * (1.0 - std::exp(Complex(0.0, w * x))); }) <= 2e-14);
  }

  TEST_CASE("a thrown body with linear drag and an orbit keep what they should") {
    const std::vector<double> t = evenly(0.0, 6.0, 61);
    // z'' = k z' - i g with k = -q/m.
    const Complex v{3.0, 4.0}, k{-0.4, 0.0}, g{0.0, 9.80665};
    CHECK(largest(second_order("c0*v - c1", t, 0.0, v, {k, g}).place, t,
                  [&](double x) { return (v - g / k) * (std::exp(k * x) - 1.0) / k + g * x / k; }) <= 4e-15);
    const ComplexMotion orbit = second_order("-z/abs(z)^3", evenly(0.0, 200.0, 400), 1.0, Complex(0.0, 1.2));
    for (std::size_t i = 0; i < 400; ++i) {
      const Complex z = orbit.place[i], u = orbit.velocity[i];
      CHECK(std::abs(0.5 * std::norm(u) - 1.0 / std::abs(z) + 0.28) <= 4e-15);
      CHECK(std::abs(z.real() * u.imag() - z.imag() * u.real() - 1.2) <= 1e-14);
    }
  }

  TEST_CASE("a thousand turns and a thousand zeros lose little") {
    const double turn = 2.0 * std::numbers::pi;
    const std::vector<double> t{0.0, 1000.0 * turn};
    CHECK(std::abs(first_order("i*z", t, 1.0).place[1] - std::exp(Complex(0.0, t[1]))) <= 1e-12);
    const ComplexMotion swing = second_order("-z", t, 0.0, 1.0);
    CHECK(std::abs(swing.place[1] - std::sin(t[1])) <= 1e-12);
    CHECK(swing.steps < 20000);
    // Backwards is the way there again.
    const ComplexMotion there = first_order("sin(z) + t", {0.0, 5.0}, Complex(0.2, 0.1));
    const ComplexMotion back = first_order("sin(z) + t", {5.0, 0.0}, there.place[1]);
    CHECK(std::abs(back.place[1] - Complex(0.2, 0.1)) <= 1e-11);
  }

  TEST_CASE("poles and branch points end a motion with their place") {
    CHECK(message_of([] {
            first_order("z^2", {0.0, 2.0}, 1.0);
          }).find("cannot be followed beyond parameter 0.99") != std::string::npos);
    // Rounding of t moves the pole by 2^-53 of 2^-20.
    CHECK(std::abs(first_order("z^2", {0.0, 1.0 - 0x1p-20}, 1.0).place[1] * 0x1p-20 - 1.0) <= 0x1p-33);
    CHECK(message_of([] {
            first_order("1/z", {0.0, 1.0}, 0.0);
          }).find("not finite at parameter 0") != std::string::npos);
    CHECK(message_of([] { second_order("i*abs(v)*v", {0.0, 1.0}, 0.0, 0.0); }).find("not finite") != std::string::npos);
    CHECK(message_of([] { first_order("exp(1000*z)", {0.0, 1.0}, 1.0); }) != "");
  }

  TEST_CASE("standing still and polynomials need one step") {
    CHECK(first_order("0", {0.0, 1e9}, 2.0).place[1] == 2.0);
    CHECK(first_order("0*z", {0.0, 1e9}, 0.0).place[1] == 0.0);
    const ComplexMotion fall = second_order("-2*i", {0.0, 3.0, 1e6}, 0.0, 1.0);
    CHECK(fall.place[1] == Complex(3.0, -9.0));
    CHECK(fall.steps <= 1);
    CHECK(first_order("t^3", {0.0, 2.0}, 0.0).place[1] == 4.0);
  }

  TEST_CASE("texts follow the usual rules and are refused with a column") {
    const auto at_zero = [](std::string_view text) { return first_order(text, {0.0}, {0.5, 0.25}).velocity[0]; };
    CHECK(at_zero("1 - 2 - 3") == -4.0);
    CHECK(at_zero("2^3^2") == 512.0);
    CHECK(at_zero("-2^2") == -4.0);
    CHECK(at_zero("8/4/2") == 1.0);
    CHECK(at_zero("2^-1") == 0.5);
    CHECK(at_zero("re(z) + i*im(z)") == Complex(0.5, 0.25));
    CHECK(std::abs(at_zero("abs(z)*exp(i*arg(z))") - Complex(0.5, 0.25)) <= 1e-16);
    CHECK(std::abs(at_zero("z^(1/2) - sqrt(z)")) <= 1e-15);
    CHECK(std::abs(at_zero("tanh(z) - sinh(z)/cosh(z)")) <= 1e-16);
    CHECK(at_zero("sin(z)") == std::sin(Complex(0.5, 0.25)));
    CHECK(at_zero("e") == std::numbers::e);
    const auto refusal = [](std::string_view text) {
      return message_of([&] { ComplexExpression::parse(text, 1, false); });
    };
    CHECK(refusal("z + ") == "\"z + \", column 5: it ends too early");
    CHECK(refusal("2 z") == "\"2 z\", column 3: unexpected 'z'");
    CHECK(refusal("(z") == "\"(z\", column 3: ')' is missing");
    CHECK(refusal("c1*z") == "\"c1*z\", column 1: 'c1' is not among the 1 constants");
    CHECK(refusal("v").find("'v' is not known") != std::string::npos);
    CHECK(refusal("foo(z)").find("the function 'foo' is not known") != std::string::npos);
    CHECK(refusal(std::string(500, '(')).find("nested too deeply") != std::string::npos);
    CHECK(refusal("1e999").find("no number of double range") != std::string::npos);
    CHECK(message_of([] {
            first_order("z", {0.0, 1.0, 0.5}, 1.0);
          }) == "parameter must not turn; row 2 is 0.5 after 1");
  }
}

}  // namespace orrery::curve
