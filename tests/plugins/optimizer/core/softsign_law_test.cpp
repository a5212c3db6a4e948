// Tests of the moments of softsign, Adam's first step and the clip against quadruple precision and published values.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/softsign_law.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "tests/plugins/optimizer/core/law_support.hpp"

using namespace orrery::optimizer;
using namespace orrery::optimizer::test;

TEST_SUITE("plugins/optimizer/core/softsign_law") {
  TEST_CASE("The exact moments of softsign agree with quadruple precision over the whole range") {
    constexpr double mean_tolerance = 2e-12, second_tolerance = 1e-12;
    const auto check = [&](double r, double e) {
      const auto f = [e](Quad x) { return x / sqrtq(x * x + static_cast<Quad>(e) * e); };
      CAPTURE(r);
      CAPTURE(e);
      CHECK(relative(softsign_mean(r, e), moment(r, e, false, f)) < mean_tolerance);
      CHECK(relative(softsign_second(r, e), moment(r, e, true, f)) < second_tolerance);
    };
    for (const double r : {1e-4, 0.03, 0.7, 1.9, 3.0, 6.3, 11.0})
      for (const double e : {1e-6, 1e-3, 0.3, 1.7, 6.0, 8.9, 9.1, 60.0, 3000.0}) check(r, e);
    for (const double e : {1e-6, 1.0, 40.0, 3000.0}) check(400.0, e);
  }

  TEST_CASE("The exact moments of the first step of Adam agree with quadruple precision") {
    constexpr double tolerance = 1e-13;
    for (const double r : {1e-4, 0.7, 6.3})
      for (const double e : {1e-6, 0.3, 8.9, 3000.0}) {
        const auto f = [e](Quad x) { return x / (x + static_cast<Quad>(e)); };
        const StepMoments m = adam_first_step_exact(r, e);
        CHECK(relative(m.mean, moment(r, e, false, f)) < tolerance);
        CHECK(relative(m.second, moment(r, e, true, f)) < tolerance);
      }
    CHECK(relative(adam_first_step_exact(1e-7, 0.0).mean, std::erf(1e-7 * std::sqrt(0.5))) < 1e-15);
  }

  TEST_CASE("The moments of the clip agree with their closed form in quadruple precision") {
    constexpr double tolerance = 1e-13;
    const auto cdf = [](Quad x) { return erfcq(-x / sqrtq(Quad{2})) / 2; };
    const auto pdf = [](Quad x) { return expq(-x * x / 2) / sqrtq(2 * pi_quad); };
    for (const double r : {0.01, 1.0, 7.0})
      for (const double e : {0.01, 1.0, 30.0}) {
        const Quad a = r, b = e, u = -(a + b), v = b - a;
        const Quad mean = (1 - cdf(v)) - cdf(u) + (a * (cdf(v) - cdf(u)) + pdf(u) - pdf(v)) / b;
        const Quad second =
            cdf(u) + 1 - cdf(v) +
            ((a * a + 1) * (cdf(v) - cdf(u)) + 2 * a * (pdf(u) - pdf(v)) + u * pdf(u) - v * pdf(v)) / b / b;
        CHECK(relative(clip_moments(r, e).mean, mean) < tolerance);
        CHECK(relative(clip_moments(r, e).second, second) < tolerance);
      }
  }

  TEST_CASE("Published moments at one and one come out") {
    constexpr double tolerance = 1e-15;
    CHECK(std::abs(clip_moments(1, 1).mean - 0.60954842221539696) < tolerance);
    CHECK(std::abs(clip_moments(1, 1).second - 0.679365307248955437) < tolerance);
    CHECK(std::abs(softsign_exact(1, 1).mean - 0.513467200423962286) < tolerance);
    CHECK(std::abs(softsign_exact(1, 1).second - 0.479137564098663275) < tolerance);
  }

  TEST_CASE("The slope at zero is a difference of Bessel functions") {
    for (const double e : {0.05, 0.5, 1.0, 4.0, 9.0}) {
      const double z = e * e / 2;
      const double bessel = z / std::sqrt(2 * M_PI) * std::exp(z / 2) *
                            (std::cyl_bessel_k(1.0, z / 2) - std::cyl_bessel_k(0.0, z / 2)) * 2 / e;
      CHECK(std::abs(softsign_slope(e) - bessel * e / 2) < 1e-12 * softsign_slope(e) * (1 + z));
    }
    CHECK(softsign_slope(0.0) == doctest::Approx(std::sqrt(2 / M_PI)).epsilon(1e-15));
  }

  TEST_CASE("The corrected constant goes from half pi to three") {
    const double table[][2] = {{0.1, 1.601874}, {0.3, 1.719856}, {1, 2.133797},
                               {3, 2.687663},   {10, 2.957622},  {30, 2.995035}};
    for (const auto& [e, c] : table) CHECK(std::abs(corrected_constant(e) - c) < 6e-7);
    CHECK(std::abs(corrected_constant(0) - M_PI / 2) < 1e-14);
    CHECK(std::abs(corrected_constant(60.001) - corrected_constant(59.999)) < 1e-7);
    CHECK(std::abs(corrected_constant(1e8) - 3.0) < 1e-12);
  }

  TEST_CASE("Known limits of the rational forms come out") {
    double worst_sign = 0, worst_mean = 0, worst_second = 0, field_mean = 0, field_second = 0;
    for (double a = 0.0; a <= 8.0; a += 0.01) {
      const double x = a / std::sqrt(2.0);
      worst_sign = std::max(worst_sign, std::abs(std::erf(x) - x / std::sqrt(x * x + M_PI / 4)));
    }
    for (double a = 0.05; a <= 8.0; a += 0.1)
      for (double b = 0.01; b < 100.0; b *= 1.1) {
        const StepMoments exact = softsign_exact(a, b), page = rational_moments(a, b, M_PI / 2),
                          field = rational_moments(a, b, 1.0);
        worst_mean = std::max(worst_mean, std::abs(exact.mean - page.mean));
        worst_second = std::max(worst_second, std::abs(exact.second - page.second));
        field_mean = std::max(field_mean, std::abs(exact.mean - field.mean));
        field_second = std::max(field_second, std::abs(exact.second - field.second));
      }
    CHECK(std::abs(worst_sign - 0.107837764815529) < 1e-6);
    CHECK(std::abs(worst_mean - 0.108) < 2e-3);
    CHECK(std::abs(worst_second - 0.307) < 3e-3);
    CHECK(std::abs(field_mean - 0.078) < 2e-3);
    CHECK(std::abs(field_second - 0.239) < 3e-3);
  }

  TEST_CASE("Moments are odd and even and bounded at the ends of the range") {
    for (const double r : {0.0, 1e-300, 1e-4, 3.0, 1e5, 1e150})
      for (const double e : {0.0, 1e-300, 1e-6, 1.0, 1e5, 1e150}) {
        const StepMoments m = softsign_exact(r, e), mirrored = softsign_exact(-r, e);
        CHECK(m.mean == -mirrored.mean);
        CHECK(m.second == mirrored.second);
        CHECK((m.mean >= 0 && m.mean <= 1 + 1e-15));
        CHECK((m.second >= 0 && m.second <= 1 + 1e-15));
        CHECK(m.second >= m.mean * m.mean * (1 - 1e-12));
      }
  }
}
