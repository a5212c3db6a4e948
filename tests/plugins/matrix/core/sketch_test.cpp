// Tests of the sketches: they keep lengths on average and subspaces always, and refuse what they cannot do.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketch.hpp"

#include <doctest/doctest.h>

#include <cstring>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/sketch");

namespace {

constexpr SketchKind kinds[] = {SketchKind::gaussian, SketchKind::sparse_sign, SketchKind::srht, SketchKind::sampled};

}  // namespace

TEST_CASE_TEMPLATE("squared lengths are kept on average", T, float, double, Complex) {
  const auto x = random_matrix<T>(100, 1, 1);
  const double expected = std::pow(frobenius_norm<T>(x), 2);
  for (const SketchKind kind : kinds) {
    double sum = 0.0, squares = 0.0;
    constexpr int draws = 2000;
    for (std::uint64_t key = 0; key < draws; ++key) {
      const double size = std::pow(frobenius_norm<T>(sketched<T>(kind, x, 10, Random(key))), 2) / expected;
      sum += size, squares += size * size;
    }
    const double mean = sum / draws, deviation = std::sqrt((squares / draws - mean * mean) / draws);
    CHECK(std::abs(mean - 1.0) < 4.0 * deviation);
  }
}

TEST_CASE_TEMPLATE("a sketch is linear and the same for any number of threads", T, float, double, Complex) {
  const auto a = random_matrix<T>(300, 520, 2);
  for (const SketchKind kind : kinds) {
    const Matrix<T> whole = sketched<T>(kind, a, 31, Random(3)), many = sketched<T>(kind, a, 31, Random(3), Threads(3));
    CHECK(std::memcmp(whole.data(), many.data(), sizeof(T) * 31 * 520) == 0);
    const Matrix<T> part = sketched<T>(kind, reading(a).columns(7, 100), 31, Random(3));
    CHECK(distance<T>(part, reading(whole).columns(7, 100)) < 1e3 * std::numeric_limits<Real<T>>::epsilon());
    const Matrix<T> turned = sketched_columns<T>(kind, transposed(reading(a), true), 31, Random(3));
    CHECK(distance<T>(transposed(reading(turned), true), whole) < 1e3 * std::numeric_limits<Real<T>>::epsilon());
  }
}

TEST_CASE("a subspace is kept even where a few rows carry all of it") {
  // 20 columns, each of which is one row and a little of all others: the case on which sparse sketches of few signs
  // fail.
  Matrix<double> a(1000, 20);
  const auto noise = random_matrix<double>(1000, 20, 4);
  for (Index i = 0; i < 20000; ++i) a.data()[i] = 1e-3 * noise.data()[i];
  for (Index j = 0; j < 20; ++j) a(37 * j, j) += 1.0;
  orthonormalise(a.view());
  for (const SketchKind kind : {SketchKind::gaussian, SketchKind::sparse_sign, SketchKind::srht})
    for (std::uint64_t key = 0; key < 20; ++key) {
      const auto values = small_singular_values<double>(sketched<double>(kind, a, 80, Random(key)));
      CHECK(values.front() < 1.9);
      CHECK(values.back() > 0.25);
    }
}

TEST_CASE("every row of the sparse sketch receives as many rows") {
  const Index count = 25;
  Matrix<double> ones(100, 100);
  for (Index i = 0; i < 100; ++i) ones(i, i) = 1.0;
  const Matrix<double> s = sketched<double>(SketchKind::sparse_sign, ones, count, Random(5));
  for (Index i = 0; i < count; ++i) {
    double weight = 0.0;
    for (Index j = 0; j < 100; ++j) weight += std::abs(s(i, j));
    CHECK(weight <= 8.0);  // four blocks of rows, each in four passes, of size 1/2
  }
}

TEST_CASE("counts outside the range are refused") {
  const Matrix<double> a(5, 3);
  CHECK_THROWS_AS(sketched<double>(SketchKind::gaussian, a, 0, Random(1)), std::invalid_argument);
  CHECK_THROWS_WITH_AS(sketched<double>(SketchKind::sampled, a, 6, Random(1)),
                       "the rows of a sample of rows must number from 1 to 5; 6 are asked for", std::invalid_argument);
  CHECK(sketched<double>(SketchKind::srht, a, 8, Random(1)).rows() == 8);
  CHECK_THROWS_AS(sketched<double>(SketchKind::srht, a, 9, Random(1)), std::invalid_argument);
}

TEST_SUITE_END();
