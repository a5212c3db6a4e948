// Tests of the Gram form of CR errors and of the deterministic choices: whole numbers, definitions, brute force.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_select.hpp"

#include <doctest/doctest.h>

#include <bit>

#include "plugins/matrix/core/cr_factors.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;
using Set = std::vector<Index>;

namespace {

Set members(unsigned bits) {
  Set set;
  for (Index i = 0; i < 32; ++i)
    if (bits >> i & 1u) set.push_back(i);
  return set;
}

// All sets of r of l columns, by their definition.
template <class T>
double least_error_square(const Matrix<T>& x, const Matrix<T>& y, int r) {
  double least = 1e300;
  for (unsigned bits = 0; bits < 1u << x.cols(); ++bits)
    if (std::popcount(bits) == r)
      least = std::min(least, error_square<T>(x, y, plain_weights<T>(x.cols(), members(bits))));
  return least;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/cr_select");

TEST_CASE_TEMPLATE("the Gram matrix of the example is the known one exactly", T, double, Complex) {
  const CrGram<T> gram(example_x<T>(), example_y<T>());
  const double diagonal[] = {25, 10, 55, 22, 36};
  for (Index i = 0; i < 5; ++i) CHECK(gram(i, i) == T(diagonal[i]));
  CHECK(gram(0, 1) == T(-4));
  CHECK(gram(0, 4) == T(12));
  CHECK(gram(0, 3) == T(-10));
  CHECK(gram(1, 4) == T(-9));
  CHECK(gram.product_square() == 124.0);
}

TEST_CASE_TEMPLATE("the best sets of the example are the known ones and their error rises once", T, double, Complex) {
  const Matrix<T> x = example_x<T>(), y = example_y<T>();
  const CrGram<T> gram(x, y);
  const Set best[] = {{2}, {2, 4}, {1, 2, 4}, {0, 2, 3, 4}};  // {2, 3, 4} is as good as {1, 2, 4}
  const double squares[] = {67, 25, 27, 10};
  for (Index r = 1; r <= 4; ++r) {
    const Set found = select_exhaustively<T>(gram, r, 100);
    CHECK(found == best[r - 1]);
    CHECK(gram.residual_square(plain_weights<T>(5, found)) == squares[r - 1]);
    CHECK(least_error_square<T>(x, y, static_cast<int>(r)) == squares[r - 1]);
  }
}

TEST_CASE("sorting by norm gives the known sets of the example") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  const CrGram<double> gram(x, y);
  const std::vector<double> norms = outer_norms<double>(x, y);
  const double squares[] = {67, 25, 28, 10};
  for (Index r = 1; r <= 4; ++r)
    CHECK(gram.residual_square(plain_weights<double>(5, select_by_norm(norms, r))) == squares[r - 1]);
  CHECK(select_by_norm(norms, 3) == Set{0, 2, 4});
}

TEST_CASE("ties go to the lowest index") {
  const std::vector<double> norms{1, 3, 3, 3, 1};
  CHECK(select_by_norm(norms, 2) == Set{1, 2});
  CHECK(select_by_norm(norms, 4) == Set{0, 1, 2, 3});
  const Matrix<double> x = Matrix<double>::identity(4);
  const CrGram<double> gram(x, x);
  CHECK(select_exhaustively<double>(gram, 2, 10) == Set{0, 1});
  CHECK(drop_in_tuples<double>(gram, 2, 1, 10) == Set{2, 3});
  CHECK(select_by_residual<double>(gram, 2) == Set{0, 1});
  CHECK(select_by_least_squares<double>(gram, 2) == Set{0, 1});
}

TEST_CASE_TEMPLATE("every error is a quadratic form of the Gram matrix", T, double, Complex) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const auto x = random_matrix<T>(3 + seed % 5, 9, seed), y = random_matrix<T>(9, 2 + seed % 4, seed + 100);
    const CrGram<T> gram(x, y);
    std::vector<T> weights = plain_weights<T>(9, {});
    CHECK(gram.product_square() == doctest::Approx(error_square<T>(x, y, weights)).epsilon(1e-13));
    std::mt19937_64 engine(seed);
    for (T& weight : weights) weight = random_number<T>(engine);
    const double exact = error_square<T>(x, y, weights);
    CHECK(std::abs(gram.residual_square(weights) - exact) < 3 * 2.3e-16 * gram.residual_scale(weights));
  }
}

TEST_CASE_TEMPLATE("the exhaustive search finds what a plain enumeration finds for any number of threads", T, double,
                   Complex) {
  for (unsigned seed = 0; seed < 10; ++seed)
    for (Index r = 1; r < 8; ++r) {
      const auto x = random_matrix<T>(4, 8, seed), y = random_matrix<T>(8, 4, seed + 50);
      const CrGram<T> gram(x, y);
      const Set found = select_exhaustively<T>(gram, r, 100);
      CHECK(error_square<T>(x, y, plain_weights<T>(8, found)) ==
            doctest::Approx(least_error_square<T>(x, y, static_cast<int>(r))).epsilon(1e-12));
      CHECK(select_exhaustively<T>(gram, r, 100, Threads(3)) == found);
      CHECK(error_square<T>(x, y, plain_weights<T>(8, select_by_residual<T>(gram, r))) >=
            error_square<T>(x, y, plain_weights<T>(8, found)) * (1 - 1e-12));
    }
}

TEST_CASE("norms choose best where the outer products are orthogonal") {
  for (unsigned seed = 0; seed < 10; ++seed) {
    // Disjoint rows of X make all v_i orthogonal.
    Matrix<double> x(7, 7);
    std::mt19937_64 engine(seed);
    for (Index i = 0; i < 7; ++i) x(i, i) = random_number<double>(engine);
    const auto y = random_matrix<double>(7, 3, seed);
    const CrGram<double> gram(x, y);
    for (Index r = 1; r < 7; ++r)
      CHECK(select_by_norm(outer_norms<double>(x, y), r) == select_exhaustively<double>(gram, r, 100));
  }
}

TEST_CASE("dropping k at a time drops the sets that a plain enumeration drops") {
  for (unsigned seed = 0; seed < 10; ++seed)
    for (Index k = 1; k <= 4; ++k) {
      const auto x = random_matrix<double>(4, 9, seed), y = random_matrix<double>(9, 4, seed + 50);
      const CrGram<double> gram(x, y);
      const Index r = 9 - 2 * k;
      unsigned left = (1u << 9) - 1;
      for (int round = 0; round < 2; ++round) {
        double least = 1e300;
        unsigned drop = 0;
        for (unsigned bits = 0; bits < 1u << 9; ++bits) {
          if (std::popcount(bits) != k || (bits & left) != bits) continue;
          const double square = error_square<double>(x, y, plain_weights<double>(9, members(~bits & 511u)));
          if (square < least) least = square, drop = bits;
        }
        left &= ~drop;
      }
      CHECK(drop_in_tuples<double>(gram, r, k, 1e4) == members(left));
    }
}

TEST_CASE("the greedy search for least squares keeps the best single column and stops when nothing is left") {
  const auto x = random_matrix<double>(5, 6, 1), y = random_matrix<double>(6, 5, 2);
  const CrGram<double> gram(x, y);
  Index best = 0;
  const auto gain = [&](Index i) {
    return gram.row_sums()[static_cast<std::size_t>(i)] * gram.row_sums()[static_cast<std::size_t>(i)] / gram(i, i);
  };
  for (Index i = 1; i < 6; ++i)
    if (gain(i) > gain(best)) best = i;
  CHECK(select_by_least_squares<double>(gram, 1) == Set{best});
  Matrix<double> twice(2, 4), rows(4, 2);  // columns 0 and 2 and columns 1 and 3 are the same products
  twice(0, 0) = twice(0, 2) = 1.0, twice(1, 1) = twice(1, 3) = 1.0;
  rows(0, 0) = rows(2, 0) = 3.0, rows(1, 1) = rows(3, 1) = 2.0;
  CHECK(select_by_least_squares<double>(CrGram<double>(twice, rows), 4) == Set{0, 1});
}

TEST_CASE("a search that would look at too many sets is refused with their number") {
  const auto x = random_matrix<double>(2, 30, 1), y = random_matrix<double>(30, 2, 2);
  const CrGram<double> gram(x, y);
  CHECK_THROWS_WITH(select_exhaustively<double>(gram, 15, 1e6),
                    "there are 155117520 sets of 15 of 30 columns, more than the limit of 1000000");
  CHECK_THROWS_WITH(drop_in_tuples<double>(gram, 10, 10, 1e6),
                    "there are 30229771 sets of 10 columns to look at, more than the limit of 1000000");
  CHECK_THROWS_WITH(drop_in_tuples<double>(gram, 10, 3, 1e6),
                    "k must divide the number of columns that are dropped, 20; it is 3");
  CHECK(binomial(60, 30) == 118264581564861424.0);
  CHECK(std::isinf(binomial(5000, 2500)));
}

TEST_CASE("a selection of columns commutes with elementwise functions bit by bit") {
  const auto x = random_matrix<double>(6, 4, 1), w = random_matrix<double>(4, 9, 2);
  const Set kept{1, 4, 8};
  const auto sine = [](Matrix<double> a) {
    for (Index i = 0; i < a.rows() * a.cols(); ++i) a.data()[i] = std::sin(a.data()[i]);
    return a;
  };
  const Matrix<double> whole = sine(product<double>(Op::none, x, Op::none, w));
  const Matrix<double> after = gather_columns<double>(whole, kept);
  const Matrix<double> before = sine(product<double>(Op::none, x, Op::none, gather_columns<double>(w, kept)));
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 3; ++j) CHECK(after(i, j) == before(i, j));
}

TEST_CASE("factors that do not fit are refused with their sizes") {
  const auto x = random_matrix<double>(2, 3, 1), y = random_matrix<double>(4, 2, 2);
  CHECK_THROWS_WITH(CrGram<double>(x, y), "X must have as many columns as Y has rows; X is 2 x 3 and Y is 4 x 2");
}

TEST_SUITE_END();
