// Integration methods against conics, against their orders, and against what motions conserve.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/march.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/core/satellite.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr IntegrationMethod all_methods[] = {IntegrationMethod::taylor, IntegrationMethod::dop853,
                                             IntegrationMethod::rk4, IntegrationMethod::yoshida4,
                                             IntegrationMethod::verlet};

IntegrationOptions with(IntegrationMethod method, double step, double tolerance = 0x1p-53) {
  return {.stepper = {.method = method, .step = step, .tolerance = tolerance}};
}

State at_periapsis(double e) { return {{1 - e, 0, 0}, {0, std::sqrt((1 + e) / (1 - e)), 0}}; }

State end_state(const MotionSystem& system, const State& start, double time, const IntegrationOptions& options) {
  State end;
  const std::vector<double> times{time};
  sample(system, start.position, start.velocity, times, options, [&](std::size_t, const double* x, const double* v) {
    end = {{x[0], x[1], x[2]}, {v[0], v[1], v[2]}};
  });
  return end;
}

/// The largest distance from the exact orbit at 200 times.
double worst_place(const State& start, double span, const IntegrationOptions& options) {
  const Orbit exact(start, 1.0);
  std::vector<double> times;
  for (int i = -20; i <= 180; ++i) times.push_back(span * i / 180);
  double worst = 0.0;
  sample(Satellite({.gravity = 1.0}), start.position, start.velocity, times, options,
         [&](std::size_t i, const double* x, const double*) {
           worst = std::max(worst, norm(Vec3{x[0], x[1], x[2]} - exact.at(times[i]).position));
         });
  return worst;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/march") {
  TEST_CASE("Taylor series follow every conic to round-off") {
    for (const double e : {0.0, 0.1, 0.3, 0.5, 0.7})
      CHECK(worst_place(at_periapsis(e), 20 * pi, with(IntegrationMethod::taylor, 0)) <= 4e-13);
    CHECK(worst_place(at_periapsis(0.9), 20 * pi, with(IntegrationMethod::taylor, 0)) <= 4e-12);
    CHECK(worst_place(at_periapsis(0.99), 20 * pi, with(IntegrationMethod::taylor, 0)) <= 4e-10);
    for (const double e : {1.0, 1.5, 5.0})
      CHECK(worst_place({{1, 0, 0}, {0, std::sqrt(1 + e), 0}}, 30, with(IntegrationMethod::taylor, 0)) <=
            1e-13 * 30 * e);
  }

  TEST_CASE("dop853 follows conics within what its tolerance promises") {
    for (const double e : {0.0, 0.5, 0.9})
      CHECK(worst_place(at_periapsis(e), 6 * pi, with(IntegrationMethod::dop853, 0, 1e-13)) <= 2e-10);
  }

  TEST_CASE("each method of fixed step has its order") {
    const State start = at_periapsis(0.2);
    const Satellite system({.gravity = 1.0});
    for (const auto& [method, order] :
         {std::pair{IntegrationMethod::verlet, 2}, {IntegrationMethod::yoshida4, 4}, {IntegrationMethod::rk4, 4}}) {
      const Vec3 exact = Orbit(start, 1.0).at(6.4).position;
      const double coarse = norm(end_state(system, start, 6.4, with(method, 0.02)).position - exact);
      const double fine = norm(end_state(system, start, 6.4, with(method, 0.01)).position - exact);
      CHECK(std::fabs(std::log2(coarse / fine) - order) <= 0.15);
    }
  }

  TEST_CASE("between steps the error keeps the order too") {
    const State start = at_periapsis(0.2);
    const Satellite system({.gravity = 1.0});
    const double time = 6.4 + 0.0037;  // inside of steps of both lengths
    const Vec3 exact = Orbit(start, 1.0).at(time).position;
    const double coarse = norm(end_state(system, start, time, with(IntegrationMethod::rk4, 0.02)).position - exact);
    const double fine = norm(end_state(system, start, time, with(IntegrationMethod::rk4, 0.01)).position - exact);
    CHECK(std::log2(coarse / fine) >= 3.8);
  }

  TEST_CASE("the error of dop853 falls with its tolerance as order eight says") {
    // work per digit: steps grow by 10^(1/8) for each digit
    const State start = at_periapsis(0.3);
    const Satellite system({.gravity = 1.0});
    std::vector<double> steps;
    for (const double tolerance : {1e-6, 1e-10}) {
      const auto report =
          march(system, start.position, start.velocity, 40 * pi, with(IntegrationMethod::dop853, 0, tolerance), {});
      steps.push_back(static_cast<double>(report.steps));
    }
    CHECK(std::fabs(std::log10(steps[1] / steps[0]) - 0.5) <= 0.06);
  }

  TEST_CASE("the dense output of dop853 is as good as its steps") {
    const State start = at_periapsis(0.5);
    const Orbit exact(start, 1.0);
    double at_ends = 0.0, between = 0.0;
    const Satellite system({.gravity = 1.0});
    march(system, start.position, start.velocity, 4 * pi, with(IntegrationMethod::dop853, 0, 1e-10),
          [&](const StepView& step) {
            for (const double part : {0.25, 0.5, 0.75, 1.0}) {
              Vec3 x{};
              step.polynomial.evaluate(part * step.polynomial.length, x.data(), nullptr);
              const double off = norm(x - exact.at(step.before.time + part * step.polynomial.length).position);
              (part == 1.0 ? at_ends : between) = std::max(part == 1.0 ? at_ends : between, off);
            }
            return true;
          });
    CHECK(between <= 20 * at_ends);
  }

  TEST_CASE("there and back again ends where it began") {
    Draw draw(801);
    for (int i = 0; i < 20; ++i) {
      const State start = elements_to_state(
          elements_from_periapsis(1.0, Eccentricity::from_e(draw.uniform(0, 0.8)),
                                  {draw.uniform(0, 3), draw.uniform(0, 6), draw.uniform(0, 6), draw.uniform(-3, 3)}),
          1.0);
      const Satellite system({.gravity = 1.0, .equatorial_radius = 0.5, .zonal = {1e-3, -2e-6, -1e-6, 3e-7, 5e-7}});
      for (const auto& [method, allowed] :
           {std::pair{IntegrationMethod::taylor, 2e-12}, {IntegrationMethod::dop853, 3e-9}}) {
        const auto options = with(method, 0, method == IntegrationMethod::taylor ? 0x1p-53 : 1e-13);
        const State there = end_state(system, start, 50.0, options);
        const State back = end_state(system, there, -50.0, options);
        CHECK(norm(back.position - start.position) <= allowed);
        CHECK(norm(back.velocity - start.velocity) <= allowed);
      }
    }
  }

  TEST_CASE("the symplectic methods are reversible and bound the energy") {
    const State start = at_periapsis(0.5);
    const Satellite system({.gravity = 1.0});
    const double step = 2 * pi / 1024;
    for (const IntegrationMethod method : {IntegrationMethod::verlet, IntegrationMethod::yoshida4}) {
      const State there = end_state(system, start, 2000 * step, with(method, step));
      const State back = end_state(system, there, -2000 * step, with(method, step));
      CHECK(norm(back.position - start.position) <= 1e-11);
    }
  }

  TEST_CASE("Verlet and RK4 make the errors that are known for a thousand steps a revolution") {
    const State start = at_periapsis(0.5);
    const Satellite system({.gravity = 1.0});
    const double step = 2 * pi / 1000, energy = system.energy(start.position, start.velocity);
    const auto errors = [&](IntegrationMethod method) {
      double worst = 0.0, last = 0.0;
      march(system, start.position, start.velocity, 200 * pi, with(method, step), [&](const StepView& view) {
        const auto &x = view.before.position, &v = view.before.velocity;
        last = system.energy({x[0], x[1], x[2]}, {v[0], v[1], v[2]}) / energy - 1;
        worst = std::max(worst, std::fabs(last));
        return true;
      });
      return std::pair{worst, std::fabs(last)};
    };
    CHECK(std::fabs(errors(IntegrationMethod::verlet).first / 1.08e-4 - 1) <= 0.02);
    CHECK(std::fabs(errors(IntegrationMethod::yoshida4).first / 3.3e-8 - 1) <= 0.02);
    CHECK(std::fabs(errors(IntegrationMethod::rk4).second / 2.97e-8 - 1) <= 0.02);
  }

  TEST_CASE("times may be repeated and in any order and zero") {
    const State start = at_periapsis(0.3);
    const Orbit exact(start, 1.0);
    const std::vector<double> times{5, -3, 0, 5, 1, -7, 0, 2};
    for (const IntegrationMethod method : all_methods) {
      std::vector<int> seen(times.size(), 0);
      sample(Satellite({.gravity = 1.0}), start.position, start.velocity, times, with(method, 1e-3, 1e-13),
             [&](std::size_t i, const double* x, const double*) {
               ++seen[i];
               CHECK(norm(Vec3{x[0], x[1], x[2]} - exact.at(times[i]).position) <= 1e-4);
             });
      for (const int n : seen) CHECK(n == 1);
    }
  }

  TEST_CASE("no sample is lost where it falls on the end of a fixed step") {
    Draw draw(803);
    const State start = at_periapsis(0.3);
    const Satellite system({.gravity = 1.0});
    for (int i = 0; i < 300; ++i) {
      const double step = draw.uniform(0.01, 0.02), direction = i % 2 == 0 ? 1.0 : -1.0;
      const double last = direction * std::floor(draw.uniform(1, 60)) * step;
      std::vector<double> times{last, std::nextafter(last, 0.0), std::nextafter(last, 2 * last)};
      for (int k = 1; k < 50; ++k) times.push_back(direction * k * step);
      std::size_t seen = 0;
      sample(system, start.position, start.velocity, times, with(IntegrationMethod::verlet, step),
             [&](std::size_t, const double*, const double*) { ++seen; });
      CHECK(seen == times.size());
    }
  }

  TEST_CASE("no time makes no step") {
    const State start = at_periapsis(0.3);
    const auto report =
        march(Satellite({.gravity = 1.0}), start.position, start.velocity, 0.0, with(IntegrationMethod::taylor, 0), {});
    CHECK(report.steps == 0);
  }

  TEST_CASE("a fall into the centre is an error that names time and distance") {
    const double x[3] = {1, 0, 0}, v[3] = {0, 0, 0};
    for (const IntegrationMethod method : {IntegrationMethod::taylor, IntegrationMethod::dop853}) {
      const std::string message =
          message_of([&] { march(Satellite({.gravity = 1.0}), x, v, 5.0, with(method, 0, 1e-13), {}); });
      CHECK(message.starts_with("close encounter or collision at time 1.1107207345395"));  // pi/(2 sqrt 2)
      CHECK(message.find("from the centre") != std::string::npos);
    }
    const std::string fixed =
        message_of([&] { march(Satellite({.gravity = 1.0}), x, v, 5.0, with(IntegrationMethod::rk4, 0.01), {}); });
    CHECK(fixed.find("is too long at time 1.1") != std::string::npos);
  }

  TEST_CASE("what takes too many steps ends") {
    const State start = at_periapsis(0.3);
    const Satellite system({.gravity = 1.0});
    IntegrationOptions options = with(IntegrationMethod::taylor, 0);
    options.most_steps = 1000;
    CHECK(message_of([&] {
            march(system, start.position, start.velocity, 1e300, options, {});
          }).starts_with("1000 steps have come to time "));
    CHECK(message_of([&] {
            march(system, start.position, start.velocity, -1e300, with(IntegrationMethod::verlet, 1e-3), {});
          }) == "a step of 0.001 would need 1e+303 steps to reach -1e+300; at most 10000000 are allowed");
  }

  TEST_CASE("bad arguments are named") {
    const State start = at_periapsis(0.3);
    const Satellite system({.gravity = 1.0});
    const auto run = [&](const IntegrationOptions& options, double to = 1.0) {
      return message_of([&] { march(system, start.position, start.velocity, to, options, {}); });
    };
    CHECK(run(with(IntegrationMethod::rk4, 0)) == "step must be positive and finite; it is 0");
    CHECK(run(with(IntegrationMethod::dop853, 0, 0.5)) == "tolerance must lie in [1e-16, 0.01]; it is 0.5");
    CHECK(run(with(IntegrationMethod::taylor, 0), std::numeric_limits<double>::infinity()) ==
          "time must be finite; it is inf");
    const double nan = std::numeric_limits<double>::quiet_NaN(), x[3] = {1, 0, nan};
    CHECK(message_of([&] { march(system, x, start.velocity, 1.0, with(IntegrationMethod::taylor, 0), {}); }) ==
          "position and velocity must be finite; one is nan");
    CHECK(message_of([] { Satellite({.gravity = 0.0}); }) ==
          "gravitational parameter must be positive and finite; it is 0");
  }
}
