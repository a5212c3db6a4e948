// Evenly spaced numbers: exact ends, no drift, counts and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/sequence.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

TEST_SUITE_BEGIN("plugins/tensor/core/sequence");

TEST_CASE("linspace hits its ends and is correctly rounded in easy cases") {
  CHECK(linspace(0.0, 1.0, 11)[3] == 0.3);
  CHECK(linspace(0.0, 1.0, 11)[7] == 0.7);
  CHECK(linspace(0.1, 0.7, 1000).back() == 0.7);
  CHECK(linspace(2.0, 5.0, 1) == std::vector<double>{2.0});
  CHECK(linspace(2.0, 5.0, 0).empty());
  CHECK(linspace(0.0, 1.0, 4, false) == std::vector<double>{0.0, 0.25, 0.5, 0.75});
  CHECK(linspace(5.0, 2.0, 4) == std::vector<double>{5.0, 4.0, 3.0, 2.0});
  const std::vector<double> wide = linspace(-1.7e308, 1.7e308, 5);
  CHECK(wide[2] == 0.0);
  CHECK(wide[3] == doctest::Approx(0.85e308));
}

TEST_CASE("linspace made in parts is the same to the bit") {
  for (const bool endpoint : {true, false}) {
    for (const std::int64_t count : {1, 2, 7, 1000}) {
      const Linspaced all{-0.37, 11.2, count, endpoint};
      const std::vector<double> whole = linspace(all.first, all.last, count, endpoint);
      for (const std::int64_t piece : {1, 3, 999, 1000}) {
        std::vector<double> parts(whole.size());
        for (std::int64_t begin = 0; begin < count; begin += piece)
          linspace_part(all, begin, std::span(parts).subspan(begin, std::min(piece, count - begin)));
        CHECK(parts == whole);
      }
    }
  }
}

TEST_CASE("a part of linspace must lie in it") {
  std::vector<double> out(3);
  CHECK_THROWS_WITH_AS(linspace_part({0, 1, 4, true}, 2, out), "the part must lie in the 4 numbers; it is 3 from 2",
                       std::invalid_argument);
  CHECK_THROWS_AS(linspace_part({0, 1, 4, true}, -1, out), std::invalid_argument);
  CHECK_THROWS_AS(linspace_part({0, 1, 4, true}, INT64_MAX, out), std::invalid_argument);
  CHECK_NOTHROW(linspace_part({0, 1, 4, true}, 4, std::span<double>()));
}

TEST_CASE("linspace stays within an ulp and a half of the exact place") {
  const double first = -0.37;
  const double last = 11.2;
  const std::vector<double> x = linspace(first, last, 10001);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double exact =
        static_cast<long double>(first) +
        (static_cast<long double>(last) - static_cast<long double>(first)) * static_cast<long double>(i) / 10000.0L;
    CHECK(std::abs(static_cast<double>(static_cast<long double>(x[i]) - exact)) <= ulps(1.5, last));
  }
}

TEST_CASE("logspace gives powers and geomspace exact ends") {
  CHECK(logspace(0.0, 3.0, 4) == std::vector<double>{1.0, 10.0, 100.0, 1000.0});
  CHECK(logspace(-1.0, 2.0, 4, 2.0) == std::vector<double>{0.5, 1.0, 2.0, 4.0});
  const std::vector<double> g = geomspace(1e-300, 1e300, 7);
  CHECK(g.front() == 1e-300);
  CHECK(g.back() == 1e300);
  CHECK(std::abs(g[3] - 1.0) < 1e-13);
  CHECK(geomspace(-1.0, -8.0, 4)[2] == doctest::Approx(-4.0).epsilon(1e-15));
}

TEST_CASE("arange stops before its end and does not drift") {
  CHECK(arange(0.0, 1.0, 0.25) == std::vector<double>{0.0, 0.25, 0.5, 0.75});
  CHECK(arange(1.0, 1.3, 0.1).size() == 3);
  CHECK(arange(0.0, 0.3, 0.1).size() == 3);
  CHECK(arange(1.0, 0.0, -0.5) == std::vector<double>{1.0, 0.5});
  CHECK(arange(1.0, 0.0, 0.5).empty());
  const std::vector<double> x = arange(0.0, 1e5, 0.1);
  CHECK(std::abs(x[999999] - 99999.9) <= ulps(1, 1e5));
  CHECK(arange(std::int64_t{0}, std::int64_t{7}, std::int64_t{3}) == std::vector<std::int64_t>{0, 3, 6});
  CHECK(arange(std::int64_t{5}, std::int64_t{-2}, std::int64_t{-3}) == std::vector<std::int64_t>{5, 2, -1});
  CHECK(arange(std::int64_t{5}, std::int64_t{5}, std::int64_t{1}).empty());
  const std::int64_t low = std::numeric_limits<std::int64_t>::min();
  const std::int64_t high = std::numeric_limits<std::int64_t>::max();
  CHECK(arange(low, high, high) == std::vector<std::int64_t>{low, -1, high - 1});
  CHECK(arange(high, low, low) == std::vector<std::int64_t>{high, -1});
}

TEST_CASE("numbers out of range are refused by name") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(message_of([&] { linspace(nan, 1.0, 3); }) == "first must be finite; it is nan");
  CHECK(message_of([] { linspace(0.0, 1.0, -1); }) == "count must lie in [0, 2^40]; it is -1");
  CHECK(message_of([] { logspace(0.0, 1.0, 3, -2.0); }) == "base must be positive and finite; it is -2");
  CHECK(message_of([] { geomspace(-1.0, 2.0, 3); }) ==
        "first and last must have one sign and not be 0; they are -1 and 2");
  CHECK(message_of([] { arange(0.0, 1.0, 0.0); }) == "step must not be 0");
  CHECK(message_of([] { arange(0.0, 1.0, 1e-300); }) ==
        "a sequence holds at most 2^40 numbers; first, last and step ask for more");
  CHECK_THROWS_AS(arange(std::int64_t{0}, std::int64_t{1}, std::int64_t{0}), std::invalid_argument);
}

TEST_SUITE_END();
