// Differences, dot and cross products: definitions, cancellation, broadcasting, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/products.hpp"

#include <doctest/doctest.h>

#include <random>
#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

namespace {

using Int = std::int64_t;

template <typename T>
Tensor<T> differenced(const Tensor<T>& in, Int axis, Int order) {
  Tensor<T> out = blank<T>(differenced_shape(in.shape, axis, order));
  difference<T>(in.view(), axis, order, out.data);
  return out;
}

template <typename T>
Tensor<T> dotted(const Tensor<T>& a, const Tensor<T>& b) {
  Tensor<T> out = blank<T>(dot_shape(a.shape, b.shape));
  dot<T>(a.view(), b.view(), out.data);
  return out;
}

template <typename T>
Tensor<T> crossed(const Tensor<T>& a, const Tensor<T>& b) {
  Tensor<T> out = blank<T>(cross_shape(a.shape, b.shape));
  cross<T>(a.view(), b.view(), out.data);
  return out;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/tensor/core/products");

TEST_CASE("differences shorten their axis") {
  const Tensor<double> squares{{5}, {0, 1, 4, 9, 16}};
  CHECK(differenced(squares, 0, 1) == Tensor<double>{{4}, {1, 3, 5, 7}});
  CHECK(differenced(squares, 0, 2) == Tensor<double>{{3}, {2, 2, 2}});
  CHECK(differenced(squares, 0, 0) == squares);
  CHECK(differenced(squares, 0, 9) == Tensor<double>{{0}, {}});
  const Tensor<double> t{{2, 3}, {1, 2, 4, 8, 16, 32}};
  CHECK(differenced(t, 1, 1) == Tensor<double>{{2, 2}, {1, 2, 8, 16}});
  CHECK(differenced(t, 0, 1) == Tensor<double>{{1, 3}, {7, 14, 28}});
  CHECK(message_of([&] { differenced(t, 0, -1); }) == "order must be at least 0; it is -1");
  CHECK_THROWS_AS(differenced(Tensor<Int>{{2}, {std::numeric_limits<Int>::max(), -2}}, 0, 1), std::out_of_range);
}

TEST_CASE("dot products broadcast over the leading axes") {
  const Tensor<double> a = counting<double>({2, 3});
  const Tensor<double> b{{3}, {1, 10, 100}};
  CHECK(dotted(a, b) == Tensor<double>{{2}, {210, 543}});
  CHECK(dotted(b, b) == Tensor<double>{{}, {10101}});
  CHECK(dotted(counting<double>({2, 1, 3}), counting<double>({4, 3})).shape == Shape{2, 4});
  CHECK(dotted(blank<double>({2, 0}), blank<double>({0})) == Tensor<double>{{2}, {0, 0}});
  CHECK(message_of([&] { dotted(a, counting<double>({2})); }) ==
        "the last axes of a dot product must be equal; they have lengths 3 and 2");
  CHECK(message_of([&] {
          dotted(a, Tensor<double>{{}, {1}});
        }) == "dot needs tensors with at least one axis; one is a scalar");
}

TEST_CASE("dot products keep digits that cancel") {
  CHECK(dotted(Tensor<double>{{3}, {1e16, 1.0, -1e16}}, Tensor<double>{{3}, {1.0, 1.0, 1.0}}).data[0] == 1.0);
  const double tiny = 0x1p-30;
  const Tensor<double> a{{2}, {1.0 + tiny, -1.0}};
  const Tensor<double> b{{2}, {1.0 - tiny, 1.0}};
  CHECK(dotted(a, b).data[0] == -tiny * tiny);
}

TEST_CASE("complex dot products take no conjugate and integer ones are exact") {
  const Complex i{0.0, 1.0};
  CHECK(dotted(Tensor<Complex>{{2}, {i, 2.0}}, Tensor<Complex>{{2}, {i, i}}).data[0] == Complex{-1.0, 2.0});
  const Int big = Int{1} << 40;
  CHECK(dotted(Tensor<Int>{{2}, {big, big}}, Tensor<Int>{{2}, {big, -big}}).data[0] == 0);
  CHECK_THROWS_AS(dotted(Tensor<Int>{{1}, {big}}, Tensor<Int>{{1}, {big}}), std::out_of_range);
}

TEST_CASE("cross products follow the right hand and broadcast") {
  const Tensor<double> x{{3}, {1, 0, 0}};
  const Tensor<double> both{{2, 3}, {0, 1, 0, 0, 0, 1}};
  CHECK(crossed(x, both) == Tensor<double>{{2, 3}, {0, 0, 1, 0, -1, 0}});
  const Tensor<Complex> z{{3}, {{0, 1}, 0.0, 0.0}};
  CHECK(crossed(z, Tensor<Complex>{{3}, {0.0, 1.0, 0.0}}).data[2] == Complex{0.0, 1.0});
  CHECK(message_of([&] { crossed(x, counting<double>({2})); }) ==
        "the last axes of a cross product must have length 3; they have lengths 3 and 2");
}

TEST_CASE("cross products of nearly parallel vectors keep their digits") {
  std::mt19937_64 generator(2);
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  for (int i = 0; i < 1000; ++i) {
    const Tensor<double> a{{3}, {any(generator), any(generator), any(generator)}};
    Tensor<double> b = a;
    for (double& x : b.data) {
      x = 0.7 * x * (1.0 + 1e-14 * any(generator));
    }
    const Tensor<double> c = crossed(a, b);
    __extension__ typedef __float128 Quad;
    const Quad exact = static_cast<Quad>(a.data[1]) * static_cast<Quad>(b.data[2]) -
                       static_cast<Quad>(a.data[2]) * static_cast<Quad>(b.data[1]);
    CHECK(std::abs(static_cast<double>(static_cast<Quad>(c.data[0]) - exact)) <= ulps(1.5, static_cast<double>(exact)));
  }
}

TEST_SUITE_END();
