// Tests that all kernels of the matrix product give the same bits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/product_kernel.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>

#include "plugins/matrix/core/product_blocks.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/product_kernel");

TEST_CASE_TEMPLATE("all kernels give the same bits", T, float, double, Complex) {
  const auto kernels = detail::product_kernels<Real<T>>();
  REQUIRE(kernels.size() >= 1);
  CHECK(std::string(kernels.front().name) == "baseline");
  struct Sizes {
    Index m, k, n;
  };
  // Around the tiles, the chains, the blocks, and what is and is not packed.
  for (const auto [m, k, n] :
       {Sizes{1, 1, 1}, {7, 300, 23}, {13, 257, 49}, {200, 20, 250}, {33, 513, 300}, {3, 17000, 5}})
    for (const Op op_a : {Op::none, Op::adjoint})
      for (const Op op_b : {Op::none, Op::transpose}) {
        const auto a = op_a == Op::none ? random_matrix<T>(m, k, 1) : random_matrix<T>(k, m, 1);
        const auto b = op_b == Op::none ? random_matrix<T>(k, n, 2) : random_matrix<T>(n, k, 2);
        const auto start = random_matrix<T>(m, n, 3);
        Matrix<T> first = start.copy();
        detail::multiply_with<T>(kernels.front(), Real<T>(-0.7), true, op_a, a, op_b, b, first.view(), in_caller());
        for (const auto& kernel : kernels) {
          Matrix<T> out = start.copy();
          detail::multiply_with<T>(kernel, Real<T>(-0.7), true, op_a, a, op_b, b, out.view(), Threads(2));
          CHECK_MESSAGE(std::memcmp(first.data(), out.data(), sizeof(T) * static_cast<std::size_t>(m * n)) == 0,
                        kernel.name);
        }
      }
}

TEST_CASE_TEMPLATE("a sum is made of fused multiply-adds in chains of 256", T, float, double) {
  const auto a = random_matrix<T>(1, 700, 4), b = random_matrix<T>(700, 1, 5);
  T expected{};
  for (Index first = 0; first < 700; first += detail::chain) {
    T sum{};
    for (Index l = first; l < std::min<Index>(first + detail::chain, 700); ++l) sum = std::fma(a(0, l), b(l, 0), sum);
    expected = first == 0 ? sum : expected + sum;
  }
  CHECK(product<T>(Op::none, a, Op::none, b)(0, 0) == expected);
}

TEST_SUITE_END();
