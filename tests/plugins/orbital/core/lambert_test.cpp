// Lambert's problem: published values, propagation of what it finds, every singular case, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/lambert.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/dynamics.hpp"
#include "tests/plugins/orbital/core/lambert_support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double earth = 398600.4418;

bool near(const Vec3& a, const Vec3& b, double tolerance) {
  for (std::size_t k = 0; k < 3; ++k)
    if (!(std::fabs(a[k] - b[k]) <= tolerance)) return false;
  return true;
}

double relative(const Vec3& a, const Vec3& b) { return norm(a - b) / norm(b); }

LambertProblem der(TransferWay way, TransferBranch branch) {
  return {{22592.145603, -1599.915239, -19783.950506},
          {1922.067697, 4054.157051, -8925.727465},
          36000,
          earth,
          1,
          branch,
          way,
          {}};
}

/// The worst of many random problems, in roundings of the data.
double worst_of(Corner corner, int many, std::uint64_t seed) {
  Draw draw(seed);
  double worst = 0.0;
  for (int i = 0; i < many; ++i) {
    const LambertProblem p = draw_problem(draw, corner);
    const LambertSolution s = try_lambert(p);
    REQUIRE(s.status == LambertStatus::done);
    REQUIRE(std::fabs(s.residual) <= 2e-15);
    worst = std::max(worst, roundings_off(p, s));
  }
  return worst;
}

/// The time by which the orbit from position1 passes position2 early or late, over the time of flight, in 113-bit
/// arithmetic.
double time_off(const LambertProblem& p, const LambertSolution& s) {
  const quad::Motion end = quad::propagate(quad::widen(p.position1), quad::widen(s.velocity1), p.mu, p.time_of_flight);
  const quad::Triple target = quad::widen(p.position2);
  const quad::Triple off{end.position[0] - target[0], end.position[1] - target[1], end.position[2] - target[2]};
  return static_cast<double>(quad::abs(quad::dot(off, end.velocity) / quad::dot(end.velocity, end.velocity)) /
                             Quad(p.time_of_flight));
}

}  // namespace

TEST_SUITE("plugins/orbital/core/lambert") {
  TEST_CASE("Vallado prints the velocities of this transfer") {
    const LambertSolution s = lambert({{15945.34, 0, 0}, {12214.83899, 10249.46731, 0}, 4560, earth});
    CHECK(near(s.velocity1, {2.0589133537073095, 2.9159643516499399, 0}, 1e-15 * 4));
    CHECK(near(s.velocity2, {-3.4515648446831917, 0.91031424811374056, 0}, 1e-15 * 4));
    CHECK(s.most_revolutions == 0);
  }

  TEST_CASE("Curtis and Battin print the velocities of these transfers") {
    const LambertSolution curtis = lambert({{5000, 10000, 2100}, {-14600, 2500, 7000}, 3600, 398600});
    CHECK(near(curtis.velocity1, {-5.9925, 1.9254, 3.2456}, 5e-5));
    CHECK(near(curtis.velocity2, {-3.3125, -4.1966, -0.38529}, 5e-5));
    const LambertSolution battin = lambert(
        {{0.159321004, 0.579266185, 0.052359607}, {0.057594337, 0.605750797, 0.068345246}, 0.010794065, 39.47692641});
    CHECK(near(battin.velocity1, {-9.303603251, 3.018641330, 1.536362143}, 3e-5));
  }

  TEST_CASE("Der prints the four transfers with one revolution") {
    using Way = TransferWay;
    using Branch = TransferBranch;
    const auto velocity = [](Way way, Branch branch) { return lambert(der(way, branch)).velocity1; };
    CHECK(near(velocity(Way::prograde, Branch::high), {0.50335770, 0.61869408, -1.57176904}, 1e-8));
    CHECK(near(velocity(Way::prograde, Branch::low), {-2.45759553, 1.16945801, 0.43161258}, 1e-8));
    CHECK(near(velocity(Way::retrograde, Branch::high), {1.33645655, -0.94654565, 0.30211211}, 1e-8));
    CHECK(near(velocity(Way::retrograde, Branch::low), {-1.38861608, -0.47836611, 2.21280154}, 1e-8));
    LambertProblem shorter = der(Way::prograde, Branch::low);
    shorter.time_of_flight = 18000;
    CHECK(try_lambert(shorter).status == LambertStatus::too_many_revolutions);
    CHECK(message_of([&] { lambert(shorter); }) == "the time of flight is too short for 1 revolutions; it allows 0");
  }

  TEST_CASE("the orbit found arrives within a few roundings of the data") {
    CHECK(worst_of(Corner::plain, 8000, 1) <= 20);
    CHECK(worst_of(Corner::aligned, 8000, 2) <= 20);
    CHECK(worst_of(Corner::near_parabolic, 8000, 3) <= 20);
    CHECK(worst_of(Corner::lopsided, 8000, 4) <= 100);
  }

  // Weighed down where a rounding of velocity1 alone moves the arrival by more than four of the time's.
  TEST_CASE("the time of flight comes out again in 113-bit arithmetic") {
    Draw draw(5);
    double worst = 0.0;
    for (int i = 0; i < 300; ++i) {
      LambertProblem p = draw_problem(draw, Corner::plain);
      p.way = i % 2 == 0 ? TransferWay::prograde : TransferWay::retrograde;
      const LambertSolution s = lambert(p);
      const double plain = 0x1p-53 * (norm(p.position2) + norm(s.velocity2) * p.time_of_flight);
      worst = std::max(worst, time_off(p, s) * std::min(plain / arrival_unit(p, s) * 4, 1.0));
    }
    CHECK(worst <= 1e-14);
  }

  TEST_CASE("velocity2 is that of the orbit at position2") {
    Draw draw(6);
    for (int i = 0; i < 2000; ++i) {
      const LambertProblem p = draw_problem(draw, Corner::plain);
      const LambertSolution s = lambert(p);
      const Vec3 h1 = cross(p.position1, s.velocity1), h2 = cross(p.position2, s.velocity2);
      CHECK(norm(h1 - h2) <=
            1e-14 * std::max(norm(p.position1) * norm(s.velocity1), norm(p.position2) * norm(s.velocity2)));
      const double e1 = 0.5 * dot(s.velocity1, s.velocity1) - p.mu / norm(p.position1);
      const double e2 = 0.5 * dot(s.velocity2, s.velocity2) - p.mu / norm(p.position2);
      CHECK(std::fabs(e1 - e2) <= 1e-14 * (std::fabs(e1) + p.mu / norm(p.position1) + p.mu / norm(p.position2)));
      CHECK(std::fabs(-0.5 * p.mu / s.semi_major_axis - e1) <= 1e-14 * (std::fabs(e1) + 2 * p.mu / norm(p.position1)));
    }
  }

  TEST_CASE("flying back takes the velocities turned round") {
    Draw draw(7);
    for (int i = 0; i < 1000; ++i) {
      LambertProblem p = draw_problem(draw, Corner::plain);
      p.way = i % 2 == 0 ? TransferWay::short_way : TransferWay::long_way;
      const LambertSolution there = lambert(p);
      std::swap(p.position1, p.position2);
      const LambertSolution back = lambert(p);
      CHECK(relative(-1.0 * back.velocity2, there.velocity1) <= 1e-11);
      CHECK(relative(-1.0 * back.velocity1, there.velocity2) <= 1e-11);
    }
  }

  TEST_CASE("prograde and retrograde go about the normal in their own sense") {
    Draw draw(8);
    for (int i = 0; i < 500; ++i) {
      LambertProblem p = draw_problem(draw, Corner::plain);
      p.normal = draw.direction();
      p.way = TransferWay::prograde;
      CHECK(dot(cross(p.position1, lambert(p).velocity1), *p.normal) >= 0.0);
      p.way = TransferWay::retrograde;
      CHECK(dot(cross(p.position1, lambert(p).velocity1), *p.normal) <= 0.0);
    }
  }

  TEST_CASE("in a plane through the normal prograde is short and retrograde is long") {
    LambertProblem p{{1, 0, 0}, {0, 0, 1.5}, 2};
    const auto with = [&p](TransferWay way) {
      p.way = way;
      return lambert(p).velocity1;
    };
    CHECK(with(TransferWay::prograde) == with(TransferWay::short_way));
    CHECK(with(TransferWay::retrograde) == with(TransferWay::long_way));
  }

  TEST_CASE("opposite positions take the plane of the normal") {
    LambertProblem p{{1, 0, 0}, {-2, 0, 0}, 3};
    CHECK(try_lambert(p).status == LambertStatus::plane_undefined);
    p.normal = Vec3{3, 0, 4};
    const LambertSolution s = lambert(p);
    CHECK(s.velocity1[1] > 0);
    CHECK(s.velocity1[2] == 0.0);
    CHECK(norm(arrival(p, s.velocity1) - p.position2) <= 1e-15 * 8);
    p.way = TransferWay::retrograde;
    CHECK(lambert(p).velocity1[1] == -s.velocity1[1]);
    p.normal = Vec3{-1, 0, 0};
    CHECK(try_lambert(p).status == LambertStatus::plane_undefined);
    p.way = TransferWay::short_way;
    p.normal = Vec3{0, 0, 1};
    CHECK(try_lambert(p).status == LambertStatus::plane_undefined);
    CHECK(message_of([&] { lambert(p); }) ==
          "the positions are opposite, and no normal across them says in which plane to go");
  }

  TEST_CASE("half a circle is Hohmann's transfer of equal radii") {
    const LambertSolution s =
        lambert({{1, 0, 0}, {-1, 0, 0}, pi, 1, 0, TransferBranch::low, TransferWay::prograde, Vec3{0, 0, 1}});
    CHECK(near(s.velocity1, {0, 1, 0}, 1e-15));
    CHECK(near(s.velocity2, {0, -1, 0}, 1e-15));
    CHECK(std::fabs(s.semi_major_axis - 1) <= 1e-15);
  }

  TEST_CASE("positions in one direction are joined by a straight line") {
    for (const TransferWay way : {TransferWay::prograde, TransferWay::retrograde, TransferWay::long_way}) {
      const LambertProblem p{{0.6, 0, 0.8}, {1.2, 0, 1.6}, 3, 1, 0, TransferBranch::low, way, {}};
      const LambertSolution s = lambert(p);
      CHECK(norm(cross(s.velocity1, p.position1)) <= 1e-16 * 2);
      CHECK(norm(arrival(p, s.velocity1) - p.position2) <= 1e-14);
    }
  }

  TEST_CASE("at the parabola's time the speed is that of escape") {
    const double chord = std::sqrt(2.0), s = 0.5 * (2 + chord), lambda = std::sqrt(1 - chord / s);
    const double time = 2.0 / 3.0 * (1 - lambda * lambda * lambda) * s * std::sqrt(0.5 * s);
    const LambertSolution found = lambert({{1, 0, 0}, {0, 1, 0}, time});
    CHECK(std::fabs(norm(found.velocity1) - escape_speed(1, 1)) <= 1e-15 * 4);
    CHECK(std::fabs(found.semi_major_axis) >= 1e14);
  }

  TEST_CASE("units of any size give the same transfer") {
    const LambertProblem one{{1, 0.25, 0.5}, {-0.5, 2, 0.125}, 3};
    const LambertSolution s = lambert(one);
    for (const int power : {-400, -60, 40, 400}) {
      LambertProblem p = one;
      p.position1 = std::ldexp(1.0, power) * one.position1;
      p.position2 = std::ldexp(1.0, power) * one.position2;
      p.time_of_flight = std::ldexp(one.time_of_flight, 3 * power / 2);
      const LambertSolution other = lambert(p);
      CHECK(relative(std::ldexp(1.0, power / 2) * other.velocity1, s.velocity1) <= 1e-15);
      CHECK(relative(std::ldexp(1.0, power / 2) * other.velocity2, s.velocity2) <= 1e-15);
    }
  }

  TEST_CASE("very short and very long flights come out") {
    for (const double time : {1e-100, 1e-30, 1e-9, 1e9, 1e30}) {
      const LambertProblem p{{1, 0, 0}, {0, 2, 0}, time};
      const LambertSolution s = lambert(p);
      CHECK(std::fabs(s.residual) <= 2e-15);
      if (time < 1e-5) CHECK(std::fabs(norm(s.velocity1) * time / std::sqrt(5.0) - 1) <= 1e-9);
      if (time > 1e5) CHECK(std::fabs(orbital_period(1, s.semi_major_axis) / time - 1) <= 1e-8);
    }
  }

  TEST_CASE("what cannot be solved is named") {
    const LambertProblem good{{1, 0, 0}, {0, 1, 0}, 1};
    const auto status = [&good](auto change) {
      LambertProblem p = good;
      change(p);
      return try_lambert(p).status;
    };
    using Status = LambertStatus;
    CHECK(status([](auto&) {}) == Status::done);
    CHECK(status([](auto& p) { p.mu = 0; }) == Status::bad_gravity);
    CHECK(status([](auto& p) { p.mu = infinity; }) == Status::not_finite);
    CHECK(status([](auto& p) { p.position1[2] = std::nan(""); }) == Status::not_finite);
    CHECK(status([](auto& p) { p.normal = Vec3{0, 0, infinity}; }) == Status::not_finite);
    CHECK(status([](auto& p) { p.time_of_flight = -1; }) == Status::bad_time);
    CHECK(status([](auto& p) { p.time_of_flight = 0; }) == Status::bad_time);
    CHECK(status([](auto& p) { p.revolutions = -1; }) == Status::bad_revolutions);
    CHECK(status([](auto& p) { p.position1 = {0, 0, 0}; }) == Status::zero_radius);
    CHECK(status([](auto& p) { p.position2 = p.position1; }) == Status::coincident);
    CHECK(status([](auto& p) { p.time_of_flight = 1e-320; }) == Status::out_of_range);
    CHECK_THROWS_AS(lambert({{1, 0, 0}, {1, 0, 0}, 1}), std::domain_error);
  }
}
