// Tests of selections: Python's rules against an oracle that walks with a cursor, and the shapes known before a run.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <numeric>

#include "engine/plan/evaluate.hpp"
#include "engine/plan/shapes.hpp"

using namespace orrery;
using scenario::Selector;
using value::Tensor;

namespace {

using Number = std::optional<std::int64_t>;

scenario::Reference reference(const std::string& text) {
  scenario::Node holder;
  holder.value = "@" + text;
  auto parsed = scenario::parse_reference(text, holder, 1);
  REQUIRE_MESSAGE(parsed, text);
  return std::move(*parsed);
}

plan::Operand operand(const value::Value& value) { return {plan::signature_of(value), value}; }

/// 0, 1, 2, ... in a shape.
Tensor counting(value::Shape shape) {
  std::vector<double> numbers(static_cast<std::size_t>(*value::checked_count(shape)));
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return Tensor::of<double>(numbers, std::move(shape), *value::parse_unit("km"));
}

std::vector<double> numbers(const plan::Operand& operand) {
  const auto& tensor = std::get<Tensor>(*operand.value);
  const auto span = tensor.span<double>();
  return {span.begin(), span.end()};
}

/// What Python's x[begin:end:step] takes of range(n), said the slow way: walk from the first index inside, as long as
/// the end is not reached.
std::vector<double> oracle(std::int64_t n, Number begin, Number end, std::int64_t step) {
  std::vector<double> taken;
  const auto inside = [n](std::int64_t i) { return i >= 0 && i < n; };
  std::int64_t at = begin.value_or(step > 0 ? 0 : n - 1);
  if (begin && at < 0) at += n;
  if (step > 0 && at < 0) at = 0;
  if (step < 0 && at > n - 1) at = n - 1;
  std::int64_t stop = step > 0 ? n : -1;
  if (end) stop = *end < 0 ? std::max<std::int64_t>(*end + n, -1) : *end;
  for (; inside(at) && (step > 0 ? at < stop : at > stop); at += step) taken.push_back(static_cast<double>(at));
  return taken;
}

std::string text(Number number) { return number ? std::to_string(*number) : ""; }

std::string message(const plan::Operand& from, const std::string& wire) {
  const auto selected = plan::select(from, reference(wire));
  REQUIRE_FALSE(selected);
  CHECK(selected.error().code == base::ErrorCode::bad_selector);
  return selected.error().message;
}

/// The same operand without its value, as it is before a run.
plan::Operand before_run(plan::Operand operand) {
  operand.value.reset();
  return operand;
}

}  // namespace

TEST_SUITE("engine/plan/select") {
  TEST_CASE("every range of every small array takes what Python takes") {
    for (std::int64_t n = 0; n <= 4; ++n) {
      const plan::Operand array = operand(counting({n}));
      for (std::int64_t b = -7; b <= 6; ++b)
        for (std::int64_t e = -7; e <= 6; ++e)
          for (std::int64_t step = -3; step <= 3; ++step) {
            if (step == 0) continue;
            const Number begin = b == -7 ? Number() : Number(b), end = e == -7 ? Number() : Number(e);
            const std::string wire = "s.x[" + text(begin) + ":" + text(end) + ":" + std::to_string(step) + "]";
            CAPTURE(wire);
            CAPTURE(n);
            const auto selected = plan::select(array, reference(wire));
            REQUIRE(selected);
            CHECK(numbers(*selected) == oracle(n, begin, end, step));
            CHECK(std::get<Tensor>(*selected->value).unit().symbol() == "km");
            const auto known = plan::select(before_run(array), reference(wire));
            REQUIRE(known);
            CHECK(known->signature.shape == selected->signature.shape);
          }
    }
  }

  TEST_CASE("indices count from either end and are refused beyond it") {
    const plan::Operand array = operand(counting({3}));
    for (std::int64_t i = -5; i <= 4; ++i) {
      const std::string wire = "s.x[" + std::to_string(i) + "]";
      if (i < -3 || i > 2) {
        CHECK(message(array, wire) == "index must lie in [-3, 2]; it is " + std::to_string(i));
        CHECK(message(before_run(array), wire) == "index must lie in [-3, 2]; it is " + std::to_string(i));
        continue;
      }
      const auto selected = plan::select(array, reference(wire));
      REQUIRE(selected);
      CHECK(numbers(*selected) == std::vector<double>{static_cast<double>(i < 0 ? i + 3 : i)});
      CHECK(selected->signature.shape == std::vector<plan::Extent>{});
    }
  }

  TEST_CASE("selectors of one pair of brackets apply to successive axes") {
    const plan::Operand array = operand(counting({2, 3, 4}));
    const auto taken = [&](const std::string& wire) { return numbers(*plan::select(array, reference(wire))); };
    CHECK(taken("s.x[1]") == std::vector<double>{12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23});
    CHECK(taken("s.x[1,2]") == std::vector<double>{20, 21, 22, 23});
    CHECK(taken("s.x[1,2,3]") == std::vector<double>{23});
    CHECK(taken("s.x[:,0,0]") == std::vector<double>{0, 12});
    CHECK(taken("s.x[0,::-1,1]") == std::vector<double>{9, 5, 1});
    CHECK(taken("s.x[:,1]") == std::vector<double>{4, 5, 6, 7, 16, 17, 18, 19});
    CHECK(taken("s.x[-1,-1,-1:-3:-1]") == std::vector<double>{23, 22});
  }

  TEST_CASE("a second pair of brackets applies to the result of the first") {
    const plan::Operand array = operand(counting({3, 4}));
    const auto taken = [&](const std::string& wire) { return numbers(*plan::select(array, reference(wire))); };
    CHECK(taken("s.x[1:][0]") == std::vector<double>{4, 5, 6, 7});
    CHECK(taken("s.x[::-1][0][::2]") == std::vector<double>{8, 10});
    CHECK(taken("s.x[1][2]") == taken("s.x[1,2]"));
  }

  TEST_CASE("every pair of selectors of a matrix gives the shape that is known before the run") {
    const plan::Operand matrix = operand(counting({3, 4}));
    const char* const selectors[] = {"0", "-1", ":", "1:", ":-1", "::2", "::-1", "5:", "2:0:-1"};
    for (const std::string a : selectors)
      for (const std::string b : selectors) {
        CAPTURE(a + "," + b);
        const auto wire = reference("s.x[" + a + "," + b + "]");
        const auto selected = plan::select(matrix, wire);
        const auto known = plan::select(before_run(matrix), wire);
        REQUIRE(selected);
        REQUIRE(known);
        CHECK(known->signature.shape == selected->signature.shape);
        CHECK(known->signature.text() == selected->signature.text());
      }
  }

  TEST_CASE("one element of the first axis is a view and not a copy") {
    const Tensor matrix = counting({3, 4});
    const auto row = plan::select(operand(matrix), reference("s.x[1]"));
    REQUIRE(row);
    CHECK(std::get<Tensor>(*row->value).raw() == matrix.raw() + 4 * sizeof(double));
  }

  TEST_CASE("extremes of 64 bits do not overflow") {
    const plan::Operand array = operand(counting({3}));
    const auto taken = [&](Number begin, Number end, Number step) {
      scenario::Reference wire = reference("s.x[::1]");
      Selector& selector = wire.selections[0][0];
      selector.begin = begin;
      selector.end = end;
      selector.step = step;
      return numbers(*plan::select(array, wire));
    };
    CHECK(taken(INT64_MIN, INT64_MAX, 1) == std::vector<double>{0, 1, 2});
    CHECK(taken(INT64_MAX, INT64_MIN, -1) == std::vector<double>{2, 1, 0});
    CHECK(taken({}, {}, INT64_MAX) == std::vector<double>{0});
    CHECK(taken({}, {}, INT64_MIN) == std::vector<double>{2});
  }

  TEST_CASE("what cannot be selected is refused with the reason") {
    const plan::Operand array = operand(counting({3}));
    CHECK(message(array, "s.x[0,0]") == "the value has 1 axis, but 2 are selected");
    CHECK(message(operand(counting({2, 2})), "s.x[0,0,0]") == "the value has 2 axes, but 3 are selected");
    CHECK(message(operand(Tensor::scalar(1.0)), "s.x[0]") == "the value is a scalar, which has no elements to select");
    CHECK(message(array, "s.x.name") == "only tables have columns; this is f64[3] in km");
    CHECK(message(operand(std::string("abc")), "s.x[0]") == "only tensors have elements to select; this is text");
  }

  TEST_CASE("axes of unknown length keep their rank") {
    plan::Operand array = before_run(operand(counting({3, 4})));
    array.signature.shape = std::vector<plan::Extent>{std::nullopt, 4};
    CHECK(plan::to_text(*plan::select(array, reference("s.x[7]"))->signature.shape) == "4");
    CHECK(plan::to_text(*plan::select(array, reference("s.x[1:,0]"))->signature.shape) == "?");
    CHECK(plan::to_text(*plan::select(array, reference("s.x[:,1:3]"))->signature.shape) == "? x 2");
    CHECK(message(array, "s.x[0,4]") == "index must lie in [-4, 3]; it is 4");
    array.signature.shape.reset();
    CHECK_FALSE(plan::select(array, reference("s.x[7,7,7,7]"))->signature.shape);
  }

  TEST_CASE("columns of tables are found by name with the nearest as a hint") {
    value::Table table;
    table.rows = 2;
    table.columns.push_back({"mass", Tensor::of<double>(std::vector<double>{5, 6}, {2}, *value::parse_unit("kg"))});
    table.columns.push_back({"name", value::Texts{"a", "b"}});
    const plan::Operand rows = operand(std::make_shared<const value::Table>(table));
    const auto mass = plan::select(rows, reference("s.rows.mass[1]"));
    REQUIRE(mass);
    CHECK(numbers(*mass) == std::vector<double>{6});
    CHECK(mass->signature.text() == "f64 in kg");
    const auto misspelt = plan::select(rows, reference("s.rows.mas"));
    REQUIRE_FALSE(misspelt);
    CHECK(misspelt.error().message == "there is no column 'mas'");
    CHECK(misspelt.error().labels.front().text == "did you mean 'mass'?");
    CHECK(misspelt.error().notes == std::vector<std::string>{"columns: mass, name"});
    CHECK(message(rows, "s.rows.name") == "column 'name' holds texts");
    CHECK(message(rows, "s.rows[0]") == "only tensors have elements to select; this is a table");
  }

  TEST_CASE("before a run the promised columns have their unit and others may be anything") {
    plan::Operand rows;
    rows.signature.kind = catalog::Kind::table;
    const auto open = plan::select(rows, reference("s.rows.anything"));
    REQUIRE(open);
    CHECK_FALSE(open->signature.unit_known);
    catalog::Port mass;
    mass.name = "mass";
    mass.dtypes = static_cast<value::DTypeMask>(value::DType::f64);
    mass.unit = *catalog::parse_unit_pattern("kg", {});
    rows.signature.columns = {mass};
    const auto promised = plan::select(rows, reference("s.rows.mass"));
    REQUIRE(promised);
    CHECK(promised->signature.text() == "f64[?] in kg");
    CHECK(message(rows, "s.rows.length") == "there is no column 'length'");
  }
}
