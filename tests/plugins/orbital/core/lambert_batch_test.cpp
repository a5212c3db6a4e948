// Batches of Lambert's problem: the same bits on every path, rows that fail alone, and lengths.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "plugins/orbital/core/lambert.hpp"
#include "plugins/orbital/core/lambert_block.hpp"
#include "tests/plugins/orbital/core/lambert_support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

struct Table {
  std::vector<double> position1, position2, time, mu{1.0}, normal;

  explicit Table(std::size_t n) {
    Draw draw(31);
    for (std::size_t i = 0; i < n; ++i) {
      const LambertProblem p = draw_problem(draw, static_cast<Corner>(i % 4));
      position1.insert(position1.end(), p.position1.begin(), p.position1.end());
      position2.insert(position2.end(), p.position2.begin(), p.position2.end());
      time.push_back(p.time_of_flight);
      const Vec3 up = draw.direction();
      normal.insert(normal.end(), up.begin(), up.end());
    }
  }
  [[nodiscard]] LambertProblem problem(std::size_t i, TransferWay way) const {
    LambertProblem p{{position1[3 * i], position1[3 * i + 1], position1[3 * i + 2]},
                     {position2[3 * i], position2[3 * i + 1], position2[3 * i + 2]},
                     time[i]};
    p.way = way;
    p.normal = Vec3{normal[3 * i], normal[3 * i + 1], normal[3 * i + 2]};
    return p;
  }
  [[nodiscard]] LambertRows rows(TransferWay way) const {
    LambertRows rows{.position1 = position1, .position2 = position2, .time_of_flight = time, .mu = mu};
    rows.way = way;
    rows.normal = normal;
    return rows;
  }
};

template <std::size_t N>
bool same_bits(const std::array<double, N>& a, const double* b) {
  return std::memcmp(a.data(), b, sizeof a) == 0;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/lambert_batch") {
  TEST_CASE("a batch has the bits of its problems one by one") {
    const std::size_t n = 2003;
    const Table table(n);
    for (const TransferWay way :
         {TransferWay::prograde, TransferWay::retrograde, TransferWay::short_way, TransferWay::long_way}) {
      std::vector<double> v1(3 * n), v2(3 * n), axis(n), residual(n);
      std::vector<int> steps(n), most(n);
      std::vector<LambertStatus> status(n);
      CHECK(lambert(table.rows(way), {v1, v2, axis, residual, steps, most, status}) == 0);
      for (std::size_t i = 0; i < n; ++i) {
        const LambertSolution s = try_lambert(table.problem(i, way));
        CHECK(same_bits(s.velocity1, &v1[3 * i]));
        CHECK(same_bits(s.velocity2, &v2[3 * i]));
        CHECK(s.semi_major_axis == axis[i]);
        CHECK(s.residual == residual[i]);
        CHECK(s.iterations == steps[i]);
        CHECK(s.most_revolutions == most[i]);
      }
    }
  }

  TEST_CASE("every processor's kernel gives the same bits") {
    const Table table(8 * 500);
    std::vector<detail::BlockSolver> solvers{detail::best_block_solver()};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) solvers.push_back(detail::solve_block_avx2);
    if (__builtin_cpu_supports("avx512f")) solvers.push_back(detail::solve_block_avx512);
#endif
    for (std::size_t first = 0; first < table.time.size(); first += 8) {
      detail::LambertBlock block{};
      for (std::size_t lane = 0; lane < 8; ++lane) {
        for (std::size_t k = 0; k < 3; ++k) {
          block.position1[k][lane] = table.position1[3 * (first + lane) + k];
          block.position2[k][lane] = table.position2[3 * (first + lane) + k];
          block.normal[k][lane] = table.normal[3 * (first + lane) + k];
        }
        block.time_of_flight[lane] = table.time[first + lane];
        block.mu[lane] = block.turn[lane] = 1.0;
      }
      detail::LambertBlock expected = block;
      detail::solve_block_baseline(expected);
      for (const auto solver : solvers) {
        detail::LambertBlock other = block;
        solver(other);
        for (std::size_t lane = 0; lane < 8; ++lane) {
          REQUIRE(other.good[lane] == expected.good[lane]);
          if (expected.good[lane] == 0.0) continue;
          for (std::size_t k = 0; k < 3; ++k) {
            CHECK(other.velocity1[k][lane] == expected.velocity1[k][lane]);
            CHECK(other.velocity2[k][lane] == expected.velocity2[k][lane]);
          }
          CHECK(other.error[lane] == expected.error[lane]);
        }
      }
    }
  }

  TEST_CASE("a bad row gets its status and leaves the others alone") {
    const std::vector<double> position1{1, 0, 0}, mu{1};
    const std::vector<double> position2{0, 1, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 2, 0}, time{1, 1, 1, 1, 9};
    const std::vector<int> revolutions{0, 0, 0, 0, 5};
    std::vector<double> v1(15), v2(15), axis(5);
    std::vector<LambertStatus> status(5);
    LambertRows rows{.position1 = position1, .position2 = position2, .time_of_flight = time, .mu = mu};
    rows.revolutions = revolutions;
    CHECK(lambert(rows, {.velocity1 = v1, .velocity2 = v2, .semi_major_axis = axis, .status = status}) == 4);
    CHECK(status == std::vector{LambertStatus::done, LambertStatus::coincident, LambertStatus::plane_undefined,
                                LambertStatus::zero_radius, LambertStatus::too_many_revolutions});
    CHECK(same_bits(lambert({{1, 0, 0}, {0, 1, 0}, 1}).velocity1, v1.data()));
    for (std::size_t i = 3; i < 15; ++i) CHECK(std::isnan(v1[i]));
    CHECK(std::isnan(axis[4]));
  }

  TEST_CASE("a single value serves all rows") {
    const std::vector<double> position1{1, 0, 0}, position2{0, 1, 0}, times{0.5, 1, 2}, mu{1};
    std::vector<double> v1(9);
    CHECK(lambert(LambertRows{.position1 = position1, .position2 = position2, .time_of_flight = times, .mu = mu},
                  {.velocity1 = v1}) == 0);
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(same_bits(lambert({{1, 0, 0}, {0, 1, 0}, times[i]}).velocity1, &v1[3 * i]));
  }

  TEST_CASE("lengths that do not match are refused") {
    const std::vector<double> three(3), nine(9), times(3, 1.0), two(2, 1.0);
    std::vector<double> v1(9);
    const LambertRows rows{.position1 = three, .position2 = nine, .time_of_flight = times, .mu = two};
    CHECK(message_of([&] { lambert(rows, {.velocity1 = v1}); }) == "mu must have 1 or 3 values; it has 2");
    CHECK_THROWS_AS(lambert(LambertRows{.position1 = three, .position2 = nine, .time_of_flight = times, .mu = times},
                            {.velocity1 = std::span(v1).first(6)}),
                    std::invalid_argument);
  }
}
