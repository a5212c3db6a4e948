// The radial equation: quadrature in 113-bit arithmetic for every energy and momentum, turning points, and the inverse.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/radial.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Gauss and Legendre's rule with 30 points, in 113 bits.
class Rule {
 public:
  Rule() {
    constexpr int n = 30;
    for (int i = 0; i < n; ++i) {
      Quad x = std::cos(pi * (i + 0.75) / (n + 0.5)), slope = 0;
      for (int step = 0; step < 6; ++step) {
        Quad p = 1, before = 0;
        for (int k = 1; k <= n; ++k) {
          const Quad next = ((2 * k - 1) * x * p - (k - 1) * before) / k;
          before = p;
          p = next;
        }
        slope = n * (x * p - before) / (x * x - 1);
        x -= p / slope;
      }
      points_.push_back(x);
      weights_.push_back(2 / ((1 - x * x) * slope * slope));
    }
  }
  /// Over [0, end], in panels that begin with the given length and grow by half.
  template <class F>
  Quad operator()(const F& f, Quad end, Quad length) const {
    Quad sum = 0;
    for (Quad from = 0; from < end; length *= Quad(1.5)) {
      const Quad half = (from + length < end ? length : end - from) / 2;
      for (std::size_t i = 0; i < points_.size(); ++i) sum += half * weights_[i] * f(from + half + half * points_[i]);
      from += 2 * half;
    }
    return sum;
  }

 private:
  std::vector<Quad> points_, weights_;
};

/// The integral of r dr/sqrt(k1 r^2 + 2 mu r - h^2), with the root at the nearer turning point taken out by r = q + u^2
/// or r = Q - u^2.
class Reference {
 public:
  Reference(Quad mu, Quad k1, Quad h) : mu_(mu), k1_(k1) {
    pull_ = quad::sqrt(mu * mu + k1 * h * h);
    near_ = h * h / (mu + pull_);
  }
  [[nodiscard]] Quad time(Quad r) const {
    if (k1_ >= 0) return outward(r);
    const Quad far = (mu_ + pull_) / -k1_, middle = (near_ + far) / 2;
    if (r <= middle) return outward(r);
    return outward(middle) + inward(far, middle) - inward(far, r);
  }

 private:
  [[nodiscard]] Quad outward(Quad r) const {
    Quad length = quad::sqrt(near_ > 0 ? near_ : r) / 4;
    if (k1_ > 0) length = std::min(length, quad::sqrt((mu_ + pull_) / k1_) / 4);
    const auto slice = [this](Quad u) { return 2 * (near_ + u * u) / quad::sqrt(mu_ + pull_ + k1_ * (near_ + u * u)); };
    return rule_(slice, quad::sqrt(r - near_), length);
  }
  [[nodiscard]] Quad inward(Quad far, Quad r) const {
    const auto slice = [&](Quad u) { return 2 * (far - u * u) / quad::sqrt(-k1_ * (far - u * u - near_)); };
    return rule_(slice, quad::sqrt(far - r), quad::sqrt(far) / 8);
  }

  Rule rule_;
  Quad mu_, k1_, pull_, near_;
};

struct Case {
  double mu, energy, momentum, radius;
};

/// A random orbit of every kind, and a radius close to one of its turning points or far from both.
Case draw_case(Draw& draw, int i) {
  Case c{draw.decade(-2, 2), 0, i % 7 == 0 ? 0.0 : draw.decade(-4, 3), 0};
  const double depth = 0.5 * (c.momentum > 0 ? c.mu * c.mu / c.momentum / c.momentum : c.mu);
  const int kind = i % 5;
  if (kind == 1) c.energy = depth * draw.decade(-18, 0) * (draw.uniform(0, 1) < 0.5 ? -1 : 1);
  if (kind == 2) c.energy = depth * draw.decade(-3, 6);
  if (kind == 3) c.energy = -depth * draw.uniform(0, 0.999999);
  if (kind == 4) c.energy = -depth * draw.decade(-8, -0.1);
  const RadialMotion motion = RadialMotion::from_energy(c.mu, c.energy, c.momentum);
  const double near = motion.periapsis(), span = motion.apoapsis() - near;
  const double size = near > 0 ? near : c.mu / std::max(std::fabs(2 * c.energy), 1e-3);
  const int where = static_cast<int>(draw.uniform(0, 3));
  if (!(span < 1e6 * size)) c.radius = near + size * draw.decade(-10, 4);
  else
    c.radius = where == 0   ? near + span * draw.uniform(0, 1)
               : where == 1 ? near + span * draw.decade(-9, 0)
                            : near + span - span * draw.decade(-9, 0);
  c.radius = std::clamp(c.radius, near, motion.apoapsis());
  return c;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/radial") {
  TEST_CASE("the time is the quadrature's to an ulp for every energy and momentum") {
    Draw draw(41);
    double worst = 0.0;
    for (int i = 0; i < 1200; ++i) {
      const Case c = draw_case(draw, i);
      const RadialPlace place = RadialMotion::from_energy(c.mu, c.energy, c.momentum).at_radius(c.radius);
      const Quad truth = Reference(c.mu, 2 * Quad(c.energy), c.momentum).time(c.radius);
      if (truth > 0) worst = std::max(worst, quad::ulps_off(place.time, truth));
    }
    CHECK(worst <= 0.51);
  }

  TEST_CASE("the distance at that time is the one begun with") {
    Draw draw(42);
    double worst = 0.0, worst_angle = 0.0;
    for (int i = 0; i < 4000; ++i) {
      const Case c = draw_case(draw, i);
      const RadialMotion motion = RadialMotion::from_energy(c.mu, c.energy, c.momentum);
      const RadialPlace place = motion.at_radius(c.radius), back = motion.at_time(place.time);
      // half an ulp of the time moves the body by so much
      const double moved = ulps(1, c.radius) + place.radial_speed * ulps(0.5, place.time);
      worst = std::max(worst, std::fabs(back.radius - c.radius) / moved);
      const double turned = ulps(2, place.true_anomaly) + c.momentum / c.radius / c.radius * ulps(0.5, place.time);
      if (c.momentum > 0)
        worst_angle = std::max(worst_angle, std::fabs(back.true_anomaly - place.true_anomaly) / turned);
    }
    CHECK(worst <= 1.01);
    CHECK(worst_angle <= 2);
  }

  TEST_CASE("Kepler's equation gives the same time") {
    Draw draw(43);
    for (int i = 0; i < 1000; ++i) {
      const Eccentricity e = Eccentricity::from_e(draw.uniform(0.01, 0.99));
      const double anomaly = draw.uniform(0.05, 3.1), a = draw.decade(-2, 2);
      const RadialMotion motion = RadialMotion::from_periapsis(1.0, a * e.one_minus_e, e);
      const double radius = a * (1 - e.e * std::cos(anomaly));
      const double expected = mean_from_eccentric(anomaly, e) / mean_motion(1.0, a);
      const RadialPlace place = motion.at_radius(radius);
      // the rounding of the radius counts as the sine does
      CHECK(std::fabs(place.time - expected) <= 4 * 0x1p-53 * (expected + a / std::max(place.radial_speed, 1e-9)));
      CHECK(std::fabs(motion.at_time(expected).true_anomaly - true_from_eccentric(anomaly, e)) <=
            1e-14 / e.one_minus_e);
    }
  }

  TEST_CASE("speed and swept angle are those of the conservation laws") {
    Draw draw(44);
    for (int i = 0; i < 2000; ++i) {
      const Case c = draw_case(draw, i);
      if (c.radius == 0) continue;
      const RadialPlace place = RadialMotion::from_energy(c.mu, c.energy, c.momentum).at_radius(c.radius);
      const Quad r = c.radius, h = c.momentum, mu = c.mu;
      const Quad square = 2 * Quad(c.energy) + 2 * mu / r - h * h / (r * r);
      if (square > 0) CHECK(quad::ulps_off(place.radial_speed, quad::sqrt(square)) <= 1);
      if (c.momentum == 0 && c.radius > 0) CHECK(place.true_anomaly == pi);
      if (c.momentum > 0) {
        const quad::Pair at = quad::functions(place.true_anomaly, -1);
        const Quad pull = quad::sqrt(mu * mu + 2 * Quad(c.energy) * h * h);
        const Quad p = h * h / mu, off = r * (1 + pull / mu * at.even) - p;
        const Quad sensitivity = r * pull / mu * at.odd * Quad(place.true_anomaly) * 0x1p-53 + p * 0x1p-100;
        CHECK(static_cast<double>(quad::abs(off) / quad::abs(sensitivity)) <= 4);
      }
    }
  }

  TEST_CASE("turning points count as reached when they are rounded") {
    Draw draw(45);
    for (int i = 0; i < 500; ++i) {
      const RadialMotion motion =
          RadialMotion::from_periapsis(1, draw.decade(-3, 3), Eccentricity::from_e(draw.uniform(0.001, 0.999)));
      CHECK(motion.at_radius(motion.periapsis()).time <= motion.period() * 1e-7);
      CHECK(std::fabs(motion.at_radius(motion.apoapsis()).time / motion.period() - 0.5) <= 1e-7);
      CHECK_THROWS_AS(static_cast<void>(motion.at_radius(motion.periapsis() * 0.999999)), std::domain_error);
      CHECK_THROWS_AS(static_cast<void>(motion.at_radius(motion.apoapsis() * 1.000001)), std::domain_error);
    }
  }

  TEST_CASE("a line through the centre falls as the cycloid does") {
    const RadialMotion fall = RadialMotion::from_energy(1, -0.5, 0);  // a = 1: from rest at r = 2
    CHECK(fall.periapsis() == 0.0);
    CHECK(fall.apoapsis() == 2.0);
    CHECK(std::fabs(fall.at_radius(1).time - (pi / 2 - 1)) <= ulps(1, 1.0));
    CHECK(fall.at_radius(2).time == pi);
    CHECK(fall.at_radius(0).time == 0.0);
    CHECK(fall.at_radius(0).radial_speed == infinity);
    CHECK(std::fabs(fall.at_time(pi / 2 - 1).radius - 1) <= ulps(2, 1.0));
  }

  TEST_CASE("near the parabola nothing jumps") {
    const double parabola = RadialMotion::from_energy(1, 0, 1.2).at_radius(3).time;
    for (const double energy : {1e-9, -1e-9, 1e-12, -1e-12, 1e-300, -1e-300}) {
      const double time = RadialMotion::from_energy(1, energy, 1.2).at_radius(3).time;
      CHECK(std::fabs(time - parabola) <= 6 * std::fabs(energy) + ulps(1, parabola));
    }
  }

  TEST_CASE("a circle stays at its radius") {
    const RadialMotion circle = RadialMotion::from_periapsis(1, 2, Eccentricity::from_e(0));
    CHECK(circle.at_radius(2).time == 0.0);
    CHECK(circle.at_time(5).radius == 2.0);
    CHECK(std::fabs(circle.at_time(5).true_anomaly - 5 / std::sqrt(8.0)) <= ulps(2, 1.8));
  }

  TEST_CASE("times of any sign and number of periods are followed") {
    const RadialMotion motion = RadialMotion::from_periapsis(1, 0.5, Eccentricity::from_e(0.5));
    const RadialPlace out = motion.at_time(1), in = motion.at_time(-1), later = motion.at_time(1 + 3 * motion.period());
    CHECK(in.radius == out.radius);
    CHECK(in.radial_speed == -out.radial_speed);
    CHECK(in.true_anomaly == -out.true_anomaly);
    CHECK(std::fabs(later.radius - out.radius) <= 1e-14);
    CHECK(std::fabs(later.true_anomaly - out.true_anomaly - 6 * pi) <= 1e-14 * 6 * pi);
    const RadialMotion open = RadialMotion::from_periapsis(1, 1, Eccentricity::from_e(3));
    CHECK(open.at_time(1e12).radius > 1e11);
    CHECK(open.period() == infinity);
  }

  TEST_CASE("units of any size are taken") {
    for (const double size : {1e-90, 1e-30, 1e30, 1e90}) {
      const RadialMotion motion = RadialMotion::from_periapsis(1, size, Eccentricity::from_e(0.5));
      const double unit = std::sqrt(size) * size;
      CHECK(std::fabs(motion.at_radius(2 * size).time / unit -
                      RadialMotion::from_periapsis(1, 1, Eccentricity::from_e(0.5)).at_radius(2).time) <= 1e-14);
    }
  }

  TEST_CASE("what is no orbit is named") {
    CHECK_THROWS_AS(RadialMotion::from_energy(0, 1, 1), std::domain_error);
    CHECK_THROWS_AS(RadialMotion::from_energy(1, std::nan(""), 1), std::domain_error);
    CHECK_THROWS_AS(RadialMotion::from_energy(1, 1, -1), std::domain_error);
    CHECK_THROWS_AS(RadialMotion::from_semi_major_axis(1, 0, 1), std::domain_error);
    CHECK_THROWS_AS(RadialMotion::from_periapsis(1, 0, Eccentricity::from_e(0.5)), std::domain_error);
    CHECK(message_of([] { RadialMotion::from_energy(1, -1, 1); }) ==
          "energy must be at least -mu^2/(2 h^2), that of the circle with this angular momentum");
    CHECK(message_of([] { static_cast<void>(RadialMotion::from_energy(1, -0.5, 0).at_radius(3)); }) ==
          "radius must lie between the turning points, in [0, 2]; it is 3");
  }
}
