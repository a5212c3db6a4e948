// Bodies that attract each other: choreographies, the outer Solar System, and what is conserved.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/nbody.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "plugins/orbital/core/march.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/outer_solar_system.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

using Numbers = std::vector<double>;

IntegrationOptions with(IntegrationMethod method, double step = 0.0, double tolerance = 0x1p-53) {
  return {.stepper = {.method = method, .step = step, .tolerance = tolerance}};
}

struct Bodies {
  Numbers position, velocity;
};

Bodies at(const NBody& system, const Bodies& start, double time, const IntegrationOptions& options) {
  Bodies end;
  const Numbers times{time};
  sample(system, start.position, start.velocity, times, options, [&](std::size_t, const double* x, const double* v) {
    end = {{x, x + start.position.size()}, {v, v + start.position.size()}};
  });
  return end;
}

double apart(const Numbers& a, const Numbers& b) {
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::fabs(a[i] - b[i]));
  return worst;
}

/// Three equal masses on one curve; Chenciner and Montgomery, Annals of Mathematics 152 (2000) 881, with Simo's
/// numbers.
Bodies figure_eight() {
  const double x = 0.97000435669734, y = -0.24308753153583, u = -0.93240737144104, v = -0.86473146092102;
  return {{x, y, 0, -x, -y, 0, 0, 0, 0}, {-u / 2, -v / 2, 0, -u / 2, -v / 2, 0, u, v, 0}};
}
constexpr double eight_period = 6.32591398292621;

}  // namespace

TEST_SUITE("plugins/orbital/core/nbody") {
  TEST_CASE("the figure eight comes back after its period") {
    const NBody system({1, 1, 1}, 0.0);
    const Bodies start = figure_eight();
    for (const double time : {eight_period, -eight_period}) {
      const Bodies end = at(system, start, time, with(IntegrationMethod::taylor));
      CHECK(apart(end.position, start.position) <= 1e-12);  // the digits of the numbers
      CHECK(apart(end.velocity, start.velocity) <= 1e-12);
      const Bodies runge = at(system, start, time, with(IntegrationMethod::dop853, 0, 1e-14));
      CHECK(apart(runge.position, end.position) <= 1e-11);
    }
    // after a third of it the bodies have changed places
    const Bodies third = at(system, start, eight_period / 3, with(IntegrationMethod::taylor));
    double nearest = 1.0;
    for (const int shift : {1, 2}) {
      Numbers turned;
      for (int i = 0; i < 9; ++i) turned.push_back(start.position[static_cast<std::size_t>((i + 3 * shift) % 9)]);
      nearest = std::min(nearest, apart(third.position, turned));
    }
    CHECK(nearest <= 1e-12);
  }

  TEST_CASE("the outer Solar System keeps its energy momentum and angular momentum for a thousand years") {
    const OuterSolarSystem planets;
    const NBody system(planets.gravity, 0.0);
    const auto first = system.conserved(planets.position.data(), planets.velocity.data());
    const Bodies end = at(system, {planets.position, planets.velocity}, 365250.0, with(IntegrationMethod::taylor));
    const auto last = system.conserved(end.position.data(), end.velocity.data());
    CHECK(std::fabs(last.energy() / first.energy() - 1) <= 2e-14);
    CHECK(norm(last.momentum - first.momentum) <= 4e-15 * first.momentum_size);
    CHECK(norm(last.angular_momentum - first.angular_momentum) <= 1e-14 * norm(first.angular_momentum));
    const Bodies back = at(system, end, -365250.0, with(IntegrationMethod::taylor));
    CHECK(apart(back.position, planets.position) <= 1e-9);
  }

  TEST_CASE("two bodies move about each other on conics") {
    const double heavy = 1.0, light = 0.3;
    const State relative{{1, 0.2, 0.1}, {-0.1, 1.0, 0.3}};
    Bodies start{Numbers(6), Numbers(6)};
    for (std::size_t i = 0; i < 3; ++i) {
      start.position[i] = -light / (heavy + light) * relative.position[i];
      start.position[3 + i] = heavy / (heavy + light) * relative.position[i];
      start.velocity[i] = -light / (heavy + light) * relative.velocity[i];
      start.velocity[3 + i] = heavy / (heavy + light) * relative.velocity[i];
    }
    const NBody system({heavy, light}, 0.0);
    const Orbit exact(relative, heavy + light);
    for (const double time : {3.0, 17.0, -40.0}) {
      const Bodies end = at(system, start, time, with(IntegrationMethod::taylor));
      const State truth = exact.at(time);
      for (std::size_t i = 0; i < 3; ++i)
        CHECK(std::fabs(end.position[3 + i] - end.position[i] - truth.position[i]) <= 2e-13);
    }
  }

  TEST_CASE("test particles follow and do not pull") {
    const Bodies start{{0, 0, 0, 1, 0, 0, 0, 2, 0}, {0, 0, 0, 0, 1, 0, -0.6, 0, 0.1}};
    const NBody system({1, 0, 0}, 0.0);
    const Bodies end = at(system, start, 20.0, with(IntegrationMethod::taylor));
    const State first = Orbit({{1, 0, 0}, {0, 1, 0}}, 1.0).at(20.0),
                second = Orbit({{0, 2, 0}, {-0.6, 0, 0.1}}, 1.0).at(20.0);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(end.position[i] == 0.0);
      CHECK(std::fabs(end.position[3 + i] - first.position[i]) <= 2e-13);
      CHECK(std::fabs(end.position[6 + i] - second.position[i]) <= 2e-13);
    }
    // bodies without any mass go straight on
    const NBody none({0, 0, 0}, 0.0);
    for (const IntegrationMethod method :
         {IntegrationMethod::taylor, IntegrationMethod::dop853, IntegrationMethod::verlet}) {
      const Bodies gone = at(none, start, 20.0, with(method, 0.5, 1e-13));
      CHECK(std::fabs(gone.position[4] - 20.0) <= 1e-13);
    }
  }

  TEST_CASE("the fixed steps have their orders for n bodies too") {
    const NBody system({1, 1, 1}, 0.0);
    const Bodies start = figure_eight();
    const Bodies exact = at(system, start, 2.0, with(IntegrationMethod::taylor));
    for (const auto& [method, order] :
         {std::pair{IntegrationMethod::verlet, 2}, {IntegrationMethod::yoshida4, 4}, {IntegrationMethod::rk4, 4}}) {
      const double coarse = apart(at(system, start, 2.0, with(method, 0.01)).position, exact.position);
      const double fine = apart(at(system, start, 2.0, with(method, 0.005)).position, exact.position);
      CHECK(std::fabs(std::log2(coarse / fine) - order) <= 0.2);
    }
  }

  TEST_CASE("a collision names both bodies and softening lets them pass") {
    const Bodies start{{5, 5, 5, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0, 0}};
    const NBody hard({0, 1, 1}, 0.0), soft({0, 1, 1}, 0.01);
    for (const IntegrationMethod method : {IntegrationMethod::taylor, IntegrationMethod::dop853}) {
      const std::string message = message_of([&] { at(hard, start, 5.0, with(method, 0, 1e-13)); });
      CHECK(message.starts_with("close encounter or collision at time 0.78539816"));  // pi/4
      CHECK(message.find("body 1 is ") != std::string::npos);
      CHECK(message.find(" from body 2") != std::string::npos);
    }
    const auto first = soft.conserved(start.position.data(), start.velocity.data());
    const Bodies end = at(soft, start, 5.0, with(IntegrationMethod::taylor));
    const auto last = soft.conserved(end.position.data(), end.velocity.data());
    CHECK(std::fabs(last.energy() - first.energy()) <= 1e-12);
  }

  TEST_CASE("bad bodies are named") {
    CHECK(message_of([] { NBody({}, 0.0); }) == "there must be at least one body");
    CHECK(message_of([] {
            NBody({1.0, -1.0}, 0.0);
          }) == "gravitational parameter must be finite and at least 0; it is -1");
    CHECK(message_of([] { NBody({1.0}, -1.0); }) == "softening must be finite and at least 0; it is -1");
    const NBody many(Numbers(200, 1.0), 0.0);
    const Numbers none(600, 0.0);
    CHECK(message_of([&] { march(many, none, none, 1.0, with(IntegrationMethod::taylor), {}); }) ==
          "method taylor cannot be used: it takes at most 128 bodies, and there are 200; use dop853");
  }
}
