// Mates of curves that are built from natural equations with known constants, checked by their own frames.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/mates.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "plugins/curve/core/gauss_nodes.hpp"
#include "plugins/curve/core/named_curves.hpp"
#include "plugins/curve/core/reconstruct.hpp"
#include "plugins/curve/core/samples.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::evenly;
using test::message_of;

struct Built {
  std::vector<double> points;
  FrenetData geometry;
};

// A curve with the given curvature and torsion by arc length; frames from the reconstruction.
template <class Kappa, class Tau>
Built built(const Kappa& kappa, const Tau& tau, std::size_t n, double length, double size = 1.0) {
  const std::vector<double> s = evenly(0.0, length, n), nodes = gauss_nodes(s, 3);
  std::vector<double> k, t, scaled(s);
  for (const double x : nodes) k.push_back(kappa(x) / size), t.push_back(tau(x) / size);
  for (double& x : scaled) x *= size;
  const SpaceCurve curve =
      reconstruct_space({.parameter = scaled, .curvature = k, .torsion = t, .speed = {}}, {}, Integrator::magnus6);
  Built b{curve.position, {}};
  b.geometry.n = n;
  b.geometry.d = 3;
  for (const double x : s) b.geometry.curvature.push_back(kappa(x) / size), b.geometry.torsion.push_back(tau(x) / size);
  b.geometry.frame = curve.frame;
  b.geometry.status.assign(n, PointStatus::ok);
  return b;
}

FrenetData geometry_of(const CurveTable& table) {
  const std::array<std::span<const double>, 3> d{table.derivatives[0], table.derivatives[1], table.derivatives[2]};
  return curvature_from_derivatives(d, table.n, 3);
}

// Principal normals and binormals of sampled points, by splines of degree 7; ends, where they are poor, left out.
FrenetData frames_of(std::span<const double> points, std::size_t n) {
  return curvature_from_samples({.points = points, .n = n, .d = 3, .parameter = {}},
                                {.source = DerivativeSource::finite_difference, .order = 8});
}

double parallel(const double* a, const double* b) { return 1.0 - std::abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]); }

}  // namespace

TEST_SUITE("plugins/curve/core/mates") {
  TEST_CASE("a Bertrand curve and its mate have their principal normals in common") {
    for (const double size : {1.0, 1e-9, 1e12}) {
      const double a = 0.7, b = 1.3;
      const auto kappa = [](double s) { return 0.6 + 0.25 * std::sin(1.7 * s); };
      const auto tau = [&](double s) { return (1.0 - a * kappa(s)) / b; };
      const Built curve = built(kappa, tau, 2001, 8.0, size);
      const Mate mate = bertrand_mate(curve.points, curve.geometry);
      CHECK(mate.kind == MateKind::one);
      CHECK(mate.holds);
      CHECK(mate.max_residual <= 1e-13);
      CHECK(mate.distance == doctest::Approx(a * size).epsilon(2e-13));
      CHECK(mate.cofactor == doctest::Approx(b * size).epsilon(2e-13));
      CHECK(mate.angle == doctest::Approx(std::atan2(a, b)).epsilon(1e-12));
      const FrenetData own = frames_of(mate.points, 2001);
      for (std::size_t i = 10; i + 10 < 2001; ++i) {
        CHECK(parallel(&own.frame[9 * i + 3], &curve.geometry.frame[9 * i + 3]) <= 1e-12);
        CHECK(parallel(&own.frame[9 * i], &mate.tangents[3 * i]) <= 1e-12);
        const double cosine = own.frame[9 * i] * curve.geometry.frame[9 * i] +
                              own.frame[9 * i + 1] * curve.geometry.frame[9 * i + 1] +
                              own.frame[9 * i + 2] * curve.geometry.frame[9 * i + 2];
        CHECK(cosine == doctest::Approx(std::cos(mate.angle)).epsilon(1e-8));
      }
    }
  }

  TEST_CASE("the binormals of a Mannheim mate are the principal normals of the curve") {
    const double a = 0.8;
    const auto phi = [](double s) { return 0.9 + 0.4 * std::sin(s); };
    const auto kappa = [&](double s) { return std::pow(std::cos(phi(s)), 2) / a; };
    const auto tau = [&](double s) { return std::sin(phi(s)) * std::cos(phi(s)) / a; };
    const Built curve = built(kappa, tau, 2001, 6.0);
    const Mate mate = mannheim_mate(curve.points, curve.geometry);
    CHECK(mate.kind == MateKind::one);
    CHECK(mate.holds);
    CHECK(mate.distance == doctest::Approx(a).epsilon(2e-13));
    const FrenetData own = frames_of(mate.points, 2001);
    for (std::size_t i = 10; i + 10 < 2001; ++i) {
      CHECK(parallel(&own.frame[9 * i + 6], &curve.geometry.frame[9 * i + 3]) <= 1e-11);
      CHECK(parallel(&own.frame[9 * i], &mate.tangents[3 * i]) <= 1e-12);
    }
    CHECK_FALSE(bertrand_mate(curve.points, curve.geometry).holds);
  }

  TEST_CASE("a curve of constant curvature is the Bertrand mate of the curve of its centres") {
    const std::vector<double> t = evenly(-1.0, 1.0, 101);
    const CurveTable salkowski = evaluate({.name = CurveName::salkowski, .a = 2.0, .m = 0.3}, t, 3);
    const FrenetData g = geometry_of(salkowski);
    const Mate mate = bertrand_mate(salkowski.points, g);
    CHECK(mate.holds);
    CHECK(mate.distance == doctest::Approx(2.0).epsilon(1e-13));
    CHECK(std::abs(mate.cofactor) <= 1e-12);
    CHECK(std::abs(mate.angle) == doctest::Approx(std::numbers::pi / 2.0).epsilon(1e-12));
    CHECK(test::distance(mate.points, centres_of_curvature(salkowski.points, g)) <= 4e-14);
    // Its torsion vanishes in the middle, and the mate stands still there.
    CHECK(mate.status[50] == 3);
    CHECK_FALSE(mannheim_mate(salkowski.points, g).holds);
  }

  TEST_CASE("a helix has mates at every distance and its axis for Mannheim's") {
    const std::vector<double> t = evenly(0.0, 9.0, 50);
    const CurveTable helix = evaluate({.name = CurveName::helix, .a = 3.0, .b = -0.5}, t, 3);
    const FrenetData g = geometry_of(helix);
    const Mate other = bertrand_mate(helix.points, g);
    CHECK(other.kind == MateKind::helix);
    CHECK(other.holds);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CHECK(other.points[3 * i] == doctest::Approx(-helix.points[3 * i]).epsilon(1e-13));
      CHECK(other.points[3 * i + 1] == doctest::Approx(-helix.points[3 * i + 1]).epsilon(1e-13));
      CHECK(other.points[3 * i + 2] == doctest::Approx(helix.points[3 * i + 2]).epsilon(1e-13));
    }
    for (const double distance : {-1.0, 0.3, 8.0}) {
      const Mate mate = bertrand_mate(helix.points, g, {.distance = distance});
      CHECK(mate.holds);
      CHECK(std::hypot(mate.points[0], mate.points[1]) == doctest::Approx(std::abs(3.0 - distance)).epsilon(1e-14));
    }
    const Mate axis = mannheim_mate(helix.points, g);
    CHECK(axis.kind == MateKind::helix);
    CHECK(axis.holds);
    for (std::size_t i = 0; i < t.size(); ++i) CHECK(std::hypot(axis.points[3 * i], axis.points[3 * i + 1]) <= 1e-14);
  }

  TEST_CASE("plane curves have parallels and a circle the mate of Mannheim that is a point") {
    const std::vector<double> t = evenly(0.0, 6.0, 40);
    const CurveTable circle = evaluate({.name = CurveName::small_circle, .a = 2.0, .angle = 0.6}, t, 3);
    const FrenetData g = geometry_of(circle);
    CHECK(message_of([&] { bertrand_mate(circle.points, g); }) ==
          "a plane curve has a Bertrand mate at every distance, its parallel curves; give 'distance'");
    const Mate parallel_curve = bertrand_mate(circle.points, g, {.distance = 0.5});
    CHECK(parallel_curve.kind == MateKind::plane);
    CHECK(parallel_curve.holds);
    const Mate point = mannheim_mate(circle.points, g);
    CHECK(point.kind == MateKind::plane);
    CHECK(point.holds);
    CHECK(point.distance == doctest::Approx(2.0 * std::sin(0.6)).epsilon(1e-14));
    CHECK(point.status[7] == 3);
  }

  TEST_CASE("a curve without the condition is told from one with it") {
    const std::vector<double> t = evenly(0.1, 1.5, 60);
    const CurveTable cubic = evaluate({.name = CurveName::twisted_cubic}, t, 3);
    const FrenetData g = geometry_of(cubic);
    const Mate bertrand = bertrand_mate(cubic.points, g), mannheim = mannheim_mate(cubic.points, g);
    CHECK(bertrand.kind == MateKind::none);
    CHECK(bertrand.max_residual > 1e-3);
    CHECK(mannheim.kind == MateKind::none);
    CHECK(mannheim.max_residual > 1e-3);
    // The constants are the best: a slightly different pair is worse.
    const auto squares = [&](double a, double b) {
      double sum = 0.0;
      for (std::size_t i = 0; i < t.size(); ++i) sum += std::pow(a * g.curvature[i] + b * g.torsion[i] - 1.0, 2);
      return std::sqrt(sum / static_cast<double>(t.size()));
    };
    const double best = squares(bertrand.distance, bertrand.cofactor);
    CHECK(best == doctest::Approx(bertrand.rms_residual).epsilon(1e-12));
    for (const double da : {-1e-4, 0.0, 1e-4})
      for (const double db : {-1e-4, 0.0, 1e-4})
        CHECK(best <= squares(bertrand.distance + da, bertrand.cofactor + db) + 1e-15);
  }

  TEST_CASE("samples without a normal and bad options are refused or marked") {
    const std::vector<double> line{0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0};
    const std::vector<double> v{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, zero(9, 0.0);
    const std::array<std::span<const double>, 3> d{v, zero, zero};
    const FrenetData straight = curvature_from_derivatives(d, 3, 3);
    CHECK(message_of([&] { bertrand_mate(line, straight); }) ==
          "a mate needs at least 2 samples with a principal normal; of 3 there are 0");
    const std::vector<double> t = evenly(-1.0, 1.0, 21);
    const CurveTable helix = evaluate({.name = CurveName::helix}, t, 3);
    FrenetData g = geometry_of(helix);
    CHECK(message_of([&] { bertrand_mate(helix.points, g, {.distance = 0.0}); }) ==
          "distance must be finite and not 0; it is 0");
    CHECK(message_of([&] { mannheim_mate(helix.points, g, {.tolerance = 0.0, .distance = {}}); }) ==
          "tolerance must be positive; it is 0");
    g.status[4] = PointStatus::straight;
    const Mate mate = bertrand_mate(helix.points, g);
    CHECK(mate.status[4] == 2);
    CHECK(std::isinf(mate.points[12]));
    CHECK_FALSE(mate.holds);
  }
}

}  // namespace orrery::curve
