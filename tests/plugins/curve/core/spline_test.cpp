// Splines: interpolation, exactness on polynomials, order, periodicity and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/spline.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

std::vector<double> uneven(std::size_t n, double first, double last) {
  std::vector<double> t = evenly(0.0, 1.0, n);
  for (double& x : t) {
    x = first + (last - first) * (x + 0.08 * std::sin(2.0 * std::numbers::pi * x) / std::numbers::pi);
  }
  return t;
}

double polynomial(double t, std::size_t degree, std::size_t derivative) {
  double sum = 0.0;
  for (std::size_t power = derivative; power <= degree; ++power) {
    double factor = 1.0 / static_cast<double>(power + 1);
    for (std::size_t q = 0; q < derivative; ++q) {
      factor *= static_cast<double>(power - q);
    }
    sum += factor * std::pow(t, static_cast<double>(power - derivative));
  }
  return sum;
}

// Largest error of the k-th derivative of sin over the whole interval.
double error_on_sine(std::size_t n, std::size_t degree, std::size_t k, bool closed) {
  const double span = closed ? 2.0 * std::numbers::pi : 3.0;
  const std::size_t count = closed ? n + 1 : n;
  std::vector<double> t = uneven(count, 0.0, span);
  t.resize(n);
  const std::vector<double> points = sample([](double x) { return std::vector<double>{std::sin(x)}; }, t);
  const Spline spline = Spline::interpolate({points, n, 1, t, 1.0, closed, closed ? span : 0.0}, degree);
  std::vector<double> local(k + 1);
  double worst = 0.0;
  for (const double x : evenly(0.0, span, 1237)) {
    spline.evaluate(x / spline.unit(), k, local);
    const double exact = std::sin(x + static_cast<double>(k) * std::numbers::pi / 2.0);
    const double unit = std::pow(spline.unit(), static_cast<double>(k));
    worst = std::max(worst, std::abs(local[k] / unit - exact));
  }
  return worst;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/spline");

TEST_CASE("a spline passes through its samples") {
  const std::vector<double> t = uneven(25, -1.0, 4.0);
  const auto curve = [](double x) { return std::vector<double>{std::cos(x), std::exp(-x), 7.0 * x}; };
  const std::vector<double> points = sample(curve, t);
  for (const bool closed : {false, true}) {
    for (const std::size_t degree : {3U, 5U, 7U}) {
      const Spline spline = Spline::interpolate({points, 25, 3, t, 1.0, closed, 6.0}, degree);
      std::array<double, 3> out{};
      for (std::size_t row = 0; row < 25; ++row) {
        spline.evaluate(spline.sites()[row], 0, out);
        CHECK(distance(out, std::span(points).subspan(row * 3, 3)) < 4e-14);
      }
    }
  }
}

TEST_CASE("an open spline reproduces polynomials of its degree with all derivatives") {
  for (const std::size_t degree : {3U, 5U, 7U}) {
    const std::vector<double> t = uneven(degree + 6, -1.0, 1.0);
    const std::vector<double> points =
        sample([&](double x) { return std::vector<double>{polynomial(x, degree, 0)}; }, t);
    const Spline spline = Spline::interpolate({points, t.size(), 1, t, 1.0, false, 0.0}, degree);
    std::vector<double> local(4);
    for (const double x : {-1.0, -0.33, 0.2, 0.999}) {
      spline.evaluate((x + 1.0) / spline.unit(), 3, local);
      for (std::size_t k = 0; k < 4; ++k) {
        const double scale = std::pow(spline.unit(), static_cast<double>(k));
        CHECK(std::abs(local[k] / scale - polynomial(x, degree, k)) < 2e-11);
      }
    }
  }
}

TEST_CASE("values and derivatives converge at the stated order") {
  for (const bool closed : {false, true}) {
    for (const std::size_t degree : {3U, 5U, 7U}) {
      for (std::size_t k = 0; k <= 3; ++k) {
        const std::size_t n = degree == 7 ? 24 : 40;
        const double coarse = error_on_sine(n, degree, k, closed);
        const double fine = error_on_sine(2 * n, degree, k, closed);
        const double order = std::log2(coarse / fine);
        CAPTURE(degree);
        CAPTURE(k);
        CAPTURE(closed);
        CHECK(order > static_cast<double>(degree + 1 - k) - 0.35);
      }
    }
  }
}

TEST_CASE("a periodic spline joins with all derivatives below its degree") {
  const std::size_t n = 17;
  const auto curve = [](double x) { return std::vector<double>{std::cos(x) + 0.3 * std::sin(3.0 * x)}; };
  std::vector<double> t = uneven(n + 1, 0.0, 2.0 * std::numbers::pi);
  t.pop_back();
  const std::vector<double> points = sample(curve, t);
  for (const std::size_t degree : {3U, 5U, 7U}) {
    const Spline spline = Spline::interpolate({points, n, 1, t, 1.0, true, 2.0 * std::numbers::pi}, degree);
    std::vector<double> start(degree);
    std::vector<double> end(degree);
    spline.evaluate(spline.first(), degree - 1, start);
    spline.evaluate(spline.last(), degree - 1, end);
    for (std::size_t k = 0; k < degree; ++k) {
      CHECK(std::abs(start[k] - end[k]) < 1e-11 * std::max(1.0, std::abs(start[k])));
    }
  }
}

TEST_CASE("a uniform curve and the same with its parameter written out agree") {
  const std::vector<double> t = evenly(3.0, 3.0 + 0.25 * 20.0, 21);
  const std::vector<double> points = sample([](double x) { return std::vector<double>{std::sin(x), x * x}; }, t);
  const Spline a = Spline::interpolate({points, 21, 2, {}, 0.25, false, 0.0}, 5);
  const Spline b = Spline::interpolate({points, 21, 2, t, 1.0, false, 0.0}, 5);
  CHECK(a.unit() == b.unit());
  std::array<double, 6> x{};
  std::array<double, 6> y{};
  a.evaluate(7.3, 2, x);
  b.evaluate(7.3, 2, y);
  CHECK(distance(x, y) == 0.0);
}

TEST_CASE("a wrong degree and too few samples are refused") {
  const std::vector<double> points{0, 1, 4, 9};
  CHECK(message_of([&] {
          Spline::interpolate({points, 4, 1, {}, 1.0, false, 0.0}, 4);
        }) == "degree must be 3, 5 or 7; it is 4");
  CHECK(message_of([&] {
          Spline::interpolate({points, 4, 1, {}, 1.0, false, 0.0}, 5);
        }) == "a spline of degree 5 needs at least 6 samples; there are 4");
  CHECK_NOTHROW(Spline::interpolate({points, 4, 1, {}, 1.0, false, 0.0}, 3));
}

TEST_SUITE_END();
