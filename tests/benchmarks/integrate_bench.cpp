// Integrators against each other and against the closed form: time for an orbit, and error for work.
// SPDX-License-Identifier: Apache-2.0
//
// bench_integrate [ORBITS | events]: with a number, the energy error of the vector kernel after so many orbits (a
// million takes two minutes); with "events", a hundred thousand events along integrations against those in closed form.
// Times are of the processor, the best of several tries.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string_view>
#include <vector>

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/events.hpp"
#include "plugins/orbital/core/march.hpp"
#include "plugins/orbital/core/nbody.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/core/satellite.hpp"
#include "plugins/orbital/core/two_body_batch.hpp"
#include "tests/plugins/orbital/core/outer_solar_system.hpp"

using namespace orrery::orbital;

namespace {

constexpr double pi = 3.141592653589793;

template <class F>
double best_of(int tries, const F& f) {
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const std::clock_t start = std::clock();
    f();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

State at_periapsis(double e) { return {{1 - e, 0, 0}, {0, std::sqrt((1 + e) / (1 - e)), 0}}; }

IntegrationOptions with(IntegrationMethod method, double step, double tolerance) {
  return {.stepper = {.method = method, .step = step, .tolerance = tolerance}, .most_steps = 1'000'000'000'000};
}

struct BatchRun {
  double energy_error = 0.0, place_error = 0.0;
  std::uint64_t steps = 0;
};

BatchRun run_batch(double e, double orbits, VectorSet set) {
  std::vector<TwoBodyJob> jobs(8, {at_periapsis(e), 1.0, {2 * pi * orbits}, {}});
  BatchRun run;
  TwoBodyBatch batch;
  batch.most_steps = 1'000'000'000'000;
  batch.sample = [&](std::size_t, std::size_t, const State& s) {
    run.energy_error = invariants(s, 1.0).energy / invariants(jobs[0].start, 1.0).energy - 1;
    run.place_error = norm(s.position - Orbit(jobs[0].start, 1.0).at(2 * pi * orbits).position);
  };
  run.steps = integrate_two_bodies(jobs, batch, set)[0].steps;
  return run;
}

double scalar_orbit(IntegrationMethod method, double e, double orbits, double tolerance, double& error) {
  const State start = at_periapsis(e);
  const Satellite satellite({.gravity = 1.0});
  const std::vector<double> times{2 * pi * orbits};
  return best_of(3, [&] {
    sample(satellite, start.position, start.velocity, times, with(method, 0, tolerance),
           [&](std::size_t, const double* x, const double* v) {
             const State end{{x[0], x[1], x[2]}, {v[0], v[1], v[2]}};
             error = invariants(end, 1.0).energy / invariants(start, 1.0).energy - 1;
           });
  });
}

double kepler_orbit(double e) {
  const Orbit orbit(at_periapsis(e), 1.0);
  double sum = 0.0;
  const double seconds = best_of(3, [&] {
    for (int i = 0; i < 20000; ++i) sum += orbit.at(0.01 * i).position[0];
  });
  if (sum == 0.5) std::puts("");
  return seconds / 20000;
}

void two_bodies() {
  std::puts("two bodies, microseconds an orbit and system");
  std::puts("    e   dop853 1e-13   taylor      8 lanes (ratio to dop853)   steps   dE of 8 lanes after 2000 orbits");
  for (const double e : {0.0, 0.5, 0.9}) {
    double error = 0.0;
    const double runge = scalar_orbit(IntegrationMethod::dop853, e, 30, 1e-13, error) / 30;
    const double series = scalar_orbit(IntegrationMethod::taylor, e, 100, 0x1p-53, error) / 100;
    BatchRun run;
    const double lanes = best_of(3, [&] { run = run_batch(e, 2000, widest_vector_set()); }) / 2000 / 8;
    std::printf("%5.2f  %10.1f  %10.2f  %10.3f  (%6.0f)  %16.1f  %10.1e\n", e, runge * 1e6, series * 1e6, lanes * 1e6,
                runge / lanes, static_cast<double>(run.steps) / 2000, run.energy_error);
  }
  const char* names[] = {"baseline", "avx2", "avx512"};
  for (int set = 0; set <= static_cast<int>(widest_vector_set()); ++set) {
    const double lanes = best_of(3, [&] { run_batch(0.5, 1000, static_cast<VectorSet>(set)); }) / 1000 / 8;
    std::printf("  e = 0.5 with %-8s  %8.3f us\n", names[set], lanes * 1e6);
  }
  std::printf("  Kepler's equation in closed form, one time  %8.3f us\n", kepler_orbit(0.5) * 1e6);
}

/// Error for work: seconds and the largest energy error seen at twenty times.
void table(const char* title, const NBody& system, const std::vector<double>& x, const std::vector<double>& v,
           double span, double unit, const char* unit_name, const std::vector<double>& steps) {
  std::printf("%s: microseconds for %s, largest energy error\n", title, unit_name);
  std::vector<double> times;
  for (int i = 1; i <= 20; ++i) times.push_back(span * i / 20);
  const double energy = system.conserved(x.data(), v.data()).energy();
  const auto line = [&](const char* label, const IntegrationOptions& options) {
    double worst = 0.0;
    const double seconds = best_of(2, [&] {
      worst = 0.0;
      sample(system, x, v, times, options, [&](std::size_t, const double* a, const double* b) {
        worst = std::max(worst, std::fabs(system.conserved(a, b).energy() / energy - 1));
      });
    });
    std::printf("  %-9s %9.1e  %10.2f  %9.1e\n", label,
                options.stepper.step > 0 ? options.stepper.step : options.stepper.tolerance,
                seconds / (span / unit) * 1e6, worst);
  };
  for (const double tolerance : {1e-8, 1e-12, 0x1p-53}) line("taylor", with(IntegrationMethod::taylor, 0, tolerance));
  for (const double tolerance : {1e-6, 1e-10, 1e-14}) line("dop853", with(IntegrationMethod::dop853, 0, tolerance));
  for (const double step : steps) {
    line("verlet", with(IntegrationMethod::verlet, step, 0));
    line("yoshida4", with(IntegrationMethod::yoshida4, step, 0));
    line("rk4", with(IntegrationMethod::rk4, step, 0));
  }
}

void bodies() {
  const test::OuterSolarSystem planets;
  table("outer Solar System", NBody(planets.gravity, 0), planets.position, planets.velocity, 365250, 365.25, "a year",
        {40, 10});
  const double x = 0.97000435669734, y = -0.24308753153583, u = -0.93240737144104, w = -0.86473146092102;
  table("figure eight", NBody({1, 1, 1}, 0), {x, y, 0, -x, -y, 0, 0, 0, 0},
        {-u / 2, -w / 2, 0, -u / 2, -w / 2, 0, u, w, 0}, 6.32591398292621 * 50, 6.32591398292621, "a period",
        {0.02, 0.005});
}

/// Events of random orbits by both routes until there are enough.
void events(std::size_t enough) {
  std::mt19937_64 engine(1);
  std::uniform_real_distribution<double> unit(0, 1);
  std::size_t found = 0, missed = 0, orbits = 0;
  double worst = 0.0, seconds = 0.0;
  const Satellite satellite({.gravity = 1.0});
  for (; found < enough; ++orbits) {
    const State start = elements_to_state(
        elements_from_periapsis(0.5 + 0.5 * unit(engine), Eccentricity::from_e(0.01 + 0.8 * unit(engine)),
                                {3 * unit(engine), 6 * unit(engine), 6 * unit(engine), 6 * unit(engine) - 3}),
        1.0);
    for (const EventKind kind : {EventKind::apsides, EventKind::nodes, EventKind::radius}) {
      const EventQuery query{.kind = kind, .radius = norm(start.position) * (0.95 + 0.1 * unit(engine))};
      const auto exact = find_conic_events(start, 1.0, 0, 500, query, {}, 1'000'000);
      std::vector<Event> numeric;
      seconds += best_of(1, [&] {
        numeric = find_events(satellite, start, 0, 500, query, nullptr, with(IntegrationMethod::taylor, 0, 0x1p-53));
      });
      found += numeric.size();
      missed += numeric.size() > exact.size() ? numeric.size() - exact.size() : exact.size() - numeric.size();
      for (std::size_t i = 0; i < std::min(exact.size(), numeric.size()); ++i)
        worst = std::max(worst, std::fabs(exact[i].time - numeric[i].time));
    }
  }
  std::printf(
      "%zu events of %zu orbits: %zu missed or spurious, largest difference in time %.1e of 500, %.1f us an event\n",
      found, orbits, missed, worst, seconds / static_cast<double>(found) * 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "events") return events(100'000), 0;
  if (argc > 1) {
    const double orbits = std::atof(argv[1]);
    for (const double e : {0.0, 0.5, 0.9}) {
      BatchRun run;
      const double seconds = best_of(1, [&] { run = run_batch(e, orbits, widest_vector_set()); });
      std::printf("e = %.1f, %.0f orbits: dE/E %.1e, place %.1e, %.3f us an orbit and system, %.1f steps an orbit\n", e,
                  orbits, run.energy_error, run.place_error, seconds / orbits / 8 * 1e6,
                  static_cast<double>(run.steps) / orbits);
    }
    return 0;
  }
  two_bodies();
  bodies();
}
