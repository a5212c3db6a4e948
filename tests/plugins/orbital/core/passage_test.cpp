// Orbits from elements, and times counted from periapsis.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <stdexcept>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/kepler.hpp"
#include "plugins/orbital/core/propagate.hpp"

using namespace orrery::orbital;

namespace {

double distance(const Vec3& a, const Vec3& b) { return norm(a - b); }

/// A random orbit of a given shape, with the body within 2.5 rad of periapsis.
Elements random_elements(std::mt19937_64& random, Eccentricity eccentricity) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  const double widest = eccentricity.is_elliptic() ? 2.5 : 0.8 * std::acos(-1.0 / eccentricity.e);
  return elements_from_periapsis(
      std::exp(4.0 * unit(random) - 2.0), eccentricity,
      {3.1 * unit(random), 6.2 * unit(random), 6.2 * unit(random), widest * (2.0 * unit(random) - 1.0)});
}

constexpr double shapes[] = {0.0, 1e-9, 0.1, 0.74, 0.967, 0.9999, 1.0, 1.0000001, 1.2, 5.0, 300.0};

}  // namespace

TEST_SUITE("plugins/orbital/core/passage") {
  TEST_CASE("at the epoch an orbit from elements is where the elements say") {
    std::mt19937_64 random(1);
    for (const double e : shapes)
      for (int i = 0; i < 200; ++i) {
        const Elements elements = random_elements(random, Eccentricity::from_e(e));
        const State wanted = elements_to_state(elements, 2.5);
        const State found = Orbit(elements, 2.5).at(0.0);
        CHECK(distance(found.position, wanted.position) <= 4e-15 * norm(wanted.position));
        CHECK(distance(found.velocity, wanted.velocity) <= 4e-15 * norm(wanted.velocity));
      }
  }

  TEST_CASE("the distance obeys the eccentric anomaly of an ellipse over many revolutions") {
    std::mt19937_64 random(2);
    std::uniform_real_distribution<double> turns(-50.0, 50.0);
    for (const double e : {0.0, 0.3, 0.9, 0.9999})
      for (int i = 0; i < 300; ++i) {
        Elements elements = random_elements(random, Eccentricity::from_e(e));
        elements.true_anomaly = 0.0;
        const double a = elements.periapsis_distance / elements.eccentricity.one_minus_e;
        const double mean = 6.283185307179586 * turns(random);
        // The time is rounded, so the anomaly that belongs to it is known to a rounding of the mean anomaly.
        const double time = mean * std::sqrt(a * a * a / 2.5);
        const EllipticPoint point = elliptic_point(mean, elements.eccentricity);
        const double r = norm(Orbit(elements, 2.5).at(time).position);
        const double slack = 1e-15 * std::fabs(mean) * e * std::fabs(point.sine) / point.radius_ratio;
        CHECK(std::fabs(r - a * point.radius_ratio) <= 4e-15 * r + a * slack);
      }
  }

  TEST_CASE("one period later the body is back") {
    for (const double e : {0.0, 0.5, 0.99, 0.999999}) {
      const Elements elements = elements_from_periapsis(0.7, Eccentricity::from_e(e), {0.3, 1.0, 2.0, 0.4});
      const double a = 0.7 / (1.0 - e);
      const double period = 6.283185307179586 * std::sqrt(a * a * a);
      const Orbit orbit(elements, 1.0);
      const State start = orbit.at(0.0);
      // A rounding of the period moves the body by its speed times that.
      CHECK(distance(orbit.at(period).position, start.position) <= 1e-14 + 4e-16 * period * norm(start.velocity));
    }
  }

  TEST_CASE("an orbit near the parabola differs from it by what the difference of the shapes explains") {
    const auto place = [](double one_minus_e) {
      return Orbit(elements_from_periapsis(1.0, Eccentricity::from_one_minus_e(one_minus_e), {0.5, 1.5, 2.5, 0.0}), 1.0)
          .at(3.0)
          .position;
    };
    const Vec3 parabola = place(0.0);
    for (const double small : {1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-200}) {
      CHECK(distance(place(small), parabola) <= 2.0 * small + 1e-15);
      CHECK(distance(place(-small), parabola) <= 2.0 * small + 1e-15);
    }
    // To first order both sides leave the parabola by the same amount.
    const double inside = distance(place(1e-5), parabola), outside = distance(place(-1e-5), parabola);
    CHECK(std::fabs(inside / outside - 1.0) < 1e-3);
    CHECK(inside > 1e-7);
  }

  TEST_CASE("a body that counts back its time since periapsis is at periapsis") {
    std::mt19937_64 random(3);
    for (const double e : shapes)
      for (int i = 0; i < 100; ++i) {
        const Elements elements = random_elements(random, Eccentricity::from_e(e));
        const double since = time_since_periapsis(elements, 2.5);
        CHECK((since >= 0.0) == (elements.true_anomaly >= 0.0));
        const double r = norm(Orbit(elements, 2.5).at(-since).position);
        CHECK(r == doctest::Approx(elements.periapsis_distance).epsilon(1e-13));
      }
  }

  TEST_CASE("an open orbit reaches a distance at the time that is said") {
    for (const double e : {1.0, 1.0001, 1.2, 40.0})
      for (const double ratio : {1.0, 1.5, 10.0, 1000.0}) {
        const Elements elements = elements_from_periapsis(0.4, Eccentricity::from_e(e), {1.0, 2.0, 3.0, 0.0});
        const double time = time_to_reach(elements, 3.0, ratio);
        CHECK(time >= 0.0);
        CHECK(norm(Orbit(elements, 3.0).at(time).position) == doctest::Approx(0.4 * ratio).epsilon(1e-10));
      }
  }

  TEST_CASE("what makes no sense is refused by name") {
    const Elements good = elements_from_periapsis(1.0, Eccentricity::from_e(0.5), {});
    CHECK_THROWS_AS(Orbit(good, -1.0), std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(time_since_periapsis(good, 0.0)), std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(time_to_reach(good, 1.0, 0.5)), std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(time_to_reach(good, 1.0, 3.5)), std::domain_error);
    Elements bad = good;
    bad.periapsis_distance = 0.0;
    CHECK_THROWS_AS(Orbit(bad, 1.0), std::domain_error);
  }
}
