// The kernels of closed orbits: the same bits from every instruction set, and every digit against 113-bit arithmetic.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "plugins/orbital/core/orbit_block.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct Rows {
  std::vector<double> position, velocity, mu, time;

  void add(const State& start, double gravity, double dt) {
    position.insert(position.end(), start.position.begin(), start.position.end());
    velocity.insert(velocity.end(), start.velocity.begin(), start.velocity.end());
    mu.push_back(gravity);
    time.push_back(dt);
  }
  [[nodiscard]] std::size_t size() const { return mu.size(); }
  [[nodiscard]] State start(std::size_t i) const {
    const auto triple = [i](const std::vector<double>& a) { return Vec3{a[3 * i], a[3 * i + 1], a[3 * i + 2]}; };
    return {triple(position), triple(velocity)};
  }
};

State on_conic(Draw& draw, double q, double e, double f) {
  const Vec3 along = draw.direction();
  Vec3 across = cross(draw.direction(), along);
  across = (1 / norm(across)) * across;
  const double p = q * (1 + e);
  const double r = p / (1 + e * std::cos(f));
  const double speed = std::sqrt(1 / p);
  return {r * std::cos(f) * along + r * std::sin(f) * across,
          speed * (e + std::cos(f)) * across - speed * std::sin(f) * along};
}

/// Orbits of every kind, and rows that are none.
Rows mixture(std::size_t n) {
  Draw draw(71);
  Rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    const double e = i % 3 == 0 ? draw.uniform(0, 1) : i % 3 == 1 ? 1 - draw.decade(-6, 0) : draw.uniform(0, 1.5);
    State start = on_conic(draw, 1, e, draw.uniform(-1.8, 1.8));
    double mu = 1.0, dt = draw.uniform(-1, 1) * draw.decade(-8, 6);
    if (i % 11 == 0) dt = std::vector<double>{0.0, -0.0, infinity, not_a_number, 1e-300, 1e300}[(i / 11) % 6];
    if (i % 17 == 0) mu = std::vector<double>{0.0, -1.0, not_a_number, infinity, 1e300, 5e-324}[(i / 17) % 6];
    if (i % 23 == 0) start.position[i % 3] = std::vector<double>{not_a_number, infinity, 1e200, 1e-310}[(i / 23) % 4];
    if (i % 29 == 0) start.velocity = {0, 0, 0};
    rows.add(start, mu, dt);
  }
  return rows;
}

struct Block {
  detail::StateBlock states;
  detail::OrbitBlock orbits;
  detail::ArrivalBlock arrivals;
};

void fill(Block& block, const Rows& rows, std::size_t begin) {
  block.states.size = block.arrivals.size = detail::orbit_block_size;
  for (std::size_t i = 0; i < detail::orbit_block_size; ++i) {
    const State start = rows.start(begin + i);
    for (std::size_t k = 0; k < 3; ++k) {
      block.states.component[k][i] = start.position[k];
      block.states.component[3 + k][i] = start.velocity[k];
    }
    block.states.mu[i] = rows.mu[begin + i];
    block.states.since_start[i] = 0.0;
    block.arrivals.time[i] = rows.time[begin + i];
  }
}

void run(const detail::OrbitKernel& kernel, Block& block) {
  kernel.prepare(block.states, block.orbits);
  kernel.move(block.orbits, block.arrivals);
}

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// Whether two kernels decide alike and agree in every bit of what is good.
bool same(const detail::ArrivalBlock& a, const detail::ArrivalBlock& b) {
  for (std::size_t i = 0; i < a.size; ++i) {
    if (a.good[i] != b.good[i]) return false;
    for (std::size_t k = 0; k < 6 && a.good[i]; ++k)
      if (!same(a.component[k][i], b.component[k][i])) return false;
  }
  return true;
}

/// The larger relative error of position and velocity, of the worst row.
double worst_miss(const Rows& rows) {
  std::vector<double> position(rows.position.size()), velocity(rows.position.size());
  std::vector<PropagationStatus> status(rows.size());
  CHECK(propagate_each(rows.position, rows.velocity, rows.mu, rows.time, {position, velocity, {}, status}) == 0);
  double worst = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const State start = rows.start(i);
    const quad::Motion truth =
        quad::propagate(quad::widen(start.position), quad::widen(start.velocity), rows.mu[i], rows.time[i]);
    const auto triple = [i](const std::vector<double>& a) { return Vec3{a[3 * i], a[3 * i + 1], a[3 * i + 2]}; };
    worst = std::max({worst, quad::relative_error(triple(position), truth.position),
                      quad::relative_error(triple(velocity), truth.velocity)});
  }
  return worst;
}

constexpr double few_roundings = 1.2e-15;  // of |r| and |v|, in plain doubles behind an exact phase

}  // namespace

TEST_SUITE("plugins/orbital/core/orbit_kernel") {
  TEST_CASE("every instruction set gives the same bits and leaves the same rows") {
    const Rows rows = mixture(64 * detail::orbit_block_size);
    const auto kernels = detail::orbit_kernels();
    const auto first = std::make_unique<Block>(), other = std::make_unique<Block>();
    std::size_t good = 0;
    for (std::size_t begin = 0; begin < rows.size(); begin += detail::orbit_block_size) {
      fill(*first, rows, begin);
      run(kernels[0], *first);
      for (const bool one : {false, true}) {
        first->arrivals.one_orbit = one;
        kernels[0].move(first->orbits, first->arrivals);
        for (const auto& kernel : kernels) {
          CAPTURE(kernel.name);
          fill(*other, rows, begin);
          other->arrivals.one_orbit = one;
          run(kernel, *other);
          REQUIRE(same(first->arrivals, other->arrivals));
        }
      }
      for (std::size_t i = 0; i < detail::orbit_block_size; ++i) good += first->arrivals.good[i];
    }
    CHECK(good > rows.size() / 4);
  }

  TEST_CASE("a hundred periods keep the digits for any eccentricity up to 0.999") {
    Draw draw(72);
    Rows rows;
    for (int i = 0; i < 750; ++i) {
      const double e = i % 3 == 0 ? draw.uniform(0, 0.9) : i % 3 == 1 ? 1 - draw.decade(-3, -1) : draw.decade(-17, -1);
      rows.add(on_conic(draw, 1 - e, e, draw.uniform(-pi, pi)), 1.0, draw.uniform(-200 * pi, 200 * pi));
    }
    CHECK(worst_miss(rows) <= few_roundings);
  }

  TEST_CASE("the way from one apsis of a slender orbit to the other keeps the digits") {
    Draw draw(73);
    Rows rows;
    for (int i = 0; i < 300; ++i) {
      const double e = 1 - draw.decade(-3.3, -1);
      const double near_half = pi * (1 + draw.uniform(-1, 1) * draw.decade(-9, -1));
      rows.add(on_conic(draw, 1 - e, e, i % 2 == 0 ? pi : 0.0), 1.0, i % 4 < 2 ? near_half : -near_half);
    }
    CHECK(worst_miss(rows) <= few_roundings);
  }

  TEST_CASE("short times keep the digits") {
    Draw draw(74);
    Rows rows;
    for (int i = 0; i < 300; ++i) {
      const double e = draw.uniform(0, 0.999);
      rows.add(on_conic(draw, 1 - e, e, draw.uniform(-pi, pi)), 1.0, draw.uniform(-1, 1) * draw.decade(-20, 0));
    }
    CHECK(worst_miss(rows) <= few_roundings);
  }

  TEST_CASE("units in metres and seconds change nothing") {
    Draw draw(75);
    Rows rows;
    for (int i = 0; i < 150; ++i) {
      const double e = draw.uniform(0, 0.99), size = draw.decade(6, 13), mu = draw.decade(10, 21);
      State start = on_conic(draw, 1 - e, e, draw.uniform(-pi, pi));
      start = {size * start.position, std::sqrt(mu / size) * start.velocity};
      rows.add(start, mu, draw.uniform(-20, 20) * std::sqrt(size / mu) * size);
    }
    CHECK(worst_miss(rows) <= few_roundings);
  }

  TEST_CASE("batches of every length have the bits of their rows alone") {
    const Rows rows = mixture(200);
    for (std::size_t n = 1; n <= rows.size(); n += n < 20 ? 1 : 23) {
      std::vector<double> position(3 * n), velocity(3 * n);
      std::vector<PropagationStatus> status(n);
      propagate_each(std::span(rows.position).first(3 * n), std::span(rows.velocity).first(3 * n),
                     std::span(rows.mu).first(n), std::span(rows.time).first(n), {position, velocity, {}, status});
      for (std::size_t i = 0; i < n; ++i) {
        const PropagationResult alone = Orbit(rows.start(i), rows.mu[i]).try_at(rows.time[i]);
        REQUIRE(alone.status == status[i]);
        if (alone.status != PropagationStatus::done) continue;
        for (std::size_t k = 0; k < 3; ++k) {
          CHECK(same(alone.state.position[k], position[3 * i + k]));
          CHECK(same(alone.state.velocity[k], velocity[3 * i + k]));
        }
      }
    }
  }
}
