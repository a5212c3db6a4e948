// Coefficients by least squares, guides, exchanges that bound them, and the volume that cannot be raised further.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/interpolation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/matrix/core/small_svd.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// The product of the singular values of the columns.
double volume(In<double> a, const std::vector<Index>& columns) {
  double product = 1.0;
  for (const double value : small_singular_values<double>(columns_of<double>(a, columns))) product *= value;
  return product;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/interpolation");

TEST_CASE_TEMPLATE("the residual is orthogonal to the skeleton", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  const Matrix<T> a = random_matrix<T>(40, 25, 1);
  const std::vector<Index> skeleton{7, 3, 20, 11};
  const auto found = interpolate<T>(a, skeleton);
  CHECK(found.skeleton == skeleton);
  CHECK_FALSE(found.deficient);
  for (const Index s : skeleton)
    for (Index j = 0; j < 25; ++j) {
      Exact<T> sum{};
      for (Index i = 0; i < 40; ++i) {
        Exact<T> left = Exact<T>(a(i, j));
        for (std::size_t t = 0; t < skeleton.size(); ++t)
          left -= Exact<T>(a(i, skeleton[t])) * Exact<T>(found.z(static_cast<Index>(t), j));
        sum += Exact<T>(conjugate(a(i, s))) * left;
      }
      CHECK(magnitude(sum) < 400.0 * eps);
    }
  CHECK(residual<T>(a, found).frobenius == doctest::Approx(plain_error<T>(a, skeleton, found.z)).epsilon(100 * eps));
}

TEST_CASE("dependent columns leave the skeleton and the others keep their order") {
  Matrix<double> a = random_matrix<double>(10, 8, 2);
  for (Index i = 0; i < 10; ++i) a(i, 5) = a(i, 1) - 2.0 * a(i, 4), a(i, 6) = 0.0;
  const auto found = interpolate<double>(a, {4, 6, 1, 5, 0});
  CHECK(found.deficient);
  CHECK(found.skeleton.size() == 3);
  CHECK(plain_error<double>(columns_of<double>(a, {0, 1, 4, 5, 6}), {}, Matrix<double>(0, 5)) > 1.0);
  const Residual left = residual<double>(a, found);
  for (const std::size_t j : {0U, 1U, 4U, 5U, 6U}) CHECK(left.columns[j] < 1e-14);
}

TEST_CASE("a bad guide costs time and no digits") {
  const Matrix<double> a = decaying<double>(30, 20, 0.7, 4);
  const std::vector<Index> skeleton{1, 5, 9};
  Matrix<double> wrong = Matrix<double>::identity(3), singular(3, 3);
  wrong(0, 2) = 1e9;
  const auto plain = interpolate<double>(a, skeleton);
  for (const Matrix<double>* guide : {&wrong, &singular})
    CHECK(distance<double>(interpolate<double>(a, skeleton, guide).z, plain.z) < 1e-6);
}

TEST_CASE("exchanges keep any bound from 1 on and never lower the volume") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Matrix<double> a = decaying<double>(12, 18, 0.8, seed);
    for (const double bound : {1.0, 1.2, 2.0}) {
      auto found = interpolate<double>(a, {0, 1, 2, 3, 4});
      const double before = volume(a, found.skeleton);
      bound_entries<double>(a, found, bound);
      CHECK(largest_entry<double>(found.z) <= std::max(bound, 1.0 + 1e-9));
      CHECK(volume(a, found.skeleton) >=
            before * std::pow(std::max(bound, 1.0), static_cast<double>(found.swaps)) * (1 - 1e-12));
      CHECK(found.skeleton.size() == 5);
    }
  }
  auto found = interpolate<double>(small_case(), {0, 1});
  CHECK_THROWS_AS(bound_entries<double>(small_case(), found, 0.99), std::domain_error);
}

TEST_CASE("after raise_volume no single exchange raises the volume by more than f") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Matrix<double> a = decaying<double>(9, 11, 0.6, seed);
    for (const double f : {1.0, 1.5}) {
      auto found = interpolate<double>(a, {0, 1, 2, 3});
      raise_volume<double>(a, found, f);
      const double reached = volume(a, found.skeleton);
      for (std::size_t i = 0; i < 4; ++i)
        for (Index j = 0; j < 11; ++j) {
          std::vector<Index> other = found.skeleton;
          other[i] = j;
          CHECK(volume(a, other) <= std::max(f, 1.0 + 1e-9) * reached * (1.0 + 1e-9));
        }
      // Gu and Eisenstat's bounds follow from it.
      const auto values = small_singular_values<double>(a);
      const double most = std::sqrt(1.0 + f * f * 4.0 * 7.0);
      Matrix<double> left = a.copy();
      for (Index i = 0; i < 9; ++i)
        for (Index j = 0; j < 11; ++j)
          for (std::size_t s = 0; s < 4; ++s) left(i, j) -= a(i, found.skeleton[s]) * found.z(static_cast<Index>(s), j);
      CHECK(small_singular_values<double>(left)[0] <= most * values[4] * (1.0 + 1e-9));
      CHECK(small_singular_values<double>(columns_of<double>(a, found.skeleton))[3] >= values[3] / most * (1.0 - 1e-9));
    }
  }
}

TEST_SUITE_END();
