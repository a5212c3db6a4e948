// Tests of the sampled choices of columns: published formulas, exact expectations by enumeration, unbiasedness.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_sampling.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <numeric>

#include "plugins/matrix/core/cr_factors.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
std::vector<T> all_weights(Index size, const CrChoice& choice) {
  std::vector<T> weights(static_cast<std::size_t>(size), T{});
  for (std::size_t j = 0; j < choice.indices.size(); ++j)
    weights[static_cast<std::size_t>(choice.indices[j])] = T(choice.weights[j]);
  return weights;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/cr_sampling");

TEST_CASE("the probabilities of the example and the expected errors are the known ones") {
  const auto norms = outer_norms<double>(example_x<double>(), example_y<double>());
  CHECK(std::abs(std::accumulate(norms.begin(), norms.end(), 0.0) - 26.268891907087471835) < 8e-15);
  const double known[] = {0.190339204930489521, 0.120381083121179611, 0.282318664728097547, 0.178554001303645895,
                          0.228407045916587425};
  const auto p = norm_probabilities(norms);
  for (std::size_t i = 0; i < 5; ++i) CHECK(std::abs(p[i] - known[i]) < 1e-16);
  CHECK(std::abs(expected_square(norms, p, 1, 124.0) - 566.05468202624567302) < 4e-13);
  CHECK(std::abs(expected_square(norms, uniform_probabilities(norms), 1, 124.0) - 616.0) < 4e-13);
  CHECK(std::abs(expected_square(norms, p, 2, 124.0) - 566.05468202624567302 / 2) < 4e-13);
}

TEST_CASE_TEMPLATE("one draw has the expected error exactly by enumeration and norms make it least", T, double,
                   Complex) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto x = random_matrix<T>(4, 7, seed), y = random_matrix<T>(7, 5, seed + 30);
    const auto norms = outer_norms<T>(x, y);
    const CrGram<T> gram(x, y);
    std::mt19937_64 engine(seed);
    std::vector<double> scores(7);
    for (double& score : scores) score = std::exp(random_number<double>(engine));
    const auto p = score_probabilities(scores, norms), best = norm_probabilities(norms);
    double mean = 0.0;
    for (Index i = 0; i < 7; ++i) {
      std::vector<T> weights(7, T{});
      weights[static_cast<std::size_t>(i)] = T(1.0 / p[static_cast<std::size_t>(i)]);
      mean += p[static_cast<std::size_t>(i)] * error_square<T>(x, y, weights);
    }
    CHECK(mean == doctest::Approx(expected_square(norms, p, 1, gram.product_square())).epsilon(1e-12));
    CHECK(expected_square(norms, best, 1, gram.product_square()) <= mean);
  }
}

TEST_CASE("simple random samples have the expected error exactly by enumeration of all sets") {
  for (unsigned seed = 0; seed < 10; ++seed)
    for (Index r = 1; r < 7; ++r) {
      auto x = random_matrix<double>(3, 8, seed);
      const auto y = random_matrix<double>(8, 3, seed + 30);
      for (Index i = 0; i < 3; ++i) x(i, 5) = 0.0;  // one of the eight is never drawn
      const auto norms = outer_norms<double>(x, y);
      double mean = 0.0, sets = 0.0;
      for (unsigned bits = 0; bits < 256; ++bits) {
        if (std::popcount(bits) != r || (bits >> 5 & 1u)) continue;
        std::vector<double> weights(8, 0.0);
        for (std::size_t i = 0; i < 8; ++i)
          if (bits >> i & 1u) weights[i] = 7.0 / static_cast<double>(r);
        mean += error_square<double>(x, y, weights), sets += 1.0;
      }
      const double product_square = error_square<double>(x, y, std::vector<double>(8, 0.0));
      const double formula = expected_square_simple(norms, r, product_square);
      CHECK(std::abs(formula - mean / sets) < 1e-12 * product_square);
      const double with_replacement = expected_square(norms, uniform_probabilities(norms), r, product_square);
      CHECK((r == 1 ? std::abs(formula - with_replacement) < 1e-12 * product_square : formula < with_replacement));
    }
}

TEST_CASE("systematic samples have the expected error of an integral over the starting point") {
  for (unsigned seed = 0; seed < 10; ++seed)
    for (Index r = 1; r < 8; ++r) {
      const auto x = random_matrix<double>(3, 9, seed), y = random_matrix<double>(9, 3, seed + 30);
      const auto norms = outer_norms<double>(x, y);
      const auto inclusion = inclusion_probabilities(norm_probabilities(norms), r);
      CHECK(std::accumulate(inclusion.begin(), inclusion.end(), 0.0) ==
            doctest::Approx(static_cast<double>(r)).epsilon(1e-14));
      // The set changes only where u passes the fraction of a running sum: the integral is a finite sum.
      std::vector<double> cuts{0.0, 1.0};
      double sum = 0.0;
      for (const double pi : inclusion) sum += pi, cuts.push_back(sum - std::floor(sum));
      std::sort(cuts.begin(), cuts.end());
      double mean = 0.0;
      for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
        if (cuts[c + 1] - cuts[c] < 1e-13) continue;
        const double u = 0.5 * (cuts[c] + cuts[c + 1]);
        std::vector<double> weights(9, 0.0);
        double begin = 0.0;
        for (std::size_t i = 0; i < 9; begin += inclusion[i++])
          if (std::floor(begin + inclusion[i] - u) > std::floor(begin - u)) weights[i] = 1.0 / inclusion[i];
        mean += (cuts[c + 1] - cuts[c]) * error_square<double>(x, y, weights);
      }
      const CrGram<double> gram(x, y);
      CHECK(std::abs(expected_square_systematic<double>(gram, inclusion) - mean) < 1e-11 * gram.product_square());
    }
}

TEST_CASE("the mean of many samples is the product and their error the expected one within four standard errors") {
  const auto x = example_x<double>(), y = example_y<double>();
  const auto norms = outer_norms<double>(x, y);
  const CrGram<double> gram(x, y);
  constexpr std::uint64_t trials = 20000;
  for (const int scheme : {0, 1, 2, 3}) {
    const auto p = scheme == 1 ? uniform_probabilities(norms) : norm_probabilities(norms);
    const auto inclusion = inclusion_probabilities(p, 3);
    double expected = expected_square(norms, p, 3, 124.0);
    if (scheme == 2) expected = expected_square_simple(norms, 3, 124.0);
    if (scheme == 3) expected = expected_square_systematic<double>(gram, inclusion);
    std::vector<double> mean_weights(5, 0.0);
    double mean = 0.0, squares = 0.0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
      const Random random(5, trial);
      const CrChoice choice = scheme == 3   ? sample_systematic(inclusion, random)
                              : scheme == 2 ? sample_simple(norms, 3, random)
                                            : sample_with_replacement(p, 3, random);
      CHECK(std::accumulate(choice.multiplicities.begin(), choice.multiplicities.end(), Index{0}) == 3);
      const auto weights = all_weights<double>(5, choice);
      const double square = gram.residual_square(weights);
      mean += square, squares += square * square;
      for (std::size_t i = 0; i < 5; ++i) mean_weights[i] += weights[i] / trials;
    }
    mean /= trials;
    const double error = std::sqrt((squares / trials - mean * mean) / (trials - 1));
    CHECK(std::abs(mean - expected) < 4 * error);
    for (const double weight : mean_weights) CHECK(std::abs(weight - 1.0) < 4 * 1.6 / std::sqrt(trials));
  }
}

TEST_CASE("columns without a product are never drawn and a product of nothing cannot be sampled") {
  const std::vector<double> norms{0, 1, 0, 1e-300, 1, 0};
  const auto p = norm_probabilities(norms);
  for (std::uint64_t trial = 0; trial < 2000; ++trial)
    for (const Index i : sample_with_replacement(p, 4, Random(1, trial)).indices) CHECK((i == 1 || i == 4));
  const auto all = inclusion_probabilities(p, 5);
  CHECK(all == std::vector<double>{0, 1, 0, 1, 1, 0});
  CHECK(sample_systematic(all, Random(1)).indices == std::vector<Index>{1, 3, 4});
  CHECK(sample_simple(norms, 5, Random(1)).indices.size() == 3);
  CHECK_THROWS_WITH(norm_probabilities(std::vector<double>{0, 0}),
                    "nothing can be sampled: in every product of a column of X and a row of Y one of the two is 0");
  CHECK_THROWS_WITH(score_probabilities(std::vector<double>{1, 0}, std::vector<double>{1, 2}),
                    "the probability of column 1 must be above 0 and finite, since its product with row 1 is not 0; it "
                    "is 0.000000");
}

TEST_CASE("certain columns are taken once and the others share what is left") {
  const std::vector<double> p{0.9, 0.05, 0.03, 0.02};
  const auto inclusion = inclusion_probabilities(p, 2);
  CHECK(inclusion[0] == 1.0);
  CHECK(inclusion[1] == doctest::Approx(0.5).epsilon(1e-14));
  CHECK(inclusion[3] == doctest::Approx(0.2).epsilon(1e-14));
}

TEST_CASE_TEMPLATE("leverage scores sum to the ranks and are all ones for factors of full rank", T, double, Complex) {
  const auto tall = random_matrix<T>(9, 4, 1), wide = random_matrix<T>(4, 9, 2);
  const auto full = leverage_of_factors<T>(tall, wide);
  for (const double score : full) CHECK(std::abs(score - 2.0) < 1e-14);
  const auto x = random_matrix<T>(3, 8, 3), y = random_matrix<T>(8, 2, 4);
  const auto scores = leverage_of_factors<T>(x, y);
  CHECK(std::abs(std::accumulate(scores.begin(), scores.end(), 0.0) - 5.0) < 1e-14);
}

TEST_CASE_TEMPLATE("outer norms are those of the definition for any number of threads", T, float, double, Complex) {
  const auto x = random_matrix<T>(1300, 7, 1), y = random_matrix<T>(7, 61, 2);
  const auto norms = outer_norms<T>(x, y), threaded = outer_norms<T>(x, y, Threads(3));
  CHECK(norms == threaded);
  for (Index i = 0; i < 7; ++i) {
    long double a = 0, b = 0;
    for (Index k = 0; k < 1300; ++k) a += std::norm(Exact<T>(x(k, i)));
    for (Index k = 0; k < 61; ++k) b += std::norm(Exact<T>(y(i, k)));
    CHECK(std::abs(norms[static_cast<std::size_t>(i)] / static_cast<double>(std::sqrt(a * b)) - 1.0) < 2e-15);
  }
}

TEST_SUITE_END();
