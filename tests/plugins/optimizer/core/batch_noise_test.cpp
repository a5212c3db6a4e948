// Tests of measured noise scales, the hyperbola's fit and the rules of rescaling.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/batch_noise.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "tests/plugins/optimizer/core/law_support.hpp"

using namespace orrery::optimizer;
using orrery::optimizer::test::message_of;

TEST_SUITE("plugins/optimizer/core/batch_noise") {
  TEST_CASE("Norms at two batch sizes give back what made them") {
    constexpr double g2 = 0.3, trace = 7.25;
    const NoiseEstimate n = noise_from_two_batches(8, g2 + trace / 8, 64, g2 + trace / 64);
    CHECK(std::abs(n.squared_gradient - g2) < 1e-15);
    CHECK(std::abs(n.trace - trace) < 1e-14);
    CHECK(std::abs(n.simple - trace / g2) < 1e-13);
    CHECK(std::isnan(noise_from_two_batches(8, 2, 64, 0.1).simple));
    CHECK(message_of([] { noise_from_two_batches(8, 1, 8, 1); }) ==
          "large_batch must be above small_batch and finite; it is 8");
  }

  TEST_CASE("Sizes from samples are unbiased") {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    double g2 = 0, trace = 0;
    constexpr int repeats = 20000;
    for (int k = 0; k < repeats; ++k) {
      std::vector<double> gradients;
      for (int s = 0; s < 4; ++s) {
        gradients.push_back(0.5 + 2 * normal(random));
        gradients.push_back(-1 + normal(random));
      }
      std::array<double, 2> mean{}, deviation{};
      const NoiseEstimate n = noise_from_samples(gradients, 2, mean, deviation);
      g2 += n.squared_gradient / repeats, trace += n.trace / repeats;
    }
    CHECK(std::abs(g2 - 1.25) < 4 * 0.02);
    CHECK(std::abs(trace - 5) < 4 * 0.024);
  }

  TEST_CASE("Equal gradients have exactly no noise") {
    const std::array<double, 6> gradients{0.1, 1e8, 0.1, 1e8, 0.1, 1e8};
    std::array<double, 2> mean{}, deviation{};
    CHECK(noise_from_samples(gradients, 2, mean, deviation).trace == 0.0);
    CHECK(mean[0] == 0.1);
  }

  TEST_CASE("The hyperbola is found again and holds") {
    constexpr double steps_min = 1250, noise = 340;
    std::vector<double> batches, steps, errors;
    for (double b = 8; b < 1e4; b *= 2) {
      batches.push_back(b);
      steps.push_back(steps_min * (1 + noise / b));
      errors.push_back(10);
      const double examples = b * steps.back(), examples_min = noise * steps_min;
      CHECK(std::abs((steps.back() / steps_min - 1) * (examples / examples_min - 1) - 1) < 1e-12);
      CHECK(std::abs((steps.back() - steps_min) * (examples - examples_min) / (steps_min * examples_min) - 1) < 1e-12);
    }
    const StepsExamplesFit fit = fit_steps_examples(batches, steps, errors);
    CHECK(std::abs(fit.steps_min - steps_min) < 1e-10 * steps_min);
    CHECK(std::abs(fit.critical_batch - noise) < 1e-10 * noise);
  }

  TEST_CASE("The covariance of the fit is that of repeated fits") {
    std::mt19937_64 random(11);
    std::normal_distribution<double> normal;
    const std::vector<double> batches{16, 64, 256, 1024, 4096}, errors{40, 20, 10, 8, 8};
    double ss = 0, ee = 0, se = 0;
    constexpr int repeats = 4000;
    StepsExamplesFit fit;
    for (int k = 0; k < repeats; ++k) {
      std::vector<double> steps;
      for (std::size_t i = 0; i < batches.size(); ++i)
        steps.push_back(500 * (1 + 100 / batches[i]) + errors[i] * normal(random));
      fit = fit_steps_examples(batches, steps, errors);
      const double s = fit.steps_min - 500, e = fit.examples_min - 50000;
      ss += s * s / repeats, ee += e * e / repeats, se += s * e / repeats;
    }
    constexpr double tolerance = 0.1;  // four deviations of a variance from 4000 draws
    CHECK(std::abs(fit.covariance[0] / ss - 1) < tolerance);
    CHECK(std::abs(fit.covariance[3] / ee - 1) < tolerance);
    CHECK(std::abs(fit.covariance[1] / se - 1) < 0.15);
  }

  TEST_CASE("Fits that say nothing are refused") {
    const std::vector<double> same{8, 8, 8}, steps{1, 2, 3}, two{8, 16};
    CHECK(
        message_of([&] { fit_steps_examples(same, steps, {}); }).starts_with("the spread of 1/batch must be above 0"));
    CHECK(message_of([&] {
            fit_steps_examples(two, {steps.data(), 2}, {});
          }) == "a fit needs at least 3 batch sizes; there are 2");
  }

  TEST_CASE("The linear rule overestimates by exactly what the saturating one holds back") {
    constexpr double noise = 1000, rate = 0.1;
    for (const double to : {64.0, 1000.0, 1e6}) {
      const double linear = rescaled_rate(ScalingRule::linear, rate, 1e-9, to, noise, 0);
      const double saturating = rescaled_rate(ScalingRule::saturating, rate, 1e-9, to, noise, 0);
      CHECK(std::abs(linear / saturating / (1 + to / noise) - 1) < 1e-11);
    }
    CHECK(rescaled_rate(ScalingRule::square_root, rate, 4, 16, 0, 0) == 2 * rate);
    CHECK(rescaled_rate(ScalingRule::power, rate, 4, 16, 0, 0.5) == 2 * rate);
    CHECK(message_of([] { rescaled_rate(ScalingRule::linear, 0.1, 0, 4, 0, 0); }) ==
          "from must be above 0 and finite; it is 0");
  }
}
