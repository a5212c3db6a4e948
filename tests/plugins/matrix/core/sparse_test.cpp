// Tests of sparse matrices: products against extended precision, transposes, assembly, and parts that contradict.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sparse.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
std::vector<Entry<T>> random_entries(Index rows, Index cols, int count, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<Entry<T>> entries;
  for (int k = 0; k < count; ++k) {
    const auto row = static_cast<Index>(engine() % static_cast<std::uint64_t>(rows));
    const auto col = static_cast<Index>(engine() % static_cast<std::uint64_t>(cols));
    entries.push_back({row, col, random_number<T>(engine)});
  }
  return entries;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/sparse");

TEST_CASE_TEMPLATE("entries are assembled by rows with sorted columns and sums in their order", T, float, double,
                   Complex) {
  const auto entries = random_entries<T>(30, 20, 400, 1);
  const CsrMatrix<T> a = csr_from_entries<T>(30, 20, entries);
  CHECK_NOTHROW(require_csr(a.view()));
  Matrix<T> expected(30, 20);
  for (const auto& e : entries) expected(e.row, e.col) += e.value;
  CHECK(distance<T>(dense(a.view()).view(), expected.view()) == 0.0);
  for (std::size_t i = 0; i < 30; ++i)
    for (Index k = a.starts[i] + 1; k < a.starts[i + 1]; ++k)
      CHECK(a.columns[static_cast<std::size_t>(k)] > a.columns[static_cast<std::size_t>(k) - 1]);
}

TEST_CASE_TEMPLATE("products and transposes agree with extended precision and do not depend on threads", T, float,
                   double, Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  const CsrMatrix<T> a = csr_from_entries<T>(200, 90, random_entries<T>(200, 90, 1500, 2));
  const Matrix<T> full = dense(a.view()), b = random_matrix<T>(90, 7, 3), c = random_matrix<T>(200, 3, 4);
  Matrix<T> out(200, 7), threaded(200, 7), back(90, 3);
  multiply_sparse<T>(a.view(), b, out.view());
  multiply_sparse<T>(a.view(), b, threaded.view(), Threads(3));
  CHECK(distance<T>(out.view(), threaded.view()) == 0.0);
  multiply_sparse<T>(transposed_csr(a.view(), true).view(), c, back.view());
  const auto check = [&](const Matrix<T>& found, auto left, const Matrix<T>& right, Index inner) {
    for (Index i = 0; i < found.rows(); ++i)
      for (Index j = 0; j < found.cols(); ++j) {
        Exact<T> sum{};
        double sizes = 0.0;
        for (Index k = 0; k < inner; ++k) {
          sum += Exact<T>(left(i, k)) * Exact<T>(right(k, j));
          sizes += magnitude(left(i, k)) * magnitude(right(k, j));
        }
        CHECK(magnitude(sum - Exact<T>(found(i, j))) <= 20 * eps * sizes);
      }
  };
  check(
      out, [&](Index i, Index k) { return full(i, k); }, b, 90);
  check(
      back, [&](Index i, Index k) { return conjugate(full(k, i)); }, c, 200);
}

TEST_CASE("parts that contradict each other are refused by their place") {
  const std::vector<double> values{1, 2, 3};
  const auto refuse = [&](const std::vector<Index>& starts, const std::vector<Index>& columns, const char* message) {
    const Csr<double> a{static_cast<Index>(starts.size()) - 1, 4, starts, columns, values};
    CHECK_THROWS_WITH(require_csr(a), message);
  };
  refuse({}, {0, 1, 2}, "the starts of rows must begin with 0");
  refuse({1, 3}, {0, 1, 2}, "the starts of rows must begin with 0");
  refuse({0, 2, 1, 3}, {0, 1, 2}, "start 2 of the rows must be from 2 to 3; it is 1");
  refuse({0, 9}, {0, 1, 2}, "start 1 of the rows must be from 0 to 3; it is 9");
  refuse({0, 2}, {0, 1, 2}, "the last start must be the number of elements, 3; it is 2");
  refuse({0, 3}, {0, 4, 2}, "column 1 must be from 0 to 3; it is 4");
  refuse({0, 2}, {0, 1}, "there must be as many values as columns, 2; there are 3");
}

TEST_SUITE_END();
