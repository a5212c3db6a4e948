// Tests that what is known of an expression before the run agrees with what comes out.
// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "tests/engine/plan/expressions.hpp"

using namespace test;

TEST_SUITE("engine/plan/evaluate_before") {
  TEST_CASE("what is known before the run agrees with what comes out for random expressions") {
    std::mt19937 random(11);
    const auto pick = [&](std::initializer_list<const char*> all) {
      return std::string(all.begin()[random() % all.size()]);
    };
    // Grows an expression of the wanted depth; most of them fit together.
    const auto grow = [&](auto&& self, int depth) -> std::string {
      if (depth == 0)
        return pick({"x", "y", "km", "w", "matrix", "column", "2", "3 km", "deg", "1.5", "none", "f", "flags"});
      switch (random() % 5) {
        case 0:
          return "(" + self(self, depth - 1) + pick({" + ", " - ", " * ", " / ", " < ", " == "}) +
                 self(self, depth - 1) + ")";
        case 1:
          return pick({"sum", "max", "norm", "first", "mean", "len", "abs", "sqrt", "sin", "all"}) + "(" +
                 self(self, depth - 1) + ")";
        case 2:
          return "-" + self(self, depth - 1);
        case 3:
          return "(" + self(self, depth - 1) + ")^" + pick({"2", "0.5", "-1"});
        default:
          return pick({"min", "hypot", "max"}) + "(" + self(self, depth - 1) + ", " + self(self, depth - 1) + ")";
      }
    };
    int agreed = 0;
    for (int round = 0; round < 3000; ++round) {
      const std::string text = grow(grow, 1 + static_cast<int>(random() % 3));
      CAPTURE(text);
      const auto value = evaluated(text), known = evaluated(text, false);
      if (value) {
        REQUIRE_MESSAGE(known, text << ": " << known.error().message);
        CHECK(known->signature.unit.dimension() == value->signature.unit.dimension());
        CHECK((known->signature.dtypes & value->signature.dtypes) == value->signature.dtypes);
        CHECK(known->signature.shape == value->signature.shape);
        ++agreed;
      } else {
        // What depends on the numbers themselves comes up only in the run, and there may hide what else is wrong.
        const std::string& message = value.error().message;
        const bool late = message == "there are no elements to reduce" || message.find("64 bits") != std::string::npos;
        const bool same = !known && known.error().message == message;
        CHECK_MESSAGE((late || same), message);
      }
    }
    CHECK(agreed > 500);
  }

  TEST_CASE("a condition whose shape only the run knows is judged by the run") {
    Operand any;
    any.signature.dtypes = static_cast<value::DTypeMask>(value::DType::f64);
    const auto with = [&](std::optional<value::Value> value) {
      Operand operand = any;
      if (value) operand = {plan::signature_of(*value), value};
      return plan::evaluate(parsed("if(x > 1, 1 km, 2 km)"),
                            [operand](const auto&) -> base::Result<Operand> { return operand; });
    };
    const auto before = with(std::nullopt);
    REQUIRE(before);
    CHECK(before->signature.text() == "f64 in m");
    CHECK(std::get<Tensor>(*with(Tensor::scalar(3.0))->value).number(0) == 1000);
    const auto many = with(row({1, 2}));
    REQUIRE_FALSE(many);
    CHECK(many.error().message == "the condition of if() is one truth value, but this is bool[2]");
    CHECK(many.error().helps.front() == "all(...) or any(...) makes one of many");
    CHECK_FALSE(with(row({})));
  }

  TEST_CASE("a unit that only the run knows fits all others") {
    Operand column;
    column.signature.dtypes = static_cast<value::DTypeMask>(value::DType::f64);
    column.signature.shape = std::vector<plan::Extent>{std::nullopt};
    column.signature.unit_known = false;
    const auto before = [&](const std::string& text) {
      return plan::evaluate(parsed(text), [&](const auto&) -> base::Result<Operand> { return column; });
    };
    for (const char* const text : {"c + 3 km", "3 km - c", "log(c)", "sin(c)", "c < 3 s", "max(c, 3 kg)", "c ^ 2",
                                   "2 ^ c", "sqrt(c)", "if(true, c, 3 s)", "quantile(3 km, first(c))", "slope(c, c)"}) {
      CAPTURE(text);
      CHECK(before(text));
    }
    CHECK(before("c + 3 km")->signature.unit_known);
    CHECK(before("c + 3 km")->signature.text() == "f64[?] in m");
    CHECK_FALSE(before("c * 3 km")->signature.unit_known);
    CHECK_FALSE(before("sqrt(c)")->signature.unit_known);
    CHECK_FALSE(before("sum(-abs(c))")->signature.unit_known);
    CHECK_FALSE(before("c ^ 2")->signature.unit_known);
    CHECK(before("log(c)")->signature.unit_known);
    CHECK(before("max(c, 3 kg)")->signature.text() == "f64[?] in kg");
  }
}
