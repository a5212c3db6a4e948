// Tests of the truncated decomposition of sparse matrices: against the dense one, low rank, zero, scales, threads.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sparse_svd.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// Random places; values that fall with the number of the row, so that the spectrum falls.
template <class T>
CsrMatrix<T> sparse_matrix(Index rows, Index cols, int count, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<Entry<T>> entries;
  for (int k = 0; k < count; ++k) {
    const auto row = static_cast<Index>(engine() % static_cast<std::uint64_t>(rows));
    const auto col = static_cast<Index>(engine() % static_cast<std::uint64_t>(cols));
    entries.push_back({row, col, random_number<T>(engine) / static_cast<Real<T>>(1 + row % 50)});
  }
  return csr_from_entries<T>(rows, cols, entries);
}

template <class T>
double error_of(const CsrMatrix<T>& a, const Svd<T>& svd) {
  Matrix<T> left = dense(a.view()), u = svd.u.copy();
  for (Index i = 0; i < u.rows(); ++i)
    for (Index k = 0; k < u.cols(); ++k) u(i, k) *= svd.values[static_cast<std::size_t>(k)];
  multiply_add<T>(Real<T>{-1}, Op::none, u, Op::none, svd.vh, left.view());
  return frobenius_norm<T>(left);
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/sparse_svd");

TEST_CASE_TEMPLATE("leading singular values and errors agree with the dense decomposition", T, float, double, Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  for (const auto& [rows, cols] : {std::pair<Index, Index>{300, 120}, {120, 300}}) {
    const CsrMatrix<T> a = sparse_matrix<T>(rows, cols, 4000, 1);
    const auto exact = small_singular_values<T>(dense(a.view()));
    const auto found = sparse_svd<T>(a.view(), {.rank = 10, .excess = 1e-9}, Random(1));
    CHECK(found.converged);
    double tail = 0.0;
    for (std::size_t k = 10; k < exact.size(); ++k) tail = std::hypot(tail, static_cast<double>(exact[k]));
    CHECK(found.error == doctest::Approx(tail).epsilon(1e-6 + 100 * eps));
    CHECK(error_of(a, found.svd) == doctest::Approx(tail).epsilon(1e-6 + 100 * eps));
    for (std::size_t k = 0; k < 10; ++k)
      CHECK(static_cast<double>(std::abs(found.svd.values[k] - exact[k])) <
            (1e-6 + 20 * eps) * static_cast<double>(exact[0]));
    CHECK(loss_of_orthogonality(reading(found.svd.u)) < 30 * eps);
    CHECK(loss_of_orthogonality<T>(transposed<T>(reading(found.svd.vh), true).view()) < 30 * eps);
  }
}

TEST_CASE("all singular values are found where all are asked for") {
  const CsrMatrix<double> a = sparse_matrix<double>(40, 25, 400, 2);
  const auto exact = small_singular_values<double>(dense(a.view()));
  const auto found = sparse_svd<double>(a.view(), {.rank = 25}, Random(1));
  for (std::size_t k = 0; k < 25; ++k) CHECK(std::abs(found.svd.values[k] - exact[k]) < 1e-13 * exact[0]);
  CHECK(found.error < 1e-13 * found.norm);
}

TEST_CASE("a matrix of low rank gives as many values as it has and zero gives none") {
  std::vector<Entry<double>> entries;
  for (Index i = 0; i < 30; ++i) entries.push_back({i, i % 3, 1.0 + static_cast<double>(i)});  // rank 3
  const CsrMatrix<double> a = csr_from_entries<double>(30, 20, entries);
  const auto found = sparse_svd<double>(a.view(), {.rank = 8}, Random(1));
  CHECK(found.converged);
  CHECK(found.svd.values.size() == 3);
  CHECK(found.error < 1e-13 * found.norm);
  const CsrMatrix<double> nothing = csr_from_entries<double>(30, 20, {});
  const auto zero = sparse_svd<double>(nothing.view(), {.rank = 2}, Random(1));
  CHECK(zero.svd.values.empty());
  CHECK(zero.error == 0.0);
}

TEST_CASE("scale does not matter and threads change no bit") {
  CsrMatrix<double> a = sparse_matrix<double>(200, 90, 1500, 3);
  const auto one = sparse_svd<double>(a.view(), {.rank = 6}, Random(1));
  const auto three = sparse_svd<double>(a.view(), {.rank = 6}, Random(1), Threads(3));
  CHECK(one.svd.values == three.svd.values);
  CHECK(distance<double>(one.svd.u.view(), three.svd.u.view()) == 0.0);
  for (double& value : a.values) value = std::ldexp(value, 600);
  const auto large = sparse_svd<double>(a.view(), {.rank = 6}, Random(1));
  for (std::size_t k = 0; k < 6; ++k) CHECK(large.svd.values[k] == std::ldexp(one.svd.values[k], 600));
  CHECK(large.error == std::ldexp(one.error, 600));
}

TEST_CASE("what cannot be done is refused") {
  CsrMatrix<double> a = sparse_matrix<double>(5, 4, 10, 4);
  CHECK_THROWS_WITH(sparse_svd<double>(a.view(), {.rank = 5}, Random(1)), "the rank must be from 1 to 4; it is 5");
  a.values[2] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(sparse_svd<double>(a.view(), {.rank = 2}, Random(1)), "value 2 must be finite");
}

TEST_SUITE_END();
