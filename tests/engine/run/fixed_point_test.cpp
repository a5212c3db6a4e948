// Tests of guesses for fixed points: closed forms, divergence that mixing mends, and differences that say nothing.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/fixed_point.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

using namespace orrery::run;
using Numbers = FixedPoint::Numbers;
using Method = FixedPoint::Method;

namespace {

/// How many evaluations it takes until next(x) is x to 1e-13; 0 if it does not come there in 200.
int evaluations(Method method, Numbers& x, const std::function<Numbers(const Numbers&)>& next) {
  FixedPoint guesses(method);
  guesses.begin();
  for (int i = 1; i <= 200; ++i) {
    const Numbers made = next(x);
    Numbers change(x.size());
    for (std::size_t j = 0; j < x.size(); ++j) change[j] = made[j] - x[j];
    if (norm(change) <= 1e-13 * norm(made)) return i;
    guesses.improve(x, made, Numbers(x.size(), 1.0 / norm(made)));
  }
  return 0;
}

Numbers cosine(const Numbers& x) { return {std::cos(x[0])}; }

/// Eigenvalues 1.5 and -2: the plain step runs away from its fixed point (2, 3).
Numbers runaway(const Numbers& x) {
  const double u = x[0] - 2, v = x[1] - 3;
  return {2 + 1.5 * u, 3 - 2 * v + 0.25 * u};
}

}  // namespace

TEST_SUITE("engine/run/fixed_point") {
  TEST_CASE("all methods find where the cosine is its argument and the mixed ones sooner") {
    for (const auto& [method, most] :
         {std::pair{Method::fixed_point, 90}, {Method::aitken, 12}, {Method::anderson, 12}}) {
      Numbers x{1.0};
      const int count = evaluations(method, x, cosine);
      CAPTURE(count);
      CHECK(count > 0);
      CHECK(count <= most);
      CHECK(x[0] == doctest::Approx(0.7390851332151607).epsilon(1e-12));
    }
  }

  TEST_CASE("mixing finds the fixed point of a linear map that runs away from it in as many steps as it has unknowns") {
    Numbers plain{1.0, 1.0}, mixed{1.0, 1.0};
    CHECK(evaluations(Method::fixed_point, plain, runaway) == 0);
    const int count = evaluations(Method::anderson, mixed, runaway);
    CHECK(count > 0);
    CHECK(count <= 5);
    CHECK(mixed[0] == doctest::Approx(2).epsilon(1e-12));
    CHECK(mixed[1] == doctest::Approx(3).epsilon(1e-12));
  }

  TEST_CASE("unknowns of very unlike size are found with weights") {
    FixedPoint guesses(Method::anderson);
    guesses.begin();
    Numbers x{1.0, 1.0};
    for (int i = 0; i < 12; ++i) {
      const Numbers made{1e12 - 0.9 * x[0] + 1e20 * x[1], 1e-12 + 0.5 * x[1] - 1e-26 * x[0]};
      guesses.improve(x, made, {1e-12, 1e12});
    }
    // From the two linear equations: x0 = 1e12/1.9 + 1e20/1.9 x1, 0.5 x1 = 1e-12 - 1e-26 x0.
    const double b = (1e-12 - 1e-14 / 1.9) / (0.5 + 1e-6 / 1.9), a = (1e12 + 1e20 * b) / 1.9;
    CHECK(x[0] == doctest::Approx(a).epsilon(1e-10));
    CHECK(x[1] == doctest::Approx(b).epsilon(1e-10));
  }

  TEST_CASE("more unknowns than remembered differences are found too") {
    Numbers x(40, 1.0);
    const int count = evaluations(Method::anderson, x, [](const Numbers& at) {
      Numbers made(at.size());
      for (std::size_t i = 0; i < at.size(); ++i) made[i] = 1.0 + 0.9 * std::sin(at[i] + 0.1 * static_cast<double>(i));
      return made;
    });
    CHECK(count > 0);
    for (std::size_t i = 0; i < x.size(); ++i)
      CHECK(x[i] == doctest::Approx(1.0 + 0.9 * std::sin(x[i] + 0.1 * static_cast<double>(i))).epsilon(1e-11));
  }

  TEST_CASE("differences that are zero or not finite leave the plain step") {
    for (const Method method : {Method::anderson, Method::aitken}) {
      FixedPoint guesses(method);
      guesses.begin();
      Numbers x{1.0, 2.0};
      // The same change again and again: no information in differences of residuals.
      for (int i = 1; i <= 5; ++i) {
        guesses.improve(x, {x[0] + 1, x[1] + 1}, {1.0, 1.0});
        CHECK(x == Numbers{1.0 + i, 2.0 + i});
      }
    }
    FixedPoint guesses(Method::anderson);
    guesses.begin();
    Numbers x{1.0};
    guesses.improve(x, {1e308}, {1.0});
    guesses.improve(x, {-1e308}, {1.0});
    CHECK(x == Numbers{-1e308});
  }

  TEST_CASE("norms neither overflow nor vanish") {
    CHECK(norm(Numbers{3e300, 4e300}) == doctest::Approx(5e300));
    CHECK(norm(Numbers{3e-300, 4e-300}) == doctest::Approx(5e-300));
    CHECK(norm(Numbers{}) == 0);
    CHECK(std::isinf(norm(Numbers{1, -std::numeric_limits<double>::infinity()})));
    CHECK(std::isnan(norm(Numbers{1, std::numeric_limits<double>::quiet_NaN()})));
  }
}
