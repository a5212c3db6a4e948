// Forces on a satellite against their potentials, against each other, and against published rates.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/satellite.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/march.hpp"
#include "plugins/orbital/core/secular.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double deg = pi / 180;
const IntegrationOptions by_series{.stepper = {.method = IntegrationMethod::taylor, .tolerance = 0x1p-53}};
const IntegrationOptions by_runge{.stepper = {.method = IntegrationMethod::dop853, .tolerance = 1e-14}};

Vec3 pull(const Satellite& satellite, const Vec3& x, const Vec3& v = {}) {
  Vec3 a{};
  satellite.acceleration({}, x.data(), v.data(), a.data());
  return a;
}

State end_state(const Satellite& satellite, const State& start, double time, const IntegrationOptions& options) {
  State end;
  const std::vector<double> times{time};
  sample(satellite, start.position, start.velocity, times, options, [&](std::size_t, const double* x, const double* v) {
    end = {{x[0], x[1], x[2]}, {v[0], v[1], v[2]}};
  });
  return end;
}

/// Legendre's polynomial by its sum, in 113 bits.
Quad legendre(int n, Quad s) {
  Quad before = 1, now = s;
  if (n == 0) return before;
  for (int k = 1; k < n; ++k) {
    const Quad next = ((2 * k + 1) * s * now - k * before) / (k + 1);
    before = now;
    now = next;
  }
  return now;
}

Quad zonal_potential(const std::vector<double>& j, Quad radius, const quad::Triple& x) {
  const Quad r = quad::sqrt(quad::dot(x, x));
  Quad sum = 1, ratio = radius / r;
  for (std::size_t n = 2; n < j.size() + 2; ++n) {
    ratio *= radius / r;
    sum -= j[n - 2] * ratio * legendre(static_cast<int>(n), x[2] / r);
  }
  return -1 / r * sum;
}

/// Both methods under the same forces: they share no more than the formulas of the forces.
void check_routes(const SatelliteForces& forces, double span, double allowed) {
  const Satellite satellite(forces);
  const State start{{1, 0.1, 0.2}, {-0.1, 0.8, 0.5}};
  const State a = end_state(satellite, start, span, by_series), b = end_state(satellite, start, span, by_runge);
  CHECK(norm(a.position - b.position) <= allowed);
  const State plain = end_state(Satellite({.gravity = 1.0}), start, span, by_series);
  CHECK(norm(a.position - plain.position) > 1e3 * allowed);  // the perturbation is felt
}

}  // namespace

TEST_SUITE("plugins/orbital/core/satellite") {
  TEST_CASE("zonal harmonics pull along the gradient of their potential") {
    Draw draw(851);
    const std::vector<double> j{1.08e-3, -2.5e-3, -1.6e-3, 2.3e-3, 5.4e-3};
    for (std::size_t many = 1; many <= j.size(); ++many) {
      const std::vector<double> some(j.begin(), j.begin() + static_cast<std::ptrdiff_t>(many));
      const Satellite satellite({.gravity = 1.0, .equatorial_radius = 0.8, .zonal = some});
      for (int i = 0; i < 50; ++i) {
        const Vec3 x = draw.uniform(0.9, 3.0) * draw.direction();
        const Vec3 a = pull(satellite, x);
        const Quad step = Quad(1e-9);
        for (std::size_t axis = 0; axis < 3; ++axis) {
          quad::Triple up = quad::widen(x), down = up;
          up[axis] += step;
          down[axis] -= step;
          const Quad slope = (zonal_potential(some, 0.8, up) - zonal_potential(some, 0.8, down)) / (2 * step);
          CHECK(std::fabs(static_cast<double>(a[axis] + slope)) <= 8 * 0x1p-53 / (norm(x) * norm(x)) * 1.5);
        }
        const Vec3 v = draw.direction();
        const Quad energy = quad::dot(quad::widen(v), quad::widen(v)) / 2 + zonal_potential(some, 0.8, quad::widen(x));
        CHECK(std::fabs(static_cast<double>(energy - Quad(satellite.energy(x, v)))) <= 4e-16);
      }
    }
  }

  TEST_CASE("a third body pulls by the difference of two attractions") {
    Draw draw(852);
    for (int i = 0; i < 200; ++i) {
      const Vec3 x = draw.direction(), d = draw.decade(0.3, 5) * draw.direction();
      const Satellite with({.gravity = 1e-3, .third = {ThirdBody::at_rest(d, 2.0)}}), without({.gravity = 1e-3});
      const Vec3 difference = pull(with, x) - pull(without, x);
      quad::Triple apart{}, tide{};
      for (std::size_t k = 0; k < 3; ++k) apart[k] = Quad(d[k]) - x[k];
      const Quad a = quad::sqrt(quad::dot(apart, apart));
      const quad::Triple far = quad::widen(d);
      const Quad b = quad::sqrt(quad::dot(far, far));
      for (std::size_t k = 0; k < 3; ++k) tide[k] = 2 * (apart[k] / (a * a * a) - far[k] / (b * b * b));
      // what is left is the rounding of the sum with the central attraction
      CHECK(static_cast<double>(quad::sqrt(quad::dot(tide, tide))) * quad::relative_error(difference, tide) <=
            10 * 0x1p-53 * static_cast<double>(quad::sqrt(quad::dot(tide, tide))) + 1e-18);
    }
  }

  TEST_CASE("Taylor series and dop853 agree under every force") {
    const Elements moon = elements_from_semi_major_axis(4.0, Eccentricity::from_e(0.3), {0.4, 0.5, 0.6, 0.7});
    check_routes({.gravity = 1.0, .equatorial_radius = 0.5, .zonal = {1e-3, -2e-6, -1e-6, 3e-7, 5e-7}}, 40, 2e-10);
    check_routes({.gravity = 1.0, .third = {ThirdBody::on_orbit(moon, 1.01, 0.01)}}, 40, 2e-10);
    check_routes({.gravity = 1.0, .third = {ThirdBody::at_rest({5, 1, 2}, 0.1)}}, 40, 2e-10);
    check_routes({.gravity = 1.0, .drag = Drag{1e-3, 1.0, 0.5, 1.0, 0.1}}, 20, 2e-10);
    check_routes(
        {.gravity = 1.0, .third = {ThirdBody::at_rest({50, 10, 20}, 0.0)}, .sunlight = Sunlight{.strength = 1.0}}, 20,
        2e-10);
  }

  TEST_CASE("a sharp shadow is entered and left at its edges by both methods") {
    const SatelliteForces forces{
        .gravity = 1.0,
        .third = {ThirdBody::at_rest({50, 10, 5}, 0.0)},
        .sunlight = Sunlight{.strength = 5.0, .shadow = ShadowKind::cylinder, .body_radius = 0.7}};
    check_routes(forces, 40, 2e-9);
    SatelliteForces lit = forces;
    lit.sunlight->shadow = ShadowKind::none;
    const State start{{1, 0.1, 0.2}, {-0.1, 0.8, 0.5}};
    CHECK(norm(end_state(Satellite(forces), start, 40, by_series).position -
               end_state(Satellite(lit), start, 40, by_series).position) > 1e-4);
  }

  TEST_CASE("light does work in the dark only where there is a shadow") {
    // in sunlight from a body at rest the sum of energy and of the light's potential is constant while lit
    const Vec3 sun{50, 10, 5};
    const double strength = 0.5;
    const Satellite satellite(
        {.gravity = 1.0, .third = {ThirdBody::at_rest(sun, 0.0)}, .sunlight = Sunlight{.strength = strength}});
    const State start{{1, 0.1, 0.2}, {-0.1, 0.8, 0.5}};
    const auto energy = [&](const State& s) {
      return satellite.energy(s.position, s.velocity) + strength / norm(s.position - sun);
    };
    CHECK(std::fabs(energy(end_state(satellite, start, 40, by_series)) - energy(start)) <= 1e-14);
  }

  TEST_CASE("a table of positions stands for the orbit that it was made of") {
    const Elements elements = elements_from_semi_major_axis(8.0, Eccentricity::from_e(0.2), {0.4, 0.5, 0.6, 0.7});
    const ThirdBody body = ThirdBody::on_orbit(elements, 1.01, 0.01);
    std::vector<double> times;
    std::vector<Vec3> rows;
    for (int i = -10; i <= 210; ++i) times.push_back(0.5 * i), rows.push_back(body.at(0.5 * i));
    const ThirdBody table = ThirdBody::from_table(times, rows, 0.01);
    for (double t = -4.9; t < 100; t += 0.37) CHECK(norm(table.at(t) - body.at(t)) <= 1e-7);
    const State start{{1, 0.1, 0.2}, {-0.1, 0.8, 0.5}};
    const Satellite exact({.gravity = 1.0, .third = {body}}), sampled({.gravity = 1.0, .third = {table}});
    for (const double end : {60.0, -4.0}) {
      const State a = end_state(exact, start, end, by_series), b = end_state(sampled, start, end, by_series);
      CHECK(norm(a.position - b.position) <= 1e-8);
      const State c = end_state(sampled, start, end, by_runge);
      CHECK(norm(c.position - b.position) <= 1e-9);
    }
    CHECK(message_of([&] { end_state(sampled, start, 106, by_series); }) ==
          "the third body's table covers times from -5 to 105; 106 is outside");
  }

  TEST_CASE("drag takes from a circular orbit what the theory says") {
    // da/dt = -rho B sqrt(mu a), for a thin atmosphere
    const double thin = 1e-9;
    const Satellite satellite({.gravity = 1.0, .drag = Drag{thin, 1.0, 1e9, 1.0, 0.0}});
    const State start{{1, 0, 0}, {0, 1, 0}};
    const State end = end_state(satellite, start, 20 * pi, by_series);
    const double axis = -0.5 / satellite.energy(end.position, end.velocity);
    CHECK(std::fabs((1 - axis) / (thin * 20 * pi) - 1) <= 1e-6);
    // an atmosphere that turns with the satellite does not brake it
    const Satellite turning({.gravity = 1.0, .drag = Drag{1e-3, 1.0, 0.1, 1.0, 1.0}});
    const State still = end_state(turning, {{1, 0, 0}, {0, 1 + 1e-12, 0}}, 20 * pi, by_runge);
    CHECK(std::fabs(norm(still.position) - 1) <= 1e-9);
  }

  TEST_CASE("the part of the disc that is seen agrees with counting its points") {
    const Vec3 sun{200, 0, 0};
    for (const double y : {0.95, 0.98, 0.99, 0.995, 1.0, 1.003, 1.01, 1.02}) {
      const Vec3 place{-3.0, y, 0};
      int seen = 0, all = 0;
      const int n = 400;
      for (int i = -n; i <= n; ++i) {
        for (int k = -n; k <= n; ++k) {
          const double v = (i + 0.5) / n, w = (k + 0.5) / n;
          if (v * v + w * w > 1) continue;
          ++all;
          const Vec3 point{200, 2 * v, 2 * w}, ray = point - place;
          seen += norm(cross(place, ray)) / norm(ray) > 1.0;  // the line of sight passes the sphere
        }
      }
      CHECK(std::fabs(visible_part(place, sun, 1.0, 2.0) - static_cast<double>(seen) / all) <= 4e-3);
    }
    CHECK(visible_part({3, 0, 0}, sun, 1.0, 2.0) == 1.0);
    CHECK(visible_part({-3, 0, 0}, sun, 1.0, 2.0) == 0.0);
    CHECK(std::fabs(visible_part({-300, 0, 0}, sun, 1.0, 2.0) -
                    (1 - std::pow(std::asin(1.0 / 300) / std::asin(2.0 / 500), 2))) <= 1e-15);
  }

  TEST_CASE("oblateness turns the orbit of Curtis as he prints") {
    // Curtis 12.2: mean rates over 48 h, node -0.172 and perigee +0.282 degrees an hour
    const double mu = 398600.0, radius = 6378.0, j2 = 1.08263e-3;
    const State start{{-2384.46, 5729.01, 3050.46}, {-7.36138, -2.98997, 1.64354}};
    const Satellite satellite({.gravity = mu, .equatorial_radius = radius, .zonal = {j2}});
    const Elements first = state_to_elements(start, mu).elements;
    std::vector<double> times, node, perigee;
    for (int i = 0; i <= 4800; ++i) times.push_back(36.0 * i);
    sample(satellite, start.position, start.velocity, times, by_series,
           [&](std::size_t, const double* x, const double* v) {
             const Elements e = state_to_elements({{x[0], x[1], x[2]}, {v[0], v[1], v[2]}}, mu).elements;
             node.push_back(std::remainder(e.ascending_node - first.ascending_node, 2 * pi));
             perigee.push_back(std::remainder(e.argument_of_periapsis - first.argument_of_periapsis, 2 * pi));
           });
    CHECK(std::fabs(node.back() / deg / 48 / -0.172 - 1) <= 0.01);
    CHECK(std::fabs(perigee.back() / deg / 48 / 0.282 - 1) <= 0.01);
    // the formulas with mean elements agree with the published ones as well
    const SecularRates rates = secular_rates(mu, 8059, 0.171, 28 * deg, j2, radius);
    CHECK(std::fabs(rates.ascending_node / deg * 3600 / -0.172 - 1) <= 0.01);
    CHECK(std::fabs(rates.argument_of_periapsis / deg * 3600 / 0.282 - 1) <= 0.01);
  }

  TEST_CASE("secular rates vanish where they should and are those of a Sun-synchronous orbit") {
    const double mu = 398600.4418, radius = 6378.137, j2 = 1.08262668e-3;
    CHECK(std::fabs(secular_rates(mu, 7000, 0.1, pi / 2, j2, radius).ascending_node) <= 1e-22);
    const double critical = std::asin(std::sqrt(0.8));  // 63.4 degrees
    CHECK(std::fabs(secular_rates(mu, 26600, 0.74, critical, j2, radius).argument_of_periapsis) <= 1e-22);
    const SecularRates none = secular_rates(mu, 7000, 0.1, 1.0, 0.0, radius);
    CHECK(none.mean_anomaly == none.mean_motion);
    // Vallado: a = 7178.1363 km needs 98.6 degrees for one turn a tropical year
    CHECK(std::fabs(secular_rates(mu, 7178.1363, 0, 98.6 * deg, j2, radius).ascending_node * 365.2421897 * 86400 /
                        (2 * pi) -
                    1) <= 0.01);
    CHECK(message_of([=] { secular_rates(mu, 7000, 1.0, 1.0, j2, radius); }) ==
          "eccentricity must lie in [0, 1); it is 1");
    CHECK(message_of([=] { secular_rates(mu, 7000, 0.1, 4.0, j2, radius); }) ==
          "inclination must lie in [0, pi]; it is 4");
  }

  TEST_CASE("the formulas of the secular rates are evaluated to a few roundings") {
    Draw draw(853);
    double worst = 0.0;
    for (int i = 0; i < 500; ++i) {
      const double mu = draw.decade(-1, 1), a = draw.decade(0, 1), e = draw.uniform(0, 0.99),
                   tilt = draw.uniform(0, pi);
      const Quad p = Quad(a) * (1 - Quad(e) * e), n = quad::sqrt(Quad(mu) / (Quad(a) * a * a));
      const Quad strength = Quad(1.5) * Quad(1e-3) * n / (p * p);
      const Quad c = quad::functions(tilt, -1).even, s2 = 1 - c * c;
      const SecularRates rates = secular_rates(mu, a, e, tilt, 1e-3, 1.0);
      const auto off = [&](double value, Quad truth) {
        return static_cast<double>(quad::abs(Quad(value) - truth) / strength);
      };
      worst = std::max({worst, off(rates.ascending_node, -strength * c),
                        off(rates.argument_of_periapsis, strength * (2 - Quad(2.5) * s2))});
    }
    CHECK(worst <= 16 * 0x1p-53);
  }

  TEST_CASE("forces that cannot be are named") {
    const State start{{1, 0, 0}, {0, 1, 0}};
    const Satellite drag({.gravity = 1.0, .drag = Drag{1e-3, 1.0, 0.1, 1.0, 0.0}});
    const IntegrationOptions verlet{.stepper = {.method = IntegrationMethod::verlet, .step = 0.01}};
    CHECK(message_of([&] { end_state(drag, start, 1.0, verlet); }) ==
          "method verlet needs accelerations that do not depend on velocity; use taylor, dop853 or rk4");
    CHECK(message_of([&] {
            end_state(drag, {{1, 0, 0}, {0, 0, 0}}, 1.0, by_series);
          }) == "method taylor cannot start at rest relative to the atmosphere; use dop853");
    const Satellite cone({.gravity = 1.0,
                          .third = {ThirdBody::at_rest({50, 0, 0}, 0.0)},
                          .sunlight = Sunlight{.shadow = ShadowKind::cone, .body_radius = 0.5, .sun_radius = 1.0}});
    CHECK(message_of([&] {
            end_state(cone, start, 1.0, by_series);
          }).starts_with("method taylor cannot be used: sunlight"));
    CHECK(message_of([] { Satellite({.gravity = 1.0, .zonal = {1e-3}}); }) ==
          "equatorial radius must be positive and finite; it is 0");
    CHECK(message_of([] { Satellite({.gravity = 1.0, .sunlight = Sunlight{.strength = 1.0}}); }) ==
          "source of sunlight must be one of the third bodies; it is 0");
    CHECK(message_of([] {
            ThirdBody::from_table({0.0, 0.0}, {{}, {}}, 1.0);
          }) == "a third body's times must increase; row 1 does not");
  }
}
