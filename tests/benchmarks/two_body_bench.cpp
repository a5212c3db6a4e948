// Two-body propagation in batches against Lagrange's coefficients in plain doubles, in speed and in digits.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "plugins/orbital/core/orbit_block.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/benchmarks/support.hpp"
#include "tests/plugins/orbital/core/support.hpp"

namespace {

using namespace orrery::orbital;
using orrery::orbital::test::Draw;

constexpr std::size_t bodies = 4096;
constexpr double pi = 0x1.921fb54442d18p+1;
volatile double sink = 0.0;

double plain_dot(const Vec3& a, const Vec3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// What a textbook does: Battin (1999), section 4.3, with Newton's method over the C library.
State textbook(const State& start, double mu, double dt) {
  const double r0 = std::sqrt(plain_dot(start.position, start.position));
  const double a = 1.0 / (2.0 / r0 - plain_dot(start.velocity, start.velocity) / mu);
  const double s = plain_dot(start.position, start.velocity) / std::sqrt(mu * a), c = 1.0 - r0 / a;
  const double n = std::sqrt(mu / (a * a * a));
  const double mean = std::remainder(n * dt, 2.0 * pi);
  double x = mean + c * std::sin(mean) - s * (1.0 - std::cos(mean));
  for (int i = 0; i < 50; ++i) {
    const double sine = std::sin(x), cosine = std::cos(x);
    const double step = (x - c * sine + s * (1.0 - cosine) - mean) / (1.0 - c * cosine + s * sine);
    x -= std::clamp(step, -1.0, 1.0);
    if (std::fabs(step) <= 1e-15 * std::fabs(x)) break;
  }
  const double sine = std::sin(x), cosine = std::cos(x);
  const double r = a * (1.0 - c * cosine + s * sine);
  const double f = 1.0 - a / r0 * (1.0 - cosine), g = (mean - x + sine) / n;
  const double f_dot = -std::sqrt(mu * a) / (r * r0) * sine, g_dot = 1.0 - a / r * (1.0 - cosine);
  return {f * start.position + g * start.velocity, f_dot * start.position + g_dot * start.velocity};
}

/// What libraries do: Lagrange's expansion of the root to third order as start, Newton until no digit moves, and each
/// formula as it is printed, with sines and cosines of its own.
State as_libraries_do(const State& start, double mu, double dt) {
  const double r0 = std::sqrt(plain_dot(start.position, start.position));
  const double a = -mu / (2.0 * (plain_dot(start.velocity, start.velocity) / 2.0 - mu / r0));
  const double sigma = plain_dot(start.position, start.velocity) / std::sqrt(mu), root = std::sqrt(a);
  const double turned = std::sqrt(mu / std::pow(a, 3)) * dt;
  const double mean = std::atan2(std::sin(turned), std::cos(turned));
  const double s = sigma / root, c = 1.0 - r0 / a;
  const auto lean = [&](double x) { return c * std::sin(x) - s * (1.0 - std::cos(x)); };
  const auto slope = [&](double x) { return c * std::cos(x) - s * std::sin(x); };
  const double lean_m = lean(mean), slope_m = slope(mean), bend_m = -c * std::sin(mean) - s * std::cos(mean);
  double x = mean + lean_m + lean_m * slope_m + lean_m * slope_m * slope_m + 0.5 * lean_m * lean_m * bend_m;
  for (int i = 0; i < 100; ++i) {
    const double step = std::clamp((x - lean(x) - mean) / (1.0 - slope(x)), -1.0, 1.0);
    x -= step;
    if (std::fabs(step) <= 0x1p-52 * std::fabs(x)) break;
  }
  const double r = a + (r0 - a) * std::cos(x) + sigma * root * std::sin(x);
  const double f = 1.0 - a / r0 * (1.0 - std::cos(x));
  const double g = a * sigma / std::sqrt(mu) * (1.0 - std::cos(x)) + r0 * std::sqrt(a / mu) * std::sin(x);
  const double f_dot = -std::sqrt(mu * a) / (r * r0) * std::sin(x), g_dot = 1.0 - a / r * (1.0 - std::cos(x));
  return {f * start.position + g * start.velocity, f_dot * start.position + g_dot * start.velocity};
}

State on_conic(Draw& draw, double e) {
  const Vec3 along = draw.direction();
  Vec3 across = cross(draw.direction(), along);
  across = (1 / norm(across)) * across;
  const double f = draw.uniform(-pi, pi), p = 1 - e * e, r = p / (1 + e * std::cos(f)), speed = std::sqrt(1 / p);
  return {r * std::cos(f) * along + r * std::sin(f) * across,
          speed * (e + std::cos(f)) * across - speed * std::sin(f) * along};
}

struct Crowd {
  std::vector<State> start;
  std::vector<double> position, velocity, mu{1.0}, time;
};

template <class Draws>
Crowd crowd(Draws draws) {
  Crowd c;
  for (std::size_t i = 0; i < bodies; ++i) {
    const auto [state, dt] = draws();
    c.start.push_back(state);
    c.position.insert(c.position.end(), state.position.begin(), state.position.end());
    c.velocity.insert(c.velocity.end(), state.velocity.begin(), state.velocity.end());
    c.time.push_back(dt);
  }
  return c;
}

/// The worst relative error of the position among some of the bodies.
double worst(const Crowd& c, const std::vector<double>& position) {
  namespace quad = orrery::orbital::test::quad;
  double most = 0.0;
  for (std::size_t i = 0; i < bodies; i += 8) {
    const State& s = c.start[i];
    const auto truth = quad::propagate(quad::widen(s.position), quad::widen(s.velocity), 1, c.time[i]);
    most = std::max(most,
                    quad::relative_error({position[3 * i], position[3 * i + 1], position[3 * i + 2]}, truth.position));
  }
  return most;
}

template <class F>
double nanoseconds(const F& f) {
  return bench::best_of(60, f) / bodies * 1e9;
}

struct Timed {
  double time;
  double error;
};

template <class F>
Timed one_by_one(const Crowd& c, const F& propagate) {
  std::vector<double> position(3 * bodies);
  const double time = nanoseconds([&] {
    for (std::size_t i = 0; i < bodies; ++i) {
      const State there = propagate(c.start[i], 1.0, c.time[i]);
      std::copy(there.position.begin(), there.position.end(), position.begin() + static_cast<std::ptrdiff_t>(3 * i));
      sink = there.velocity[0];
    }
  });
  return {time, worst(c, position)};
}

void compare(const char* name, const Crowd& c) {
  std::vector<double> position(3 * bodies), velocity(3 * bodies);
  const Timed plain = one_by_one(c, textbook), library = one_by_one(c, as_libraries_do);
  const double batch = nanoseconds([&] {
    propagate_each(c.position, c.velocity, c.mu, c.time, {position, velocity, {}, {}});
  });
  std::printf(
      "%-32s batch %5.1f ns, error %.1e; as libraries do %6.1f ns, error %.1e, ratio %4.1f; at its quickest in doubles "
      "%6.1f ns, ratio %4.1f\n",
      name, batch, worst(c, position), library.time, library.error, library.time / batch, plain.time,
      plain.time / batch);
}

void kernels(const Crowd& c) {
  static orrery::orbital::detail::StateBlock states;
  static orrery::orbital::detail::OrbitBlock orbits;
  static orrery::orbital::detail::ArrivalBlock arrivals;
  constexpr std::size_t n = orrery::orbital::detail::orbit_block_size;
  states.size = arrivals.size = n;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < 6; ++k)
      states.component[k][i] = k < 3 ? c.position[3 * i + k] : c.velocity[3 * i + k - 3];
    states.mu[i] = 1.0;
    states.since_start[i] = 0.0;
    arrivals.time[i] = c.time[i];
  }
  for (const auto& kernel : orrery::orbital::detail::orbit_kernels()) {
    const double prepare = bench::best_of(2000, [&] { kernel.prepare(states, orbits); }) / n * 1e9;
    const double move = bench::best_of(2000, [&] { kernel.move(orbits, arrivals); }) / n * 1e9;
    std::printf("  %-9s preparing an orbit %5.1f ns, moving a body %5.1f ns\n", kernel.name, prepare, move);
  }
}

void one_orbit(const Crowd& c) {
  std::vector<double> position(3 * bodies), velocity(3 * bodies);
  const double plain = nanoseconds([&] {
    for (std::size_t i = 0; i < bodies; ++i) sink = textbook(c.start[0], 1.0, c.time[i]).position[0];
  });
  const double library = nanoseconds([&] {
    for (std::size_t i = 0; i < bodies; ++i) sink = as_libraries_do(c.start[0], 1.0, c.time[i]).position[0];
  });
  const double batch = nanoseconds([&] { propagate(c.start[0], 1.0, c.time, {position, velocity, {}, {}}); });
  const double single = nanoseconds([&] {
    const Orbit orbit(c.start[0], 1.0);
    for (std::size_t i = 0; i < bodies; ++i) sink = orbit.try_at(c.time[i]).state.position[0];
  });
  std::printf(
      "%-32s batch %5.1f ns; as libraries do %6.1f ns, ratio %4.1f; at its quickest in doubles %6.1f ns, ratio %4.1f; "
      "one by one %.1f ns\n",
      "one orbit, many times", batch, library, library / batch, plain, plain / batch, single);
}

}  // namespace

int main() {
  Draw draw(1);
  const auto within = crowd([&] { return std::pair(on_conic(draw, draw.uniform(0, 0.9)), draw.uniform(0, 2 * pi)); });
  compare("e < 0.9, within a period", within);
  compare("e < 0.9, a hundredth of a period",
          crowd([&] { return std::pair(on_conic(draw, draw.uniform(0, 0.9)), 0.02 * pi); }));
  compare("e in 0.9..0.999",
          crowd([&] { return std::pair(on_conic(draw, 1 - draw.decade(-3, -1)), draw.uniform(0, 2 * pi)); }));
  compare("e < 0.9, a hundred periods",
          crowd([&] { return std::pair(on_conic(draw, draw.uniform(0, 0.9)), draw.uniform(0, 200 * pi)); }));
  one_orbit(within);
  kernels(within);
}
