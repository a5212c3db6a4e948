// Exact signs against whole-number arithmetic and against arithmetic of 113 bits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/exact_sign.hpp"

#include <doctest/doctest.h>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using orrery::curve::test::Quad;

namespace {

__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using)

int sign(Wide x) { return (x > 0) - (x < 0); }

Wide whole_determinant(const Point3& a, const Point3& b, const Point3& c, const Point3& d) {
  Wide r[3][3];
  for (std::size_t k = 0; k < 3; ++k) {
    r[0][k] = static_cast<Wide>(b[k]) - static_cast<Wide>(a[k]);
    r[1][k] = static_cast<Wide>(c[k]) - static_cast<Wide>(a[k]);
    r[2][k] = static_cast<Wide>(d[k]) - static_cast<Wide>(a[k]);
  }
  return r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) + r[0][1] * (r[1][2] * r[2][0] - r[1][0] * r[2][2]) +
         r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
}

}  // namespace

TEST_SUITE("plugins/curve/core/exact_sign") {
  TEST_CASE("signs in the plane equal those of whole-number arithmetic where floating point is lost") {
    std::mt19937_64 generator(1);
    std::uniform_int_distribution<std::int64_t> coordinate(-(1LL << 52), 1LL << 52), small(-2, 2);
    int zeros = 0, doubtful = 0;
    for (int i = 0; i < 20000; ++i) {
      // c lies next to the line from a through b.
      const std::int64_t ax = coordinate(generator) / 8, ay = coordinate(generator) / 8;
      const std::int64_t ux = coordinate(generator) / 64, uy = coordinate(generator) / 64, k = small(generator);
      const std::int64_t cx = ax + k * ux + small(generator) / 2, cy = ay + k * uy + small(generator) / 2;
      const Wide exact = static_cast<Wide>(ux) * (cy - ay) - static_cast<Wide>(uy) * (cx - ax);
      const auto f = [](std::int64_t x) { return static_cast<double>(x); };
      CHECK(orientation(Point2{f(ax), f(ay)}, Point2{f(ax + ux), f(ay + uy)}, Point2{f(cx), f(cy)}) == sign(exact));
      zeros += exact == 0;
      doubtful += exact != 0 && exact < (Wide{1} << 50) && exact > -(Wide{1} << 50);
    }
    CHECK(zeros > 1000);
    CHECK(doubtful > 1000);
  }

  TEST_CASE("signs in space equal those of whole-number arithmetic for points next to one plane") {
    std::mt19937_64 generator(2);
    std::uniform_int_distribution<int> coordinate(-(1 << 30), 1 << 30), small(-3, 3);
    int zeros = 0;
    for (int i = 0; i < 20000; ++i) {
      Point3 a, u, v, b, c, d;
      const int p = small(generator), q = small(generator);
      for (std::size_t k = 0; k < 3; ++k) {
        a[k] = coordinate(generator), u[k] = coordinate(generator), v[k] = coordinate(generator);
        b[k] = a[k] + u[k], c[k] = a[k] + v[k];
        d[k] = a[k] + p * u[k] + q * v[k] + (k == 0 ? small(generator) / 3 : 0);
      }
      const Wide exact = whole_determinant(a, b, c, d);
      CHECK(orientation(a, b, c, d) == sign(exact));
      zeros += exact == 0;
    }
    CHECK(zeros > 5000);
  }

  TEST_CASE("a sum that cancels to its last bit keeps its sign") {
    const std::vector<double> terms{1e200, 1.0, -1e200, -1.0, 1e-200};
    CHECK(sign_of_sum(terms) == 1);
    CHECK(sign_of_sum(std::vector<double>{1e300, -1e300, 0.0}) == 0);
    CHECK(sign_of_sum(std::vector<double>{}) == 0);
  }

  TEST_CASE("scaling keeps ratios exactly and refuses a range that products cannot hold") {
    const std::vector<double> wide{1.0, -1e-150, 0.0};
    const auto scaled = scaled_for_exactness({wide}, "coordinates");
    CHECK(scaled[0][1] / scaled[0][0] == -1e-150);
    CHECK(scaled[0][2] == 0.0);
    const std::vector<double> wider{1e200, 1e-200};
    CHECK(test::message_of([&] { scaled_for_exactness({wider}, "coordinates"); }) ==
          "coordinates must differ in size by less than 2^590; they reach from 1e-200 to 1e+200");
    const std::vector<double> nothing{0.0, 0.0};
    CHECK(scaled_for_exactness({nothing}, "coordinates")[0] == nothing);
  }
}
