// Curvature from samples: measured orders, closed curves, noise floors, invariances, bad input.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/samples.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;

std::vector<double> ellipse(double t) { return {3.0 * std::cos(t), 2.0 * std::sin(t)}; }

double ellipse_curvature(double t) {
  return 6.0 / std::pow(9.0 * std::sin(t) * std::sin(t) + 4.0 * std::cos(t) * std::cos(t), 1.5);
}

std::vector<double> knot(double t) { return {std::sin(2.0 * t), std::cos(3.0 * t), std::sin(t) + 0.3 * t}; }

struct CurvatureAndTorsion {
  double curvature;
  double torsion;
};

CurvatureAndTorsion exact_knot(double t) {
  const std::array<std::vector<double>, 3> r{
      std::vector<double>{2.0 * std::cos(2.0 * t), -3.0 * std::sin(3.0 * t), std::cos(t) + 0.3},
      std::vector<double>{-4.0 * std::sin(2.0 * t), -9.0 * std::cos(3.0 * t), -std::sin(t)},
      std::vector<double>{-8.0 * std::cos(2.0 * t), 27.0 * std::sin(3.0 * t), -std::cos(t)}};
  const std::vector<std::span<const double>> spans(r.begin(), r.end());
  const FrenetData g = curvature_from_derivatives(spans, 1, 3);
  return {g.curvature[0], g.torsion[0]};
}

// A grid whose spacing changes by a factor of about three.
std::vector<double> stretched(std::size_t n, double first, double last) {
  std::vector<double> t = evenly(0.0, 1.0, n);
  for (double& x : t) {
    x = first + (last - first) * (x + 0.5 * x * x) / 1.5;
  }
  return t;
}

CurvatureAndTorsion worst_error(std::size_t n, bool uniform, const DifferentiationOptions& options) {
  const std::vector<double> t = uniform ? evenly(0.2, 1.6, n) : stretched(n, 0.2, 1.6);
  const std::vector<double> points = sample(knot, t);
  SampledCurve curve{points, n, 3, {}, 1.4 / static_cast<double>(n - 1), false, 0.0};
  if (!uniform) {
    curve.parameter = t;
  }
  const FrenetData g = curvature_from_samples(curve, options);
  CurvatureAndTorsion worst{0.0, 0.0};
  for (std::size_t row = 0; row < n; ++row) {
    const CurvatureAndTorsion exact = exact_knot(t[row]);
    worst.curvature = std::max(worst.curvature, std::abs(g.curvature[row] - exact.curvature));
    worst.torsion = std::max(worst.torsion, std::abs(g.torsion[row] - exact.torsion));
  }
  return worst;
}

// One entry for each of the first three derivatives of exp t.
std::vector<double> worst_derivative_errors(std::size_t n, bool uniform, std::size_t order) {
  const std::vector<double> t = uniform ? evenly(0.0, 3.0, n) : stretched(n, 0.0, 3.0);
  const std::vector<double> points = sample([](double x) { return std::vector<double>{std::exp(x)}; }, t);
  SampledCurve curve{points, n, 1, {}, 3.0 / static_cast<double>(n - 1), false, 0.0};
  if (!uniform) {
    curve.parameter = t;
  }
  const DerivativeTable table = differentiate(curve, {DerivativeSource::finite_difference, order, 5, 3});
  std::vector<double> worst(3, 0.0);
  for (std::size_t k = 1; k <= 3; ++k) {
    for (std::size_t row = 0; row < n; ++row) {
      worst[k - 1] = std::max(worst[k - 1], std::abs(table.by_parameter(k)[row] - std::exp(t[row])));
    }
  }
  return worst;
}

double worst_on_ellipse(std::size_t n, const DifferentiationOptions& options) {
  const std::vector<double> t = evenly(0.0, 2.0 * pi, n + 1);
  std::vector<double> points = sample(ellipse, t);
  points.resize(2 * n);
  const FrenetData g =
      curvature_from_samples({points, n, 2, {}, 2.0 * pi / static_cast<double>(n), true, 0.0}, options);
  double worst = 0.0;
  for (std::size_t row = 0; row < n; ++row) {
    worst = std::max(worst, std::abs(g.signed_curvature[row] - ellipse_curvature(t[row])));
  }
  return worst;
}

DifferentiationOptions differences(std::size_t order) { return {DerivativeSource::finite_difference, order, 5, 0}; }
DifferentiationOptions spline(std::size_t degree) { return {DerivativeSource::spline, 4, degree, 0}; }
const DifferentiationOptions spectral{DerivativeSource::spectral, 4, 5, 0};

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/samples");

TEST_CASE("each derivative converges at the order of the finite differences on even and uneven grids with the ends") {
  for (const bool uniform : {true, false}) {
    for (const std::size_t order : {2U, 4U, 6U, 8U}) {
      // Few samples for the high orders, lest rounding hide the slope; uneven stencils then reach it a little later.
      const std::size_t n = order <= 4 ? 65 : (order == 6 ? 33 : 25);
      const double slack = uniform ? 0.5 : 0.85;
      const std::vector<double> coarse = worst_derivative_errors(n, uniform, order);
      const std::vector<double> fine = worst_derivative_errors(2 * n - 1, uniform, order);
      for (std::size_t k = 0; k < coarse.size(); ++k) {
        CAPTURE(order);
        CAPTURE(uniform);
        CAPTURE(k);
        CHECK(std::log2(coarse[k] / fine[k]) > static_cast<double>(order) - slack);
      }
    }
  }
}

TEST_CASE("curvature and torsion converge at the order of the finite differences") {
  for (const bool uniform : {true, false}) {
    for (const std::size_t order : {2U, 4U, 6U}) {
      const std::size_t n = order <= 4 ? 97 : 49;
      const CurvatureAndTorsion coarse = worst_error(n, uniform, differences(order));
      const CurvatureAndTorsion fine = worst_error(2 * n - 1, uniform, differences(order));
      CAPTURE(order);
      CAPTURE(uniform);
      CHECK(std::log2(coarse.curvature / fine.curvature) > static_cast<double>(order) - 0.45);
      CHECK(std::log2(coarse.torsion / fine.torsion) > static_cast<double>(order) - 0.45);
    }
    const CurvatureAndTorsion eighth = worst_error(49, uniform, differences(8));
    CHECK(eighth.curvature < 1e-9);
    CHECK(eighth.torsion < 4e-7);
  }
}

TEST_CASE("splines converge at degree - 1 in curvature and degree - 2 in torsion") {
  for (const bool uniform : {true, false}) {
    for (const std::size_t degree : {3U, 5U, 7U}) {
      const CurvatureAndTorsion coarse = worst_error(49, uniform, spline(degree));
      const CurvatureAndTorsion fine = worst_error(97, uniform, spline(degree));
      CAPTURE(degree);
      CAPTURE(uniform);
      CHECK(std::log2(coarse.curvature / fine.curvature) > static_cast<double>(degree) - 1.0 - 0.2);
      CHECK(std::log2(coarse.torsion / fine.torsion) > static_cast<double>(degree) - 2.0 - 0.2);
    }
  }
}

TEST_CASE("closed curves converge everywhere with no seam") {
  for (const std::size_t order : {2U, 4U, 6U, 8U}) {
    const std::size_t n = order == 8 ? 48 : 96;
    const double rate =
        std::log2(worst_on_ellipse(n, differences(order)) / worst_on_ellipse(2 * n, differences(order)));
    CHECK(rate > static_cast<double>(order) - 0.4);
  }
  for (const std::size_t degree : {3U, 5U, 7U}) {
    const double rate = std::log2(worst_on_ellipse(40, spline(degree)) / worst_on_ellipse(80, spline(degree)));
    CHECK(rate > static_cast<double>(degree) - 1.4);
  }
}

TEST_CASE("spectral derivatives are exact for a trigonometric curve and any number of samples") {
  for (const std::size_t n : {4U, 5U, 16U, 21U, 64U, 100U}) {
    CAPTURE(n);
    CHECK(worst_on_ellipse(n, spectral) < 3e-14 * static_cast<double>(n));
  }
}

TEST_CASE("spectral errors fall faster than any power") {
  const auto egg = [](double t) {
    const double r = 1.0 / (1.5 + std::cos(t));
    return std::vector<double>{r * std::cos(t), r * std::sin(t)};
  };
  // An ellipse about its focus: kappa at t = 0 is 1 / p with p = 1 / 1.5.
  double last = 2.0;
  for (const std::size_t n : {16U, 32U, 64U}) {
    std::vector<double> points = sample(egg, evenly(0.0, 2.0 * pi, n + 1));
    points.resize(2 * n);
    const FrenetData g = curvature_from_samples({points, n, 2, {}, 1.0, true, 0.0}, spectral);
    const double error = std::abs(g.curvature[0] - 1.5);
    CHECK(error < last / 20.0);
    last = error;
  }
  CHECK(last < 1e-8);
}

TEST_CASE("closed uneven samples converge with finite differences and splines") {
  const auto worst = [](std::size_t n, const DifferentiationOptions& options) {
    std::vector<double> t = evenly(0.0, 2.0 * pi, n + 1);
    t.pop_back();
    for (double& x : t) {
      x += 0.3 * std::sin(x) - 5.0;
    }
    const std::vector<double> points = sample(ellipse, t);
    const FrenetData g = curvature_from_samples({points, n, 2, t, 1.0, true, 2.0 * pi}, options);
    double error = 0.0;
    for (std::size_t row = 0; row < n; ++row) {
      error = std::max(error, std::abs(g.curvature[row] - ellipse_curvature(t[row])));
    }
    return error;
  };
  CHECK(std::log2(worst(60, differences(4)) / worst(120, differences(4))) > 3.6);
  CHECK(std::log2(worst(60, differences(6)) / worst(120, differences(6))) > 5.6);
  CHECK(std::log2(worst(60, spline(5)) / worst(120, spline(5))) > 3.6);
}

TEST_CASE("the speed is that of the true parameter and derivatives come back by it") {
  const std::size_t n = 41;
  const std::vector<double> t = stretched(n, 10.0, 12.0);
  const std::vector<double> points = sample([](double x) { return std::vector<double>{x * x, 3.0 * x}; }, t);
  const SampledCurve curve{points, n, 2, t, 1.0, false, 0.0};
  const FrenetData g = curvature_from_samples(curve, differences(4));
  const DerivativeTable table = differentiate(curve, differences(4));
  for (std::size_t row = 0; row < n; ++row) {
    CHECK(std::abs(g.speed[row] - std::hypot(2.0 * t[row], 3.0)) < 1e-10);
    CHECK(std::abs(table.by_parameter(1)[2 * row] - 2.0 * t[row]) < 1e-10);
    CHECK(std::abs(table.by_parameter(2)[2 * row] - 2.0) < 1e-8);
  }
  CHECK(message_of([&] { (void)table.by_parameter(3); }) == "derivative must lie in [1, 2]; it is 3");
}

TEST_CASE("a straight line far from the origin is straight at every sample for every source") {
  const std::size_t n = 50;
  const std::vector<double> t = evenly(0.0, 7.0, n);
  const std::vector<double> points = sample(
      [](double x) {
        return std::vector<double>{1e4 + 0.3 * x, -2e3 + 0.7 * x, 11.0 - 0.1 * x};
      },
      t);
  for (const auto& options : {differences(2), differences(8), spline(3), spline(5), spline(7)}) {
    const FrenetData g = curvature_from_samples({points, n, 3, t, 1.0, false, 0.0}, options);
    CHECK(g.straight_count == n);
    CHECK(g.curvature == std::vector<double>(n, 0.0));
  }
}

TEST_CASE("a point sampled again and again is stationary") {
  const std::vector<double> points(20, 0.1);
  for (const auto& options : {differences(4), spline(5)}) {
    const FrenetData g = curvature_from_samples({points, 10, 2, {}, 1.0, false, 0.0}, options);
    CHECK(g.stationary_count == 10);
  }
}

TEST_CASE("a cusp at a sample is stationary and its neighbours are not") {
  const std::vector<double> t = evenly(-1.0, 1.0, 21);
  const std::vector<double> points = sample([](double x) { return std::vector<double>{x * x, x * x * x}; }, t);
  const FrenetData g = curvature_from_samples({points, 21, 2, {}, 0.1, false, 0.0}, differences(4));
  CHECK(g.stationary_count == 1);
  CHECK(g.status[10] == PointStatus::stationary);
  CHECK(g.curvature[11] > 5.0);
}

TEST_CASE("moving and scaling the samples moves and scales the geometry") {
  const std::size_t n = 64;
  std::vector<double> points = sample(
      [](double x) {
        return std::vector<double>{2.0 * std::cos(x), std::sin(x), std::cos(3.0 * x)};
      },
      evenly(0.0, 2.0 * pi, n + 1));
  points.resize(3 * n);
  std::vector<double> rotation = random_rotation(3, 8);
  const std::array<double, 3> shift{5.0, -3.0, 1.0};
  const double scale = 0.125;
  const std::vector<double> other = moved(points, rotation, scale, shift);
  for (const auto& options : {differences(6), spline(5), spectral}) {
    const FrenetData a = curvature_from_samples({points, n, 3, {}, 1.0, true, 0.0}, options);
    const FrenetData b = curvature_from_samples({other, n, 3, {}, 1.0, true, 0.0}, options);
    for (std::size_t row = 0; row < n; ++row) {
      CHECK(std::abs(b.curvature[row] * scale - a.curvature[row]) < 1e-9 * (1.0 + a.curvature[row]));
      CHECK(std::abs(std::abs(b.torsion[row]) * scale - std::abs(a.torsion[row])) <
            1e-8 * (1.0 + std::abs(a.torsion[row])));
    }
  }
}

TEST_CASE("reversing the samples turns the signed curvature and keeps the torsion") {
  const std::size_t n = 30;
  const std::vector<double> t = evenly(0.2, 1.6, n);
  const std::vector<double> forth = sample(knot, t);
  const std::vector<double> back = sample(knot, std::vector<double>(t.rbegin(), t.rend()));
  const FrenetData a = curvature_from_samples({forth, n, 3, {}, 1.0, false, 0.0}, differences(4));
  const FrenetData b = curvature_from_samples({back, n, 3, {}, 1.0, false, 0.0}, differences(4));
  for (std::size_t row = 0; row < n; ++row) {
    CHECK(std::abs(a.curvature[row] - b.curvature[n - 1 - row]) < 1e-9);
    CHECK(std::abs(a.torsion[row] - b.torsion[n - 1 - row]) < 1e-6);
  }
}

TEST_CASE("samples of size 1e-150 and 1e150 and steps of 1e-100 work") {
  const std::size_t n = 24;
  for (const int exponent : {-498, 498}) {
    const double size = std::scalbn(1.0, exponent);
    std::vector<double> points = sample(
        [size](double x) {
          return std::vector<double>{size * std::cos(x), size * std::sin(x)};
        },
        evenly(0.0, 2.0 * pi, n + 1));
    points.resize(2 * n);
    for (const auto& options : {differences(8), spline(7), spectral}) {
      const FrenetData g = curvature_from_samples({points, n, 2, {}, 1e-100, true, 0.0}, options);
      CHECK(std::abs(g.curvature[5] * size - 1.0) < 1e-5);
      CHECK(g.status[5] == PointStatus::ok);
    }
  }
}

TEST_CASE("the count of derivatives can be chosen") {
  const std::vector<double> points = sample(
      [](double x) {
        return std::vector<double>{x, x * x, x * x * x, 0.0};
      },
      evenly(0.0, 1.0, 20));
  DifferentiationOptions options = differences(4);
  CHECK(differentiate({points, 20, 4, {}, 1.0, false, 0.0}, options).values.size() == 3);
  options.count = 4;
  CHECK(curvature_from_samples({points, 20, 4, {}, 1.0, false, 0.0}, options).curvature_count == 3);
  options.count = 13;
  CHECK(message_of([&] {
          differentiate({points, 20, 4, {}, 1.0, false, 0.0}, options);
        }) == "count of derivatives must lie in [2, 12]; it is 13");
}

TEST_CASE("curves that are not well described are refused with the reason") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> two{0, 0, 1, 1};
  const auto refusal = [](const SampledCurve& curve, const DifferentiationOptions& options) {
    return message_of([&] { differentiate(curve, options); });
  };
  CHECK(refusal({two, 2, 2, {}, 1.0, false, 0.0}, differences(2)) ==
        "finite differences of order 2 for derivative 2 need at least 4 samples; there are 2");
  CHECK(refusal({two, 2, 2, {}, 1.0, true, 0.0}, spectral) ==
        "spectral derivatives need at least 3 samples; there are 2");
  CHECK(refusal({two, 2, 2, {}, 1.0, false, 0.0}, spectral) ==
        "spectral derivatives need a closed curve with uniform samples; this one is open");
  CHECK(refusal({two, 1, 4, {}, 1.0, false, 0.0}, differences(2)) == "a curve needs at least 2 samples; there are 1");
  CHECK(refusal({two, 4, 0, {}, 1.0, false, 0.0}, differences(2)) == "dimension must be at least 1; it is 0");
  CHECK(refusal({two, 2, 2, {}, 0.0, false, 0.0}, differences(2)) == "step must be positive and finite; it is 0");
  CHECK(refusal({two, 2, 2, {}, 1.0, false, 0.0}, differences(3)) == "order must be 2, 4, 6 or 8; it is 3");
  const std::vector<double> bad{0, 0, 1, nan};
  CHECK(refusal({bad, 2, 2, {}, 1.0, false, 0.0}, differences(2)) == "points must be finite; row 1, column 1 is nan");
  const std::vector<double> same{1.0, 1.0};
  CHECK(refusal({two, 2, 2, same, 1.0, false, 0.0}, differences(2)) ==
        "parameter must increase from row to row; row 1 is 1 after 1");
  const std::vector<double> longer{1.0, 2.0, 3.0};
  CHECK(refusal({two, 2, 2, longer, 1.0, false, 0.0}, differences(2)) ==
        "parameter must hold 2 x 1 numbers; it holds 3");
  const std::vector<double> right{1.0, 2.0};
  CHECK(refusal({two, 2, 2, right, 1.0, true, 0.5}, differences(2)) ==
        "period must be finite and above the span of the parameter, 1; it is 0.5");
  const std::vector<double> repeated{0, 0, 1, 1, 2, 0, 0, 0};
  CHECK(refusal({repeated, 4, 2, {}, 1.0, true, 0.0}, differences(2)) ==
        "points of a closed curve must leave the closing sample out; row 3 repeats row 0");
  CHECK(repeats_first_point(repeated, 4, 2));
  CHECK_FALSE(repeats_first_point(two, 2, 2));
}

TEST_SUITE_END();
