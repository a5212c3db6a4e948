// Tests of orthonormal bases: at every condition and scale, of deficient rank, and beside another basis.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/orthonormal.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/orthonormal");

namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

// The stated bound.
template <class T>
double bound(Index cols) {
  return 3.0 * eps<T> * std::sqrt(static_cast<double>(cols));
}

// |a - q q^H a| in each column, as a part of its length.
template <class T>
double outside(View<const T> q, View<const T> a) {
  double worst = 0.0;
  for (Index j = 0; j < a.cols; ++j) {
    std::vector<Exact<T>> left(static_cast<std::size_t>(a.rows));
    double size = 0.0, rest = 0.0;
    for (Index i = 0; i < a.rows; ++i) {
      left[static_cast<std::size_t>(i)] = Exact<T>(a(i, j));
      size = std::max(size, magnitude(left[static_cast<std::size_t>(i)]));
    }
    for (int twice = 0; twice < 2; ++twice)
      for (Index k = 0; k < q.cols; ++k) {
        Exact<T> along{};
        for (Index i = 0; i < a.rows; ++i) along += Exact<T>(conjugate(q(i, k))) * left[static_cast<std::size_t>(i)];
        for (Index i = 0; i < a.rows; ++i) left[static_cast<std::size_t>(i)] -= along * Exact<T>(q(i, k));
      }
    for (const auto& x : left) rest = std::max(rest, magnitude(x));
    if (size > 0.0) worst = std::max(worst, rest / size);
  }
  return worst;
}

// Columns that span a space of `rank` dimensions.
template <class T>
Matrix<T> of_rank(Index rows, Index cols, Index rank, std::uint64_t seed) {
  return product<T>(Op::none, random_matrix<T>(rows, rank, seed), Op::none, random_matrix<T>(rank, cols, seed + 1));
}

}  // namespace

TEST_CASE_TEMPLATE("a well conditioned matrix becomes orthonormal and keeps its space", T, float, double, Complex) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {300, 40}, {50, 50}, {700, 97}}) {
    const auto a = random_matrix<T>(rows, cols, 1);
    Matrix<T> q = a.copy();
    REQUIRE(orthonormalise(q.view()) == cols);
    CHECK(loss_of_orthogonality<T>(q) <= bound<T>(cols));
    CHECK(outside<T>(q, a) < 200.0 * eps<T>);
  }
}

TEST_CASE_TEMPLATE("columns in geometric proportion to each other keep full rank", T, float, double, Complex) {
  auto a = random_matrix<T>(200, 30, 2);
  for (Index i = 0; i < 200; ++i)
    for (Index j = 0; j < 30; ++j) a(i, j) *= Real<T>(std::pow(10.0, static_cast<double>(j) - 15.0));
  Matrix<T> q = a.copy();
  REQUIRE(orthonormalise(q.view()) == 30);
  CHECK(loss_of_orthogonality<T>(q) <= bound<T>(30));
  CHECK(outside<T>(q, a) < 200.0 * eps<T>);
}

TEST_CASE("columns across 600 orders of magnitude keep full rank") {
  auto a = random_matrix<double>(100, 13, 3);
  for (Index i = 0; i < 100; ++i)
    for (Index j = 0; j < 13; ++j) a(i, j) *= std::pow(10.0, 50.0 * static_cast<double>(j) - 300.0);
  Matrix<double> q = a.copy();
  REQUIRE(orthonormalise(q.view()) == 13);
  CHECK(loss_of_orthogonality<double>(q) <= bound<double>(13));
}

TEST_CASE_TEMPLATE("the rank of a deficient matrix is found", T, float, double, Complex) {
  for (const Index rank : {1, 5, 24}) {
    const Matrix<T> a = of_rank<T>(150, 25, rank, 4);
    Matrix<T> q = a.copy();
    REQUIRE(orthonormalise(q.view()) == rank);
    CHECK(loss_of_orthogonality<T>(reading(q).columns(0, rank)) <= bound<T>(rank));
    CHECK(outside<T>(reading(q).columns(0, rank), a) < 2000.0 * eps<T>);
    for (Index i = 0; i < 150; ++i)
      for (Index j = rank; j < 25; ++j) CHECK(q(i, j) == T{});
  }
}

TEST_CASE_TEMPLATE("zeros and duplicates give no members", T, float, double, Complex) {
  Matrix<T> zero(20, 5);
  CHECK(orthonormalise(zero.view()) == 0);
  auto a = random_matrix<T>(60, 9, 5);
  for (Index i = 0; i < 60; ++i) a(i, 4) = a(i, 1), a(i, 6) = T{}, a(i, 8) = Real<T>(-3) * a(i, 0);
  Matrix<T> q = a.copy();
  REQUIRE(orthonormalise(q.view()) == 6);
  CHECK(loss_of_orthogonality<T>(reading(q).columns(0, 6)) <= bound<T>(6));
  CHECK(outside<T>(reading(q).columns(0, 6), a) < 200.0 * eps<T>);
}

TEST_CASE_TEMPLATE("more columns than rows give a basis of the whole space", T, float, double, Complex) {
  auto a = random_matrix<T>(12, 40, 6);
  REQUIRE(orthonormalise(a.view()) == 12);
  CHECK(loss_of_orthogonality<T>(reading(a).columns(0, 12)) <= bound<T>(12));
}

TEST_CASE("columns of a Hilbert matrix are orthonormal at every condition") {
  for (const Index n : {8, 20, 60, 200}) {
    Matrix<double> a(n, n);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < n; ++j) a(i, j) = 1.0 / static_cast<double>(i + j + 1);
    Matrix<double> q = a.copy();
    const Index rank = orthonormalise(q.view());
    const View<const double> basis = reading(q).columns(0, rank);
    CHECK(loss_of_orthogonality<double>(basis) <= bound<double>(rank));
    CHECK(outside<double>(basis, a) < 1000.0 * eps<double>);
    if (n == 8) CHECK(rank == 8);
    if (n == 200) CHECK((rank > 12 && rank < 40));
  }
}

TEST_CASE_TEMPLATE("a basis is extended by what is new and by nothing else", T, float, double, Complex) {
  auto basis = random_matrix<T>(120, 20, 7);
  REQUIRE(orthonormalise(basis.view()) == 20);
  // Ten columns in the basis, five new, five new at a ten-thousandth of their length.
  Matrix<T> a = product<T>(Op::none, basis, Op::none, random_matrix<T>(20, 20, 8));
  const auto fresh = random_matrix<T>(120, 10, 9);
  for (Index i = 0; i < 120; ++i)
    for (Index j = 0; j < 10; ++j) a(i, 10 + j) += fresh(i, j) * Real<T>(j < 5 ? 1.0 : 1e-4);
  REQUIRE(extend_basis<T>(basis, a.view()) == 10);
  Matrix<T> both(120, 30);
  copy(reading(basis), both.view().columns(0, 20));
  copy(reading(a).columns(0, 10), both.view().columns(20, 10));
  CHECK(loss_of_orthogonality<T>(both) <= bound<T>(30));
  CHECK(outside<T>(both, fresh) < 1e4 * 100.0 * eps<T>);
}

TEST_CASE("an extension stays orthogonal when nearly all of it cancels") {
  for (const double size : {1e-3, 1e-6, 1e-9, 1e-12}) {
    auto basis = random_matrix<double>(300, 40, 10);
    orthonormalise(basis.view());
    Matrix<double> a = product<double>(Op::none, basis, Op::none, random_matrix<double>(40, 15, 11));
    const auto fresh = of_rank<double>(300, 15, 15, 12);
    for (Index i = 0; i < 300 * 15; ++i) a.data()[i] += size * fresh.data()[i];
    const Index added = extend_basis<double>(basis, a.view());
    CHECK(added == 15);
    Matrix<double> both(300, 40 + added);
    copy(reading(basis), both.view().columns(0, 40));
    copy(reading(a).columns(0, added), both.view().columns(40, added));
    CHECK(loss_of_orthogonality<double>(both) <= bound<double>(55));
  }
}

TEST_CASE_TEMPLATE("a thin factorisation gives the matrix back", T, float, double, Complex) {
  for (const Index rank : {7, 31}) {
    const Matrix<T> a = rank == 31 ? random_matrix<T>(90, 31, 13) : of_rank<T>(90, 31, rank, 13);
    const ThinQr<T> qr = thin_qr<T>(a);
    REQUIRE(qr.q.cols() == rank);
    CHECK(loss_of_orthogonality<T>(qr.q) <= bound<T>(rank));
    const Matrix<T> back = product<T>(Op::none, qr.q, Op::none, qr.r);
    double size = 0.0;
    for (Index i = 0; i < 90 * 31; ++i) size = std::max(size, magnitude(a.data()[i]));
    CHECK(distance<T>(back, a) < 40.0 * eps<T> * size);
    CHECK(qr.triangular == (rank == 31));
    if (qr.triangular)
      for (Index i = 0; i < 31; ++i) {
        CHECK(real_part(qr.r(i, i)) > 0);
        for (Index j = 0; j < i; ++j) CHECK(qr.r(i, j) == T{});
      }
  }
}

TEST_CASE_TEMPLATE("triangular systems are solved from both sides", T, float, double, Complex) {
  for (const Index n : {1, 31, 32, 33, 100}) {
    auto r = random_matrix<T>(n, n, 14);
    for (Index i = 0; i < n; ++i) {
      r(i, i) = T(Real<T>(4.0 * std::sqrt(static_cast<double>(n))));
      for (Index j = 0; j < i; ++j) r(i, j) = T{};
    }
    const auto x = random_matrix<T>(70, n, 15), y = random_matrix<T>(n, 70, 16);
    Matrix<T> right = product<T>(Op::none, x, Op::none, r), left = product<T>(Op::none, r, Op::none, y);
    solve_triangular_right<T>(r, right.view());
    solve_triangular_left<T>(r, left.view());
    CHECK(distance<T>(right, x) < 200.0 * eps<T>);
    CHECK(distance<T>(left, y) < 200.0 * eps<T>);
  }
}

TEST_CASE_TEMPLATE("a Cholesky factor gives the matrix back and refuses an indefinite one", T, float, double, Complex) {
  for (const Index n : {1, 20, 32, 33, 97}) {
    Matrix<T> g = gram<T>(random_matrix<T>(3 * n, n, 17));
    Matrix<T> r(n, n);
    REQUIRE(cholesky<T>(g, r.view(), 1e-6));
    CHECK(distance<T>(gram<T>(r), g) < 100.0 * eps<T> * static_cast<double>(3 * n));
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < i; ++j) CHECK(r(i, j) == T{});
    g(n - 1, n - 1) = T(-1);
    CHECK_FALSE(cholesky<T>(g, r.view(), 0.0));
  }
}

TEST_CASE_TEMPLATE("bases have the same bits for any number of threads", T, float, double, Complex) {
  for (const Index rank : {9, 20}) {
    const Matrix<T> a = of_rank<T>(3000, 20, rank, 18);
    Matrix<T> one = a.copy(), many = a.copy();
    CHECK(orthonormalise(one.view()) == rank);
    CHECK(orthonormalise(many.view(), Threads(3)) == rank);
    CHECK(std::memcmp(one.data(), many.data(), sizeof(T) * 3000 * 20) == 0);
  }
}

TEST_SUITE_END();
