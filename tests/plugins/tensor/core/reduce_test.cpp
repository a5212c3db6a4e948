// Reductions: every axis against loops, accuracy where plain loops fail, empty lines, nan and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/reduce.hpp"

#include <doctest/doctest.h>

#include <random>
#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

namespace {

using Int = std::int64_t;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

template <typename R, typename T, typename Function>
std::vector<R> reduced(Function function, const Tensor<T>& in, Axis axis) {
  std::vector<R> out(element_count(reduced_shape(in.shape, axis)));
  function(in.view(), axis, std::span<R>(out));
  return out;
}

std::vector<double> sum_of(const Tensor<double>& in, Axis axis = {}) { return reduced<double>(sum<double>, in, axis); }
double norm_of(std::vector<double> values) {
  const auto count = static_cast<Int>(values.size());
  return reduced<double>(norm<double>, Tensor<double>{{count}, std::move(values)}, {})[0];
}
double product_of(std::vector<double> values) {
  const auto count = static_cast<Int>(values.size());
  return reduced<double>(product<double>, Tensor<double>{{count}, std::move(values)}, {})[0];
}

}  // namespace

TEST_SUITE_BEGIN("plugins/tensor/core/reduce");

TEST_CASE("the result has the axis removed or kept with length one") {
  CHECK(reduced_shape(Shape{2, 3, 4}, 1) == Shape{2, 4});
  CHECK(reduced_shape(Shape{2, 3, 4}, -1, true) == Shape{2, 3, 1});
  CHECK(reduced_shape(Shape{2, 3}, {}) == Shape{});
  CHECK(reduced_shape(Shape{2, 3}, {}, true) == Shape{1, 1});
}

TEST_CASE("each axis is reduced as loops do it") {
  const Tensor<double> t = counting<double>({2, 3, 4});
  CHECK(sum_of(t, 0) == std::vector<double>{12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34});
  CHECK(sum_of(t, 1) == std::vector<double>{12, 15, 18, 21, 48, 51, 54, 57});
  CHECK(sum_of(t, -1) == std::vector<double>{6, 22, 38, 54, 70, 86});
  CHECK(sum_of(t) == std::vector<double>{276});
  CHECK(reduced<double>(mean<double>, t, 2) == std::vector<double>{1.5, 5.5, 9.5, 13.5, 17.5, 21.5});
  CHECK(reduced<double>(minimum<double>, t, 0) == std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  CHECK(reduced<double>(maximum<double>, t, 1) == std::vector<double>{8, 9, 10, 11, 20, 21, 22, 23});
  CHECK(reduced<Int>(index_of_maximum<double>, t, 1) == std::vector<Int>(8, 2));
  CHECK(reduced<Int>(index_of_minimum<double>, t, {}) == std::vector<Int>{0});
}

TEST_CASE("a scalar is reduced over all its one element") {
  const Tensor<double> t{{}, {-3.0}};
  CHECK(sum_of(t) == std::vector<double>{-3.0});
  CHECK(norm_of({-3.0}) == 3.0);
}

TEST_CASE("sums keep what a plain loop loses") {
  CHECK(sum_of({{4}, {1.0, 1e100, 1.0, -1e100}}) == std::vector<double>{2.0});
  const std::vector<double> tenths(1000000, 0.1);
  const double exact = 100000.00000000000555;
  CHECK(std::abs(sum_of({{1000000}, tenths})[0] - exact) <= ulps(0.5, exact));
  CHECK(std::abs(reduced<double>(mean<double>, Tensor<double>{{1000000}, tenths}, {})[0] - 0.1) <= ulps(1, 0.1));
}

TEST_CASE("random sums agree with long double to an ulp") {
  std::mt19937_64 generator(3);
  std::normal_distribution<double> normal;
  Tensor<double> t = blank<double>({10000});
  long double exact = 0.0L;
  for (double& x : t.data) {
    x = normal(generator) * std::exp2(normal(generator) * 10.0);
    exact += static_cast<long double>(x);
  }
  CHECK(std::abs(static_cast<double>(static_cast<long double>(sum_of(t)[0]) - exact)) <= ulps(2, sum_of(t)[0]));
}

TEST_CASE("infinities and nan come through sums and products") {
  CHECK(sum_of({{3}, {1.0, inf, 2.0}})[0] == inf);
  CHECK(std::isnan(sum_of({{2}, {inf, -inf}})[0]));
  CHECK(std::isnan(sum_of({{2}, {1.0, not_a_number}})[0]));
  CHECK(product_of({-2.0, inf}) == -inf);
  CHECK(std::isnan(product_of({0.0, inf})));
  CHECK(std::isnan(product_of({not_a_number, 2.0})));
  CHECK(product_of({5.0, 0.0, 3.0}) == 0.0);
  CHECK(std::signbit(product_of({-5.0, 0.0})));
}

TEST_CASE("products do not over- or underflow on the way") {
  CHECK(product_of({1e200, 1e200, 1e-200, 1e-200}) == doctest::Approx(1.0).epsilon(1e-15));
  CHECK(product_of(std::vector<double>(200, 1e-300)) == 0.0);
  CHECK(product_of(std::vector<double>(200, 1e300)) == inf);
  std::vector<double> factors;
  long double exact = 1.0L;
  for (int i = 1; i <= 1000; ++i) {
    factors.push_back(1.0 + 1.0 / (i + 0.7));
    exact *= static_cast<long double>(factors.back());
  }
  CHECK(std::abs(static_cast<double>(static_cast<long double>(product_of(factors)) - exact)) <=
        ulps(1, static_cast<double>(exact)));
}

TEST_CASE("norms work from the smallest to the largest numbers") {
  CHECK(norm_of({3.0, 4.0}) == 5.0);
  CHECK(norm_of({3e300, 4e300}) == 5e300);
  CHECK(norm_of({3e-310, 4e-310}) == doctest::Approx(5e-310).epsilon(1e-13));
  CHECK(norm_of({0.0, 0.0}) == 0.0);
  CHECK(norm_of({-inf, 1.0}) == inf);
  CHECK(std::isnan(norm_of({inf, not_a_number})));
  CHECK(std::abs(norm_of(std::vector<double>(1000000, 0.1)) - 100.0) <= ulps(1, 100.0));
  CHECK(reduced<double>(norm<Complex>, Tensor<Complex>{{2}, {{1.0, 2.0}, {2.0, 4.0}}}, {})[0] == 5.0);
  CHECK(reduced<float>(norm<float>, Tensor<float>{{2}, {3e30F, 4e30F}}, {})[0] == 5e30F);
  CHECK(reduced<double>(norm<Int>, Tensor<Int>{{2}, {3, 4}}, {})[0] == 5.0);
}

TEST_CASE("integers are exact and refuse to wrap around") {
  const Int largest = std::numeric_limits<Int>::max();
  const Int smallest = std::numeric_limits<Int>::min();
  CHECK(reduced<Int>(sum<Int>, Tensor<Int>{{3}, {largest, 5, -5}}, {})[0] == largest);
  CHECK(message_of([&] {
          reduced<Int>(sum<Int>, Tensor<Int>{{2}, {largest, 1}}, {});
        }) == "a sum leaves the range of i64, [-2^63, 2^63 - 1]");
  CHECK(reduced<Int>(product<Int>, Tensor<Int>{{3}, {largest, largest, 0}}, {})[0] == 0);
  CHECK(reduced<Int>(product<Int>, Tensor<Int>{{3}, {Int{1} << 32, Int{1} << 31, -1}}, {})[0] == smallest);
  CHECK_THROWS_AS(reduced<Int>(product<Int>, Tensor<Int>{{2}, {largest, 2}}, {}), std::out_of_range);
  CHECK(reduced<double>(mean<Int>, Tensor<Int>{{2}, {1, 2}}, {})[0] == 1.5);
}

TEST_CASE("extremes take the first of equals and hand nan on") {
  const Tensor<double> t{{5}, {2.0, 1.0, 3.0, 1.0, 3.0}};
  CHECK(reduced<Int>(index_of_minimum<double>, t, 0)[0] == 1);
  CHECK(reduced<Int>(index_of_maximum<double>, t, 0)[0] == 2);
  const Tensor<double> broken{{3}, {2.0, not_a_number, 1.0}};
  CHECK(std::isnan(reduced<double>(minimum<double>, broken, 0)[0]));
  CHECK(reduced<Int>(index_of_maximum<double>, broken, 0)[0] == 1);
  CHECK(reduced<Int>(maximum<Int>, Tensor<Int>{{2}, {-4, -9}}, {})[0] == -4);
}

TEST_CASE("any and all treat nan as true") {
  const Tensor<double> t{{2, 2}, {0.0, not_a_number, 1.0, 2.0}};
  CHECK(reduced<Truth>(any<double>, t, 1) == std::vector<Truth>{1, 1});
  CHECK(reduced<Truth>(all<double>, t, 1) == std::vector<Truth>{0, 1});
  CHECK(reduced<Truth>(all<Truth>, Tensor<Truth>{{2}, {1, 0}}, {}) == std::vector<Truth>{0});
}

TEST_CASE("empty lines have the neutral value or none") {
  const Tensor<double> t = blank<double>({2, 0});
  CHECK(sum_of(t, 1) == std::vector<double>{0.0, 0.0});
  CHECK(sum_of(t, 0).empty());
  CHECK(reduced<double>(product<double>, t, 1) == std::vector<double>{1.0, 1.0});
  CHECK(reduced<Truth>(any<double>, t, 1) == std::vector<Truth>{0, 0});
  CHECK(reduced<Truth>(all<double>, t, 1) == std::vector<Truth>{1, 1});
  CHECK(message_of([&] { reduced<double>(mean<double>, t, 1); }) == "the mean of no elements is not defined");
  CHECK(message_of([&] { reduced<double>(minimum<double>, t, 1); }) == "the minimum of no elements is not defined");
}

TEST_CASE("a wrong axis is refused with the allowed range") {
  const Tensor<double> t = counting<double>({2, 3});
  CHECK(message_of([&] { sum_of(t, 2); }) == "axis must lie in [-2, 1]; it is 2");
  std::vector<double> out(1);
  CHECK(message_of([&] { sum<double>(t.view(), 0, out); }) ==
        "the result must hold 3 elements for shape (3); it holds 1");
}

TEST_SUITE_END();
