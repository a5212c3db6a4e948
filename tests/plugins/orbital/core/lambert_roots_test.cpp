// Full revolutions: both branches, the shortest time, and how many a time allows.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/lambert_roots.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "plugins/orbital/core/dynamics.hpp"
#include "tests/plugins/orbital/core/lambert_support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;
using detail::TransferNumbers;

namespace {

/// T by Lancaster and Blanchard's formula, in long doubles; not near the parabola.
long double textbook_time(long double lambda, int revolutions, long double x) {
  const long double gap = 1 - x * x, y = std::sqrt(1 - lambda * lambda * gap), pi = std::acos(-1.0L);
  if (gap < 0) {
    const long double root = std::sqrt(-gap);
    return (std::asinh((y - x * lambda) * root) / root - x + lambda * y) / gap;
  }
  const long double angle = std::acos(x * y + lambda * gap);
  return ((angle + revolutions * pi) / std::sqrt(gap) - x + lambda * y) / gap;
}

TransferNumbers numbers(double lambda, double time) { return {lambda, (1 - lambda) * (1 + lambda), time}; }

}  // namespace

TEST_SUITE("plugins/orbital/core/lambert_roots") {
  TEST_CASE("the flight time is that of Lancaster and Blanchard") {
    for (const double lambda : {-0.97, -0.5, -0.01, 0.0, 0.3, 0.8})
      for (const double x : {-0.95, -0.6, -0.2, 0.0, 0.3, 0.8, 1.3, 4.0, 50.0}) {
        const double found = detail::flight_time(numbers(lambda, 1), 0, 0, x);
        CAPTURE(lambda);
        CAPTURE(x);
        CHECK(std::fabs(found / static_cast<double>(textbook_time(lambda, 0, x)) - 1) <= 4e-15);
        if (x > -1 && x < 1) {
          const double turned = detail::flight_time(numbers(lambda, 1), 3, 0, x);
          CHECK(std::fabs(turned / static_cast<double>(textbook_time(lambda, 3, x)) - 1) <= 1e-14);
        }
      }
  }

  TEST_CASE("the flight time is that of the parabola at x = 1") {
    for (const double lambda : {-0.99, -0.3, 0.0, 0.4, 0.9})
      CHECK(std::fabs(detail::flight_time(numbers(lambda, 1), 0, 1, 0) / (2.0 / 3 * (1 - lambda * lambda * lambda)) -
                      1) <= 1e-15);
  }

  TEST_CASE("every time without revolutions has its root") {
    Draw draw(11);
    for (int i = 0; i < 20000; ++i) {
      const double gap = draw.decade(-16, 0), lambda = (i % 2 == 0 ? 1 : -1) * std::sqrt(1 - gap);
      const TransferNumbers transfer{i % 3 == 0 ? draw.uniform(-1, 1) : lambda, 0, draw.decade(-12, 12)};
      const TransferNumbers whole{transfer.lambda, i % 3 == 0 ? (1 - transfer.lambda) * (1 + transfer.lambda) : gap,
                                  transfer.time};
      const detail::TransferRoot root = detail::transfer_root(whole, 0, TransferBranch::low);
      REQUIRE(root.found);
      CHECK(std::fabs(root.error) <= 2e-15);
      CHECK(root.steps <= 80);
    }
  }

  TEST_CASE("both branches solve the equation on their sides of the shortest time") {
    Draw draw(12);
    for (int i = 0; i < 5000; ++i) {
      const int revolutions = 1 + static_cast<int>(draw.decade(0, 3));
      const double lambda = draw.uniform(-0.999, 0.999);
      const TransferNumbers transfer = numbers(lambda, (revolutions + 1) * 3.1416 * draw.decade(0, 3));
      const auto low = detail::transfer_root(transfer, revolutions, TransferBranch::low);
      const auto high = detail::transfer_root(transfer, revolutions, TransferBranch::high);
      REQUIRE(low.found);
      REQUIRE(high.found);
      CHECK(high.anchor + high.offset < low.anchor + low.offset);
      CHECK(std::fabs(low.error) <= 2e-15);
      CHECK(std::fabs(high.error) <= 2e-15);
      CHECK(detail::flight_time(transfer, revolutions, 0, 0.5 * (low.anchor + low.offset + high.anchor + high.offset)) <
            transfer.time);
    }
  }

  TEST_CASE("the shortest time parts what can be flown from what cannot") {
    for (const double lambda : {-0.9, -0.2, 0.0, 0.5, 0.95})
      for (const int revolutions : {1, 2, 7, 400}) {
        double least = 1e300, at = 0.0;  // by trying x on a fine grid, then a parabola through three points
        for (double x = 0.0; x < 0.45; x += 1e-4) {
          const double time = detail::flight_time(numbers(lambda, 1), revolutions, 0, x);
          if (time < least) {
            least = time;
            at = x;
          }
        }
        for (double h = 1e-4; h > 1e-9; h *= 0.5)
          for (const double x : {at - h, at + h}) {
            const double time = detail::flight_time(numbers(lambda, 1), revolutions, 0, x);
            if (time < least) {
              least = time;
              at = x;
            }
          }
        CAPTURE(lambda);
        CAPTURE(revolutions);
        for (const double excess : {1e-15, 1e-13, 1e-10, 1e-5, 0.1}) {
          const TransferNumbers more = numbers(lambda, least * (1 + 2 * excess));
          CHECK(detail::transfer_root(more, revolutions, TransferBranch::low).found);
          CHECK(std::fabs(detail::transfer_root(more, revolutions, TransferBranch::high).error) <= 3e-15);
          CHECK(detail::most_revolutions(more) >= revolutions);
        }
        for (const double lack : {1e-14, 1e-12, 1e-6}) {
          const TransferNumbers less = numbers(lambda, least * (1 - lack));
          CHECK_FALSE(detail::transfer_root(less, revolutions, TransferBranch::low).found);
          CHECK(detail::most_revolutions(less) == revolutions - 1);
        }
      }
  }

  TEST_CASE("transfers with revolutions arrive") {
    Draw draw(13);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      LambertProblem p = draw_problem(draw, Corner::plain);
      p.time_of_flight *= draw.decade(0.5, 2);
      const int most = try_lambert(p).most_revolutions;
      if (most == 0) continue;
      p.revolutions = 1 + static_cast<int>(draw.uniform(0, most));
      for (const TransferBranch branch : {TransferBranch::low, TransferBranch::high}) {
        p.branch = branch;
        const LambertSolution s = lambert(p);
        CHECK(s.most_revolutions == most);
        const double turns = p.time_of_flight / orbital_period(p.mu, s.semi_major_axis);
        CHECK(turns >= p.revolutions * (1 - 1e-14));
        CHECK(turns <= p.revolutions + 1 + 1e-12);
        worst = std::max(worst, roundings_off(p, s));
      }
    }
    CHECK(worst <= 20);
  }
}
