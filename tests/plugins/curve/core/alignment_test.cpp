// Motions, Frechet and Hausdorff distances against recovered motions, perturbations, brute force and known values.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/alignment.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

std::vector<double> cloud(std::mt19937_64& generator, std::size_t n, std::size_t d) {
  std::normal_distribution<double> normal;
  std::vector<double> points(n * d);
  for (double& x : points) x = normal(generator);
  return points;
}

void mirror_first_row(std::vector<double>& rotation, std::size_t d) {
  for (std::size_t c = 0; c < d; ++c) rotation[c] = -rotation[c];
}

double cost(const std::vector<double>& source, const std::vector<double>& target, const std::vector<double>& rotation,
            double scale, const std::vector<double>& shift) {
  const auto image = moved(source, rotation, scale, shift);
  double sum = 0.0;
  for (std::size_t i = 0; i < image.size(); ++i) sum += (image[i] - target[i]) * (image[i] - target[i]);
  return sum;
}

// The leash over all monotone walks, by recursion.
double leash(const std::vector<double>& a, const std::vector<double>& b, std::size_t i, std::size_t j) {
  const double here = std::hypot(a[2 * i] - b[2 * j], a[2 * i + 1] - b[2 * j + 1]);
  if (i == 0 && j == 0) return here;
  double best = HUGE_VAL;
  if (i > 0) best = std::min(best, leash(a, b, i - 1, j));
  if (j > 0) best = std::min(best, leash(a, b, i, j - 1));
  if (i > 0 && j > 0) best = std::min(best, leash(a, b, i - 1, j - 1));
  return std::max(best, here);
}

}  // namespace

TEST_SUITE("plugins/curve/core/alignment") {
  TEST_CASE("a known motion and factor come back in 2 and 3 and 5 dimensions") {
    std::mt19937_64 generator(31);
    for (const std::size_t d : {2U, 3U, 5U})
      for (unsigned seed = 0; seed < 20; ++seed) {
        const auto rotation = random_rotation(d, seed);
        const auto source = cloud(generator, 30, d);
        const auto shift = cloud(generator, 1, d);
        const auto target = moved(source, rotation, 2.5, shift);
        const auto fit = align(source, target, 30, d, {.scale = true, .reflection = Reflection::allow});
        CHECK(distance(fit.rotation, rotation) < 2e-15);
        CHECK(distance(fit.shift, shift) < 1e-14);
        CHECK(std::abs(fit.scale - 2.5) < 3e-15);
        CHECK(fit.is_congruent);
        CHECK(fit.unique);
        CHECK(fit.relative_residual < 3e-15);
      }
  }

  TEST_CASE("a mirror image is taken only where that is allowed") {
    std::mt19937_64 generator(32);
    const auto source = cloud(generator, 12, 3);
    auto target = source;
    for (std::size_t i = 0; i < target.size(); i += 3) target[i] = -target[i];
    const auto allowed = align(source, target, 12, 3, {.reflection = Reflection::allow});
    CHECK(allowed.reflected);
    CHECK(allowed.is_congruent);
    const auto forbidden = align(source, target, 12, 3);
    CHECK(!forbidden.reflected);
    CHECK(!forbidden.is_congruent);
    CHECK(forbidden.rms_residual > 0.1);
  }

  TEST_CASE("no small change of the result lowers the sum of squares") {
    std::mt19937_64 generator(33);
    const auto source = cloud(generator, 20, 3), target = cloud(generator, 20, 3);
    const auto fit = align(source, target, 20, 3, {.scale = true});
    const double least = cost(source, target, fit.rotation, fit.scale, fit.shift);
    for (const double step : {-1e-3, 1e-3}) {
      CHECK(cost(source, target, fit.rotation, fit.scale + step, fit.shift) > least);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        auto turned = fit.rotation;
        for (std::size_t c = 0; c < 3; ++c) {
          const std::size_t i = (axis + 1) % 3, j = (axis + 2) % 3;
          turned[3 * i + c] = std::cos(step) * fit.rotation[3 * i + c] - std::sin(step) * fit.rotation[3 * j + c];
          turned[3 * j + c] = std::sin(step) * fit.rotation[3 * i + c] + std::cos(step) * fit.rotation[3 * j + c];
        }
        CHECK(cost(source, target, turned, fit.scale, fit.shift) > least);
        auto shifted = fit.shift;
        shifted[axis] += step;
        CHECK(cost(source, target, fit.rotation, fit.scale, shifted) > least);
      }
    }
  }

  TEST_CASE("points on a line and single points have a motion that is not the only one") {
    std::vector<double> line, image;
    for (int i = 0; i < 9; ++i) {
      line.insert(line.end(), {1.0 * i, 2.0 * i, -1.0 * i});
      image.insert(image.end(), {0.0, std::sqrt(6.0) * i, 7.0});
    }
    for (const auto policy : {Reflection::allow, Reflection::forbid}) {
      const auto fit = align(line, image, 9, 3, {.reflection = policy});
      CHECK(fit.is_congruent);
      CHECK(!fit.unique);
      CHECK(!fit.reflected);
    }
    const auto single = align(std::vector<double>{1, 2, 3}, std::vector<double>{4, 4, 4}, 1, 3);
    CHECK(single.max_residual == 0.0);
    CHECK(!single.unique);
    CHECK(distance(single.rotation, std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 1}) < 1e-15);
  }

  TEST_CASE("a plane curve in space has one best rotation") {
    std::mt19937_64 generator(34);
    auto flat = cloud(generator, 15, 3);
    for (std::size_t i = 2; i < flat.size(); i += 3) flat[i] = 0.0;
    auto rotation = random_rotation(3, 5);
    const auto fit = align(flat, moved(flat, rotation, 1.0, std::vector<double>{0, 0, 0}), 15, 3);
    CHECK(fit.is_congruent);
    CHECK(fit.unique);
  }

  TEST_CASE("sizes from 1e-140 to 1e140 are aligned alike") {
    std::mt19937_64 generator(35);
    const auto source = cloud(generator, 10, 3);
    auto rotation = random_rotation(3, 9);
    if (align(source, moved(source, rotation, 1.0, std::vector<double>{0, 0, 0}), 10, 3).rms_residual > 0.1)
      mirror_first_row(rotation, 3);
    for (const double size : {1e-140, 1e140}) {
      auto small = source;
      for (double& x : small) x *= size;
      const auto fit = align(small, moved(small, rotation, 1.0, std::vector<double>{0, 0, 0}), 10, 3, {.scale = true});
      CHECK(fit.is_congruent);
      CHECK(std::abs(fit.scale - 1.0) < 1e-14);
    }
  }

  TEST_CASE("the Frechet distance is the least over all walks") {
    std::mt19937_64 generator(36);
    for (int i = 0; i < 60; ++i) {
      const auto a = cloud(generator, 6, 2), b = cloud(generator, 5, 2);
      CHECK(std::abs(frechet_distance(a, b, 2) - leash(a, b, 5, 4)) < 1e-15);
      CHECK(frechet_distance(a, b, 2) == frechet_distance(b, a, 2));
      CHECK(frechet_distance(a, b, 2) >= hausdorff_distance(a, b, 2).distance);
      CHECK(frechet_distance(a, a, 2) == 0.0);
    }
  }

  TEST_CASE("a detour counts for Frechet and not for Hausdorff") {
    const std::vector<double> straight{0, 0, 1, 0, 2, 0, 3, 0}, back{0, 0, 2, 0, 1, 0, 3, 0};
    CHECK(hausdorff_distance(straight, back, 2).distance == 0.0);
    CHECK(frechet_distance(straight, back, 2) == 1.0);
    const auto h = hausdorff_distance(straight, std::vector<double>{0, 1}, 2);
    CHECK(h.from_first == std::sqrt(10.0));
    CHECK(h.from_second == 1.0);
    CHECK(h.first_row == 3);
  }

  TEST_CASE("bad input is refused by name") {
    const std::vector<double> a{0, 0, 1, 1}, nothing;
    CHECK(message_of([&] {
            align(a, std::vector<double>{0, 0}, 2, 2);
          }) == "target must hold 2 x 2 numbers; it holds 2");
    CHECK(message_of([&] {
            align(std::vector<double>{1, 1, 1, 1}, a, 2, 2, {.scale = true});
          }) == "a scale needs source points that do not all coincide");
    CHECK(message_of([&] { align(a, a, 2, 2, {.tolerance = 0.0}); }) == "tolerance must be positive; it is 0");
    CHECK(message_of([&] { frechet_distance(a, nothing, 2); }) == "second must have at least one point; it has none");
    CHECK(message_of([&] {
            hausdorff_distance(std::vector<double>{0, std::nan("")}, a, 2);
          }) == "first must be finite; row 0, column 1 is nan");
  }
}
