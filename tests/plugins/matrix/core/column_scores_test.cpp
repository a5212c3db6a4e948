// Leverage scores, DEIM and the searches for columns, against published numbers and definitions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/column_scores.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "plugins/matrix/core/column_search.hpp"
#include "plugins/matrix/core/interpolation.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/column_scores");

TEST_CASE("singular values and leverage scores of a 4 x 5 matrix are the published ones") {
  const auto one = singular_rows<double>(small_case(), 1);
  const double values[] = {7.434271476036563, 4.477030089106848, 2.150814504742607, 1.4358990800226596};
  for (std::size_t i = 0; i < 4; ++i) CHECK(one.values[i] == doctest::Approx(values[i]).epsilon(2e-15));
  const double scores[] = {0.21714949268759787, 0.19422643004593818, 0.2295828833175074, 0.2632255668904196,
                           0.09581562705853736};
  const auto found = leverage_scores<double>(one.rows);
  for (std::size_t j = 0; j < 5; ++j) CHECK(std::abs(found[j] - scores[j]) < 2e-15);
}

TEST_CASE_TEMPLATE("leverage scores lie in 0 to 1 and add up to the number of vectors", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  const Matrix<T> a = decaying<T>(30, 40, 0.8, 1);
  for (const Index rank : {1, 5, 30}) {
    const auto scores = leverage_scores<T>(singular_rows<T>(a, rank).rows);
    CHECK(std::abs(std::accumulate(scores.begin(), scores.end(), 0.0) - static_cast<double>(rank)) <
          50.0 * eps * static_cast<double>(rank));
    for (const double score : scores) {
      CHECK(score >= 0.0);
      CHECK(score <= 1.0 + 20.0 * eps);
    }
  }
}

TEST_CASE("DEIM takes the published points and interpolates step by step") {
  const Matrix<double> m = small_case();
  CHECK(deim_indices<double>(singular_rows<double>(m, 3).rows) == std::vector<Index>{3, 0, 1});
  CHECK(deim_indices<double>(singular_rows<double>(transposed<double>(m), 3).rows) == std::vector<Index>{0, 1, 2});
  // By the definition: the residual of interpolation, from a dense solution in long double by elimination.
  const Matrix<double> basis = random_matrix<double>(4, 15, 3);
  const auto found = deim_indices<double>(basis);
  REQUIRE(found.size() == 4);
  for (Index k = 0; k < 4; ++k) {
    std::vector<std::vector<long double>> system(static_cast<std::size_t>(k));
    for (Index s = 0; s < k; ++s) {
      for (Index t = 0; t < k; ++t)
        system[static_cast<std::size_t>(s)].push_back(basis(t, found[static_cast<std::size_t>(s)]));
      system[static_cast<std::size_t>(s)].push_back(basis(k, found[static_cast<std::size_t>(s)]));
    }
    const auto n = static_cast<std::size_t>(k);
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t i = 0; i < n; ++i)
        if (i != p) {
          const long double factor = system[i][p] / system[p][p];
          for (std::size_t j = p; j <= n; ++j) system[i][j] -= factor * system[p][j];
        }
    Index largest = 0;
    long double size = -1.0L;
    for (Index j = 0; j < 15; ++j) {
      long double left = basis(k, j);
      for (std::size_t t = 0; t < n; ++t) left -= system[t][n] / system[t][t] * basis(static_cast<Index>(t), j);
      if (std::abs(left) > size) size = std::abs(left), largest = j;
    }
    CHECK(found[static_cast<std::size_t>(k)] == largest);
  }
  Matrix<double> dependent = random_matrix<double>(3, 6, 4);
  for (Index j = 0; j < 6; ++j) dependent(2, j) = dependent(0, j) + dependent(1, j);
  CHECK(deim_indices<double>(dependent).size() == 2);
}

TEST_CASE("scores in order keep the lower index of equal ones first") {
  CHECK(largest_scores({1.0, 3.0, 3.0, 2.0}, 3) == std::vector<Index>{1, 2, 3});
  CHECK(largest_scores({1.0}, 5) == std::vector<Index>{0});
  CHECK(rank_at({4.0, 2.0, 1.0, 0.0}, 0.3) == 2);
  CHECK(rank_at({0.0}, 0.0) == 0);
}

TEST_CASE("the greedy choice and the search of all agree with plain sums") {
  const Matrix<double> a = decaying<double>(9, 8, 0.7, 6);
  const auto error = [&](const std::vector<Index>& columns) {
    return residual<double>(a, interpolate<double>(a, columns)).frobenius;
  };
  std::vector<Index> greedy;
  for (int step = 0; step < 4; ++step) {
    Index best = -1;
    double least = 1e300;
    for (Index j = 0; j < 8; ++j) {
      if (std::find(greedy.begin(), greedy.end(), j) != greedy.end()) continue;
      std::vector<Index> with = greedy;
      with.push_back(j);
      if (const double here = error(with); here < least) least = here, best = j;
    }
    greedy.push_back(best);
  }
  CHECK(greedy_columns<double>(a, 4) == greedy);
  std::vector<Index> best;
  double least = 1e300;
  for (Index i = 0; i < 8; ++i)
    for (Index j = i + 1; j < 8; ++j)
      for (Index k = j + 1; k < 8; ++k)
        if (const double here = error({i, j, k}); here < least) least = here, best = {i, j, k};
  CHECK(best_columns<double>(a, 3, 56.0) == best);
  CHECK_THROWS_AS(best_columns<double>(a, 3, 55.0), std::domain_error);
  CHECK(choices(60, 20) == 4191844505805495.0);
  CHECK(choices(8, 8) == 1.0);
}

TEST_CASE("the greedy choice keeps its digits where the error falls by ten orders") {
  const Matrix<double> a = decaying<double>(20, 15, 0.1, 8);
  const auto chosen = greedy_columns<double>(a, 12);
  REQUIRE(chosen.size() == 12);
  // The same choice in long double: residuals by Gram-Schmidt, gains by plain sums.
  std::vector<std::vector<long double>> e(15, std::vector<long double>(20));
  for (std::size_t j = 0; j < 15; ++j)
    for (std::size_t i = 0; i < 20; ++i) e[j][i] = a(static_cast<Index>(i), static_cast<Index>(j));
  const auto inner = [&](std::size_t i, std::size_t j) {
    return std::inner_product(e[i].begin(), e[i].end(), e[j].begin(), 0.0L);
  };
  for (const Index mine : chosen) {
    std::size_t best = 0;
    long double most = -1.0L;
    for (std::size_t i = 0; i < 15; ++i) {
      long double gain = 0.0L;
      for (std::size_t j = 0; j < 15; ++j) gain += inner(i, j) * inner(i, j);
      if (inner(i, i) > 1e-40L && gain / inner(i, i) > most) most = gain / inner(i, i), best = i;
    }
    CHECK(static_cast<Index>(best) == mine);
    const long double own = inner(best, best);
    const std::vector<long double> direction = e[best];
    for (std::size_t j = 0; j < 15; ++j) {
      const long double share = std::inner_product(e[j].begin(), e[j].end(), direction.begin(), 0.0L) / own;
      for (std::size_t i = 0; i < 20; ++i) e[j][i] -= share * direction[i];
    }
  }
}

TEST_SUITE_END();
