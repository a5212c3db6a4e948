// Rules side by side: the floor, ratios, and counts of operations.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/comparison");

TEST_CASE("errors and ratios of a 4 x 5 matrix are those published") {
  const auto made = compare_choices<double>(
      small_case(), {ColumnChoice::pivoted_qr, ColumnChoice::exhaustive, ColumnChoice::greedy_total}, {.rank = 2},
      Random(1));
  const double floor = std::hypot(2.150814504742607, 1.4358990800226596), norm = std::sqrt(82.0);
  CHECK(made.floor == doctest::Approx(floor).epsilon(1e-14));
  REQUIRE(made.rows.size() == 3);
  CHECK(made.rows[0].ratio == doctest::Approx(std::sqrt(10.6336633663366337) / floor).epsilon(1e-14));
  CHECK(made.rows[1].ratio == doctest::Approx(std::sqrt(7.618768328445748) / floor).epsilon(1e-14));
  CHECK(made.rows[1].relative_error == doctest::Approx(std::sqrt(7.618768328445748) / norm).epsilon(1e-14));
  for (const Compared& row : made.rows) {
    CHECK(row.chosen == 2);
    CHECK(row.ratio >= 1.0);
    CHECK(row.flops > 0.0);
    CHECK(row.seconds >= 0.0);
  }
}

TEST_CASE("exact decompositions have ratio 1 and a matrix of zeros no error") {
  for (const Compared& row :
       compare_choices<double>(small_case(), {ColumnChoice::fine, ColumnChoice::norm}, {.rank = 4}, Random(1)).rows)
    CHECK(row.ratio == 1.0);
  const auto nothing = compare_choices<double>(Matrix<double>(3, 3), {ColumnChoice::fine}, {.rank = 1}, Random(1));
  CHECK(nothing.floor == 0.0);
  CHECK(nothing.rows[0].relative_error == 0.0);
}

TEST_CASE("sketches need fewer operations than pivoted QR at low rank") {
  const InterpolativeOptions options{.rank = 50};
  const double qr = leading_flops(ColumnChoice::pivoted_qr, 2000, 2000, options);
  CHECK(leading_flops(ColumnChoice::fast, 2000, 2000, options) < 0.2 * qr);
  CHECK(leading_flops(ColumnChoice::fine, 2000, 2000, options) < 0.8 * qr);
  CHECK(qr == doctest::Approx(4.0 * 2000 * 2000 * 50 - 2.0 * 2500 * 4000 + 4.0 / 3.0 * 125000));
}

TEST_SUITE_END();
