// Tests of the matrix product: against extended precision, for every size around the blocks, operation and type.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/product.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>

#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/product");

namespace {

constexpr Op ops[] = {Op::none, Op::transpose, Op::adjoint};

template <class T>
Exact<T> factor(Op op, View<const T> a, Index i, Index j) {
  const T x = op == Op::none ? a(i, j) : a(j, i);
  return Exact<T>(op == Op::adjoint ? conjugate(x) : x);
}

// The largest error of an element in units of eps |a| |b|, which the bound of the header allows 1.1 (256 + ...) of.
template <class T>
double worst_error(Op op_a, Op op_b, Index m, Index k, Index n, std::uint64_t seed) {
  const auto a = op_a == Op::none ? random_matrix<T>(m, k, seed) : random_matrix<T>(k, m, seed);
  const auto b = op_b == Op::none ? random_matrix<T>(k, n, seed + 1) : random_matrix<T>(n, k, seed + 1);
  const Matrix<T> c = product<T>(op_a, a, op_b, b);
  double worst = 0.0;
  for (Index i = 0; i < m; ++i)
    for (Index j = 0; j < n; ++j) {
      Exact<T> sum{};
      double sizes = std::numeric_limits<double>::min();
      for (Index l = 0; l < k; ++l) {
        const Exact<T> x = factor<T>(op_a, a, i, l), y = factor<T>(op_b, b, l, j);
        sum += x * y;
        sizes += magnitude(x) * magnitude(y);
      }
      worst = std::max(worst, magnitude(sum - Exact<T>(c(i, j))) / sizes);
    }
  return worst / std::numeric_limits<Real<T>>::epsilon();
}

}  // namespace

TEST_CASE_TEMPLATE("products agree with extended precision for all operations", T, float, double, Complex) {
  for (const Op op_a : ops)
    for (const Op op_b : ops) {
      CHECK(worst_error<T>(op_a, op_b, 37, 29, 41, 1) < 8.0);
      CHECK(worst_error<T>(op_a, op_b, 9, 530, 26, 2) < 16.0);
      CHECK(worst_error<T>(op_a, op_b, 201, 31, 5, 3) < 8.0);
      CHECK(worst_error<T>(op_a, op_b, 5, 31, 201, 4) < 8.0);
    }
}

TEST_CASE_TEMPLATE("products of every small size agree with extended precision", T, float, double, Complex) {
  for (Index m = 1; m <= 18; ++m)
    for (Index n = 1; n <= 50; n += 1 + n / 7)
      for (const Index k : {1, 2, 7}) CHECK(worst_error<T>(Op::none, Op::none, m, k, n, 5) < 4.0);
}

TEST_CASE_TEMPLATE("an empty sum is zero and empty products are empty", T, float, double, Complex) {
  const Matrix<T> a(3, 0), b(0, 4);
  const Matrix<T> c = product<T>(Op::none, a, Op::none, b);
  for (Index i = 0; i < 12; ++i) CHECK(c.data()[i] == T{});
  CHECK(product<T>(Op::none, Matrix<T>(0, 3), Op::none, Matrix<T>(3, 4)).rows() == 0);
  CHECK(product<T>(Op::none, Matrix<T>(4, 3), Op::none, Matrix<T>(3, 0)).cols() == 0);
}

TEST_CASE_TEMPLATE("the bits do not depend on the number of threads", T, float, double, Complex) {
  const auto a = random_matrix<T>(301, 700, 7);
  const auto b = random_matrix<T>(700, 163, 8);
  const Matrix<T> one = product<T>(Op::none, a, Op::none, b);
  const Matrix<T> tall = random_matrix<T>(30000, 9, 9);
  const Matrix<T> small = gram<T>(tall);
  for (const int count : {2, 3, 7}) {
    const Matrix<T> many = product<T>(Op::none, a, Op::none, b, Threads(count));
    CHECK(std::memcmp(one.data(), many.data(), sizeof(T) * 301 * 163) == 0);
    const Matrix<T> again = gram<T>(tall, Threads(count));
    CHECK(std::memcmp(small.data(), again.data(), sizeof(T) * 81) == 0);
  }
}

TEST_CASE_TEMPLATE("views with a stride are read and written within their bounds", T, float, double, Complex) {
  const auto a = random_matrix<T>(20, 30, 10);
  const auto b = random_matrix<T>(30, 40, 11);
  Matrix<T> out(20, 40);
  for (Index i = 0; i < 800; ++i) out.data()[i] = T(7);
  const auto part_a = reading(a).block(2, 3, 11, 17), part_b = reading(b).block(5, 1, 17, 13);
  multiply<T>(Op::none, part_a, Op::none, part_b, out.view().block(4, 6, 11, 13));
  const Matrix<T> plain = product<T>(Op::none, Matrix<T>::copy_of(part_a), Op::none, Matrix<T>::copy_of(part_b));
  for (Index i = 0; i < 20; ++i)
    for (Index j = 0; j < 40; ++j) {
      const bool inside = i >= 4 && i < 15 && j >= 6 && j < 19;
      CHECK(out(i, j) == (inside ? plain(i - 4, j - 6) : T(7)));
    }
}

TEST_CASE_TEMPLATE("multiply_add adds the product times a factor", T, float, double, Complex) {
  const auto a = random_matrix<T>(33, 12, 12);
  const auto b = random_matrix<T>(12, 27, 13);
  const auto start = random_matrix<T>(33, 27, 14);
  const Matrix<T> c = product<T>(Op::none, a, Op::none, b);
  for (const Real<T> factor : {Real<T>(-1), Real<T>(1), Real<T>(0.25)}) {
    Matrix<T> out = start.copy();
    multiply_add<T>(factor, Op::none, a, Op::none, b, out.view());
    double worst = 0.0;
    for (Index i = 0; i < 33 * 27; ++i)
      worst = std::max(worst, magnitude(out.data()[i] - (start.data()[i] + factor * c.data()[i])));
    CHECK(worst < 60.0 * std::numeric_limits<Real<T>>::epsilon());
  }
}

TEST_CASE_TEMPLATE("a Gram matrix is exactly Hermitian and is the product", T, float, double, Complex) {
  for (const Index cols : {1, 7, 25, 60, 130}) {
    const auto a = random_matrix<T>(300, cols, 15);
    const Matrix<T> g = gram<T>(a);
    const Matrix<T> c = product<T>(Op::adjoint, a, Op::none, a);
    CHECK(distance<T>(g, c) < 2000.0 * std::numeric_limits<Real<T>>::epsilon());
    for (Index i = 0; i < cols; ++i) {
      CHECK(g(i, i) == T(real_part(g(i, i))));
      for (Index j = 0; j < i; ++j) CHECK(g(i, j) == conjugate(g(j, i)));
    }
  }
}

TEST_CASE("whole numbers are multiplied exactly") {
  std::mt19937_64 engine(16);
  Matrix<double> a(50, 300), b(300, 70);
  for (Index i = 0; i < 50 * 300; ++i) a.data()[i] = static_cast<double>(engine() % 2001) - 1000.0;
  for (Index i = 0; i < 300 * 70; ++i) b.data()[i] = static_cast<double>(engine() % 2001) - 1000.0;
  const Matrix<double> c = product<double>(Op::none, a, Op::none, b);
  for (Index i = 0; i < 50; ++i)
    for (Index j = 0; j < 70; ++j) {
      std::int64_t sum = 0;
      for (Index k = 0; k < 300; ++k) sum += static_cast<std::int64_t>(a(i, k)) * static_cast<std::int64_t>(b(k, j));
      CHECK(c(i, j) == static_cast<double>(sum));
    }
}

TEST_CASE("not-a-numbers stay in their rows and columns") {
  auto a = random_matrix<double>(17, 40, 17);
  const auto b = random_matrix<double>(40, 33, 18);
  a(5, 3) = std::numeric_limits<double>::quiet_NaN();
  const Matrix<double> c = product<double>(Op::none, a, Op::none, b);
  for (Index i = 0; i < 17; ++i)
    for (Index j = 0; j < 33; ++j) CHECK(std::isnan(c(i, j)) == (i == 5));
}

TEST_CASE("sizes that do not fit are refused") {
  const Matrix<double> a(3, 4), b(5, 6);
  Matrix<double> out(3, 6);
  CHECK_THROWS_WITH_AS(multiply<double>(Op::none, a, Op::none, b, out.view()),
                       "a product of 3 x 4 and 5 x 6 does not fit 3 x 6", std::invalid_argument);
}

TEST_SUITE_END();
