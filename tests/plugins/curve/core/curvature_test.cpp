// Curvature from derivatives: definitions, published values, and 113-bit oracles.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/curvature.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numbers>

#include "tests/plugins/curve/core/known_curves.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

Quad minor(const Rows& r, std::size_t i, std::size_t j) {
  return static_cast<Quad>(r[0][i]) * static_cast<Quad>(r[1][j]) -
         static_cast<Quad>(r[0][j]) * static_cast<Quad>(r[1][i]);
}

struct Exact {
  Quad speed;
  Quad curvature;
  Quad torsion;
};

Exact exact_space(const Rows& r) {
  const Quad x = minor(r, 1, 2);
  const Quad y = minor(r, 2, 0);
  const Quad z = minor(r, 0, 1);
  const Quad area = x * x + y * y + z * z;
  Quad square = 0;
  for (const double c : r[0]) {
    square += static_cast<Quad>(c) * static_cast<Quad>(c);
  }
  const Quad speed = sqrt_quad(square);
  const Quad triple = x * static_cast<Quad>(r[2][0]) + y * static_cast<Quad>(r[2][1]) + z * static_cast<Quad>(r[2][2]);
  return {speed, sqrt_quad(area) / (square * speed), triple / area};
}

// The first two curvatures from the minors of the Gram matrix of three derivatives, in any dimension.
std::array<Quad, 2> exact_general(const Rows& r) {
  Quad gram[3][3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t c = 0; c < r[i].size(); ++c) {
        gram[i][j] += static_cast<Quad>(r[i][c]) * static_cast<Quad>(r[j][c]);
      }
    }
  }
  const auto cofactor = [&](std::size_t i, std::size_t j) { return gram[1][i] * gram[2][j] - gram[1][j] * gram[2][i]; };
  const Quad one = gram[0][0];
  const Quad two = gram[0][0] * gram[1][1] - gram[0][1] * gram[0][1];
  const Quad three = gram[0][0] * cofactor(1, 2) - gram[0][1] * cofactor(0, 2) + gram[0][2] * cofactor(0, 1);
  return {sqrt_quad(two / one) / one, sqrt_quad(three) / two};
}

constexpr std::size_t trials = 5000;

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/curvature");

TEST_CASE("the ellipse has the published curvature") {
  const double published = 0.400703391821629079;
  const FrenetData g = geometry_of(ellipse(0.7), 1, 2);
  CHECK(std::abs(g.curvature[0] - published) <= ulps(4, published));
  CHECK(std::abs(geometry_of(ellipse(0.0), 1, 2).curvature[0] - 0.75) <= ulps(1, 0.75));
  CHECK(std::abs(geometry_of(ellipse(std::numbers::pi / 2.0), 1, 2).curvature[0] - 2.0 / 9.0) <= ulps(2, 2.0 / 9.0));
}

TEST_CASE("the twisted cubic has the published curvature and torsion") {
  const FrenetData g = geometry_of(twisted_cubic(1.0), 1, 3);
  CHECK(std::abs(g.curvature[0] - 0.166423535003062148) <= ulps(2, 0.1664));
  CHECK(std::abs(g.torsion[0] - 3.0 / 19.0) <= ulps(2, 3.0 / 19.0));
  CHECK(std::abs(g.speed[0] - std::sqrt(14.0)) <= ulps(1, 3.7));
}

TEST_CASE("Viviani's curve has the closed-form curvature and torsion") {
  const FrenetData g = geometry_of(viviani(0.7), 1, 3);
  CHECK(std::abs(g.curvature[0] - 0.535362385507745) < 1e-15);
  CHECK(std::abs(g.torsion[0] - 0.368513288351258) < 1e-15);
}

TEST_CASE("the Salkowski curve has curvature one and the torsion of its closed form") {
  const double m = 0.25;
  const double n = m / std::sqrt(1.0 + m * m);
  for (const double t : {-1.1, 0.2, 1.3, 2.9}) {
    const FrenetData g = geometry_of(salkowski(m, t), 1, 3);
    CHECK(std::abs(g.curvature[0] - 1.0) <= 4e-15);
    CHECK(std::abs(g.torsion[0] + std::tan(n * t)) <= 1e-14);
  }
  const FrenetData g = geometry_of(salkowski(m, 1.3), 1, 3);
  CHECK(std::abs(g.torsion[0] + 0.326177249831) < 1e-12);
  CHECK(std::abs(g.speed[0] - 0.922318874161) < 1e-12);
}

TEST_CASE("a right-handed helix has positive torsion and its mirror image negative") {
  const double t = 0.9;
  const double a = 1.6;
  const double b = 0.8;
  Rows helix{{-a * std::sin(t), a * std::cos(t), b},
             {-a * std::cos(t), -a * std::sin(t), 0.0},
             {a * std::sin(t), -a * std::cos(t), 0.0}};
  CHECK(std::abs(geometry_of(helix, 1, 3).torsion[0] - b / (a * a + b * b)) < 1e-15);
  CHECK(std::abs(geometry_of(helix, 1, 3).curvature[0] - a / (a * a + b * b)) < 1e-15);
  helix[0][2] = -b;
  CHECK(std::abs(geometry_of(helix, 1, 3).torsion[0] + b / (a * a + b * b)) < 1e-15);
}

TEST_CASE("signed curvature is positive when the plane curve turns to the left") {
  CHECK(geometry_of(ellipse(0.7), 1, 2).signed_curvature[0] > 0.0);
  Rows clockwise = ellipse(0.7);
  clockwise[0] = {-clockwise[0][0], -clockwise[0][1]};
  const FrenetData g = geometry_of(clockwise, 1, 2);
  CHECK(g.signed_curvature[0] < 0.0);
  CHECK(g.curvature[0] == -g.signed_curvature[0]);
  CHECK(g.curvatures[0] == g.signed_curvature[0]);
}

TEST_CASE("plane and space agree with 113-bit arithmetic to a few ulp") {
  std::mt19937_64 generator(11);
  std::uniform_real_distribution<double> lean(-1.0, 1.0);
  double speed = 0.0;
  double curvature = 0.0;
  double torsion = 0.0;
  for (std::size_t i = 0; i < trials; ++i) {
    Rows r = random_rows(generator, 3, 3);
    const double tilt = std::pow(10.0, -12.0 * std::abs(lean(generator)));
    for (std::size_t c = 0; c < 3; ++c) {
      r[1][c] = 0.3 * r[0][c] + tilt * r[1][c];
      r[2][c] = r[2][c] * tilt + 0.7 * r[1][c] - r[0][c];
    }
    const Exact exact = exact_space(r);
    const FrenetData g = geometry_of(r, 1, 3);
    speed = std::max(speed, error_in_ulps(g.speed[0], exact.speed));
    curvature = std::max(curvature, error_in_ulps(g.curvature[0], exact.curvature));
    torsion = std::max(torsion, error_in_ulps(g.torsion[0], exact.torsion));
    CHECK(orthonormality_defect(g, 0) < frame_rounding);
  }
  INFO("worst error in ulp: speed " << speed << ", curvature " << curvature << ", torsion " << torsion);
  CHECK(speed <= 0.51);
  CHECK(curvature <= 5.0);
  CHECK(torsion <= 6.0);
}

TEST_CASE("four and more dimensions agree with 113-bit arithmetic to an ulp") {
  std::mt19937_64 generator(15);
  std::uniform_real_distribution<double> lean(0.0, 1.0);
  double first = 0.0;
  double second = 0.0;
  for (std::size_t i = 0; i < trials; ++i) {
    const std::size_t d = 4 + i % 3;
    Rows r = random_rows(generator, 3, d);
    // The Gram matrix of the oracle loses four times the digits that the tilt takes, so this stays mild.
    const double tilt = std::pow(10.0, -2.0 * lean(generator));
    for (std::size_t c = 0; c < d; ++c) {
      r[1][c] = 0.3 * r[0][c] + tilt * r[1][c];
      r[2][c] = r[2][c] * tilt + 0.7 * r[1][c] - r[0][c];
    }
    const std::array<Quad, 2> exact = exact_general(r);
    const FrenetData g = geometry_of(r, 1, d);
    first = std::max(first, error_in_ulps(g.curvatures[0], exact[0]));
    second = std::max(second, error_in_ulps(g.curvatures[1], exact[1]));
  }
  CHECK(first <= 0.6);
  CHECK(second <= 0.6);
}

TEST_CASE("a space curve put into four and five dimensions keeps its curvatures") {
  std::mt19937_64 generator(12);
  for (const std::size_t d : {4U, 5U}) {
    for (unsigned i = 0; i < 200; ++i) {
      const Rows r = random_rows(generator, 3, 3);
      Rows wide(3, std::vector<double>(d, 0.0));
      for (std::size_t k = 0; k < 3; ++k) {
        std::copy(r[k].begin(), r[k].end(), wide[k].begin());
      }
      const FrenetData space = geometry_of(r, 1, 3);
      const FrenetData general = geometry_of(wide, 1, d);
      CHECK(std::abs(general.curvature[0] - space.curvature[0]) <= ulps(8, space.curvature[0]));
      CHECK(std::abs(general.curvatures[1] - std::abs(space.torsion[0])) <= ulps(8, space.torsion[0]));
      CHECK(general.status[0] == PointStatus::ok);
      CHECK(general.rank[0] == (d == 4 ? 4 : 3));
      CHECK(orthonormality_defect(general, 0) < frame_rounding);
    }
  }
}

TEST_CASE("a sinusoidal position code has constant generalised curvatures in six dimensions") {
  const std::array<double, 3> rate{1.0, 0.4, 0.1};
  const FrenetData first = geometry_of(positional(rate, 0.0, 6), 1, 6);
  CHECK(first.curvature_count == 5);
  CHECK(first.rank[0] == 6);
  for (const double t : {0.3, 1.7, 40.0}) {
    const FrenetData g = geometry_of(positional(rate, t, 6), 1, 6);
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK(std::abs(g.curvatures[i] - first.curvatures[i]) <= 2e-11 * std::abs(first.curvatures[i]));
    }
    CHECK(orthonormality_defect(g, 0) < frame_rounding);
  }
}

TEST_CASE("the three curvatures of a torus curve in four dimensions match their closed form") {
  // r = (cos wt, sin wt, cos ut, sin ut): the Gram matrix of its derivatives is constant, and its minors give these.
  const double w = 1.0;
  const double u = 0.5;
  const FrenetData g = geometry_of(positional(std::array<double, 2>{w, u}, 0.8, 4), 1, 4);
  const double square = w * w + u * u;
  const double first = std::sqrt(w * w * w * w + u * u * u * u) / square;
  const double second = w * u * (w * w - u * u) / (square * std::sqrt(w * w * w * w + u * u * u * u));
  const double third = w * u / std::sqrt(w * w * w * w + u * u * u * u);
  CHECK(std::abs(g.curvatures[0] - first) < 4e-15);
  CHECK(std::abs(g.curvatures[1] - second) < 4e-15);
  CHECK(std::abs(std::abs(g.curvatures[2]) - third) < 4e-15);
}

TEST_SUITE_END();
