// Views of arrays, batches and tables: which element an index means.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/view.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

using namespace orrery::sdk;

namespace {

using Extents = std::vector<std::int64_t>;

std::vector<double> counting(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

orrery_text text(std::string_view view) { return {view.data(), view.size()}; }

}  // namespace

TEST_SUITE("sdk/view") {
  TEST_CASE("the last index of a view runs fastest") {
    auto values = counting(24);
    const View<double, 3> view(values.data(), {2, 3, 4});
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 4; ++k) CHECK(view(i, j, k) == 12 * i + 4 * j + k);
    CHECK(view.extent(0) == 2);
    CHECK(view.extent(2) == 4);
    CHECK(view.size() == 24);
    CHECK(view.span().size() == 24);
  }

  TEST_CASE("a row of a view is its part at a place of the first axis") {
    auto values = counting(12);
    const View<double, 2> matrix(values.data(), {3, 4});
    CHECK(matrix.row(2).size() == 4);
    CHECK(matrix.row(2).front() == 8);
    const View<double, 1> vector(values.data(), {12});
    CHECK(vector.row(5).size() == 1);
    CHECK(vector.row(5).front() == 5);
  }

  TEST_CASE("a view of rank 0 has one element") {
    double value = 7;
    const View<double, 0> view(&value, Shape());
    CHECK(view() == 7);
    CHECK(view.size() == 1);
    CHECK(std::accumulate(view.begin(), view.end(), 0.0) == 7);
  }

  TEST_CASE("an empty view has no elements") {
    const View<double, 2> view(nullptr, {0, 3});
    CHECK(view.size() == 0);
    CHECK(view.span().empty());
    CHECK(view.begin() == view.end());
    CHECK(View<double, 1>().size() == 0);
  }

  TEST_CASE("a view writes what it points to") {
    std::vector<double> values(4);
    const View<double, 2> view(values.data(), {2, 2});
    view(1, 0) = 5;
    CHECK(values == std::vector<double>{0, 0, 5, 0});
  }

  TEST_CASE("a batch of numbers is indexed by its position") {
    auto values = counting(6);
    const Extents shape{2, 3};
    const BatchView<double, 0> batch(values.data(), shape);
    CHECK(batch.count() == 6);
    CHECK(batch.batch().size() == 2);
    CHECK(batch(5) == 5);
    CHECK(batch.item(4)() == 4);
  }

  TEST_CASE("an item without a batch serves every position") {
    double value = 0.5;
    const BatchView<double, 0> number(&value, Shape());
    CHECK(number.count() == 1);
    CHECK(number(0) == 0.5);
    CHECK(number(1000) == 0.5);
    auto values = counting(3);
    const Extents shape{3};
    const BatchView<double, 1> vector(values.data(), shape);
    CHECK(vector.batch().empty());
    CHECK(vector.item(1000)(2) == 2);
  }

  TEST_CASE("a batch of arrays is cut into items") {
    auto values = counting(24);
    const Extents shape{2, 2, 2, 3};
    const BatchView<double, 2> batch(values.data(), shape);
    CHECK(batch.count() == 4);
    CHECK(batch.extent(0) == 2);
    CHECK(batch.extent(1) == 3);
    CHECK(batch.item(3)(1, 2) == 23);
    CHECK(batch.item(2)(0, 0) == 12);
    CHECK(batch.span().size() == 24);
  }

  TEST_CASE("an empty batch has no items") {
    const Extents shape{0, 3};
    const BatchView<double, 1> batch(nullptr, shape);
    CHECK(batch.count() == 0);
    CHECK(batch.span().empty());
  }

  TEST_CASE("an array of any element type is visited as what it is") {
    std::int64_t numbers[] = {1, 2, 3};
    const std::int64_t shape[] = {3};
    const AnyView view({sizeof(orrery_tensor), ORRERY_I64, 1, 0, numbers, shape, 3});
    CHECK(view.size() == 3);
    const bool is_whole =
        view.visit([]<class T>(DynamicView<T> seen) { return std::is_same_v<T, i64> && seen.size() == 3; });
    CHECK(is_whole);
    CHECK(view.as<i64>().span()[2] == 3);
    const AnyView strange({sizeof(orrery_tensor), 1u << 9, 0, 0, numbers, shape, 1});
    CHECK_THROWS_AS(strange.visit([](auto) {}), std::logic_error);
  }

  TEST_CASE("columns of a table are found by name and type") {
    const double mass[] = {1.5, 2.5};
    const orrery_text names[] = {text("Earth"), text("Mars")};
    const orrery_column columns[] = {{sizeof(orrery_column), ORRERY_F64, text("mass"), text("kg"), mass},
                                     {sizeof(orrery_column), ORRERY_TEXT, text("name"), text("1"), names}};
    const TableView table({sizeof(orrery_table), 2, 2, columns, sizeof(orrery_column)});
    CHECK(table.rows() == 2);
    CHECK(table.columns() == 2);
    CHECK(table.has("mass"));
    CHECK_FALSE(table.has("mas"));
    CHECK(table.numbers<double>("mass")[1] == 2.5);
    CHECK(table.text("name", 1) == "Mars");
    CHECK_THROWS_WITH_AS(table.numbers<double>("radius"), "the table has no column 'radius'", std::invalid_argument);
    CHECK_THROWS_WITH_AS(table.numbers<i64>("mass"), "column 'mass' has another element type than is needed",
                         std::invalid_argument);
  }
}
