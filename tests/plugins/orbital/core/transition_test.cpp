// The state-transition matrix: differences of a 113-bit propagation, its symplectic structure, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
using Matrix = std::array<double, 36>;

double entry(const Matrix& m, std::size_t i, std::size_t j) { return m[6 * i + j]; }

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

/// One column of the matrix by a central difference of step 1e-13 in 113 bits.
std::array<double, 6> difference(const State& start, double dt, std::size_t column) {
  const Quad step = Quad(1e-13);
  std::array<quad::Motion, 2> ends;
  for (std::size_t side = 0; side < 2; ++side) {
    quad::Triple r = quad::widen(start.position), v = quad::widen(start.velocity);
    (column < 3 ? r[column] : v[column - 3]) += side == 0 ? -step : step;
    ends[side] = quad::propagate(r, v, 1, dt);
  }
  std::array<double, 6> result{};
  for (std::size_t k = 0; k < 3; ++k) {
    result[k] = static_cast<double>((ends[1].position[k] - ends[0].position[k]) / (2 * step));
    result[3 + k] = static_cast<double>((ends[1].velocity[k] - ends[0].velocity[k]) / (2 * step));
  }
  return result;
}

double largest(const Matrix& m) {
  double most = 0.0;
  for (const double value : m) most = std::max(most, std::fabs(value));
  return most;
}

/// The worst difference of an entry, relative to the largest one.
double miss(const State& start, double dt) {
  const TransitionResult result = Orbit(start, 1.0).try_transition(dt);
  REQUIRE(result.status == PropagationStatus::done);
  double worst = 0.0;
  for (std::size_t j = 0; j < 6; ++j) {
    const std::array<double, 6> column = difference(start, dt, j);
    for (std::size_t i = 0; i < 6; ++i) worst = std::max(worst, std::fabs(entry(result.matrix, i, j) - column[i]));
  }
  return worst / largest(result.matrix);
}

/// Largest entry of Phi^T J Phi - J, relative to the products that cancel in it.
double symplectic_defect(const Matrix& m) {
  double worst = 0.0;
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) {
      Quad sum = 0, size = 1;
      for (std::size_t k = 0; k < 3; ++k) {
        const Quad plus = Quad(entry(m, k, i)) * entry(m, 3 + k, j), minus = Quad(entry(m, 3 + k, i)) * entry(m, k, j);
        sum += plus - minus;
        size += quad::abs(plus) + quad::abs(minus);
      }
      const Quad wanted = j == i + 3 ? 1 : i == j + 3 ? -1 : 0;
      worst = std::max(worst, static_cast<double>(quad::abs(sum - wanted) / size));
    }
  return worst;
}

/// The determinant by elimination in 113 bits.
Quad determinant(const Matrix& m) {
  std::array<std::array<Quad, 6>, 6> a;
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) a[i][j] = entry(m, i, j);
  Quad product = 1;
  for (std::size_t c = 0; c < 6; ++c) {
    std::size_t pivot = c;
    for (std::size_t i = c + 1; i < 6; ++i)
      if (quad::abs(a[i][c]) > quad::abs(a[pivot][c])) pivot = i;
    if (pivot != c) product = -product;
    std::swap(a[pivot], a[c]);
    product *= a[c][c];
    for (std::size_t i = c + 1; i < 6; ++i) {
      const Quad factor = a[i][c] / a[c][c];
      for (std::size_t j = c; j < 6; ++j) a[i][j] -= factor * a[c][j];
    }
  }
  return product;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/transition") {
  TEST_CASE("the matrix is the derivative of the motion") {
    Draw draw(81);
    double closed = 0.0, open = 0.0, slender = 0.0;
    for (int i = 0; i < 12; ++i) {
      const double e = draw.uniform(0, 0.9);
      closed = std::max(closed, miss(on_conic(draw, 1 - e, e, draw.uniform(-pi, pi)), draw.uniform(-40, 40)));
      open = std::max(open, miss(on_conic(draw, 1, draw.uniform(1.05, 3), draw.uniform(-1, 1)), draw.uniform(-9, 9)));
      const double one_minus_e = draw.uniform(-1, 1) * draw.decade(-6, -2);
      slender = std::max(slender, miss(on_conic(draw, 1, 1 - one_minus_e, draw.uniform(-2, 2)), draw.uniform(-9, 9)));
    }
    CHECK(closed <= 1e-15);
    CHECK(open <= 1e-15);
    CHECK(slender <= 1e-15);
  }

  TEST_CASE("short and long times keep the digits") {
    Draw draw(82);
    double brief = 0.0, late = 0.0;
    for (int i = 0; i < 8; ++i) {
      const double e = draw.uniform(0, 0.9);
      const State start = on_conic(draw, 1 - e, e, draw.uniform(-pi, pi));
      brief = std::max(brief, miss(start, draw.decade(-8, -1)));
      late = std::max(late, miss(start, draw.uniform(50, 100) * 2 * pi));
    }
    CHECK(brief <= 1e-15);
    CHECK(late <= 1e-15);
  }

  TEST_CASE("the matrix is symplectic and has determinant one") {
    Draw draw(83);
    double worst = 0.0, volume = 0.0;
    for (int i = 0; i < 400; ++i) {
      const double e = draw.uniform(0, 2);
      const Orbit orbit(on_conic(draw, 1, e, draw.uniform(-1.5, 1.5)), 1.0);
      const TransitionResult result = orbit.try_transition(draw.uniform(-30, 30));
      REQUIRE(result.status == PropagationStatus::done);
      worst = std::max(worst, symplectic_defect(result.matrix));
      const double size = largest(result.matrix);
      volume = std::max(volume, std::fabs(static_cast<double>(determinant(result.matrix)) - 1) / (size * size));
    }
    CHECK(worst <= 4e-16);
    CHECK(volume <= 1e-14);
  }

  TEST_CASE("no time at all changes nothing") {
    const TransitionResult result = Orbit({{1, 0, 0}, {0, 1.1, 0}}, 1.0).try_transition(0.0);
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 6; ++j) CHECK(entry(result.matrix, i, j) == (i == j ? 1.0 : 0.0));
  }

  TEST_CASE("there and back again is the identity") {
    Draw draw(84);
    for (int i = 0; i < 100; ++i) {
      const State start = on_conic(draw, 1, draw.uniform(0, 1.5), draw.uniform(-1, 1));
      const double dt = draw.uniform(-5, 5);
      const TransitionResult there = Orbit(start, 1.0).try_transition(dt);
      const TransitionResult back = Orbit(there.state, 1.0).try_transition(-dt);
      const double size = largest(there.matrix) * largest(back.matrix);
      for (std::size_t r = 0; r < 6; ++r)
        for (std::size_t c = 0; c < 6; ++c) {
          double sum = 0.0;
          for (std::size_t k = 0; k < 6; ++k) sum += entry(back.matrix, r, k) * entry(there.matrix, k, c);
          CHECK(std::fabs(sum - (r == c ? 1.0 : 0.0)) <= 1e-14 * size);
        }
    }
  }

  TEST_CASE("units in metres and seconds only scale the blocks") {
    const State start{{1.25, 0.5, 0}, {-0.25, 1, 0.5}};
    const TransitionResult plain = Orbit(start, 1.0).try_transition(3.0);
    const double length = 0x1p40, time = 0x1p20;
    const TransitionResult scaled =
        Orbit({length * start.position, length / time * start.velocity}, length * length * length / (time * time))
            .try_transition(3.0 * time);
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 6; ++j) {
        const double unit = i < 3 && j >= 3 ? time : i >= 3 && j < 3 ? 1 / time : 1.0;
        CHECK(entry(scaled.matrix, i, j) == unit * entry(plain.matrix, i, j));
      }
  }

  TEST_CASE("what cannot be propagated has a status and no matrix") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(Orbit({{1, 0, 0}, {0, 1, 0}}, 1.0).try_transition(nan).status == PropagationStatus::not_finite);
    CHECK(Orbit({{0, 0, 0}, {0, 1, 0}}, 1.0).try_transition(1.0).status == PropagationStatus::zero_radius);
    CHECK(Orbit({{1, 0, 0}, {0, 1, 0}}, -1.0).try_transition(1.0).status == PropagationStatus::bad_gravity);
    CHECK(Orbit({{1, 0, 0}, {0, 1, 0}}, 1.0).try_transition(1e300).status == PropagationStatus::phase_lost);
  }
}
