// Expressions: precedence, units inside them, positions, and what is refused.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/scenario/expression.hpp"

using namespace orrery;
using scenario::Expression;
using Kind = Expression::Kind;

namespace {

scenario::Node holder_of(const std::string& text) {
  auto source = std::make_shared<const base::Source>(base::Source{"test", text});
  return {text, {source, 1, 1, static_cast<std::uint32_t>(text.size() + 1)}, 0};
}

std::string show(const Expression& e);

std::string show_operands(const Expression& e) {
  std::string text;
  for (const Expression& operand : e.operands) text += " " + show(operand);
  return text;
}

/// The tree as "(+ 1 (* 2 x))".
std::string show(const Expression& e) {
  switch (e.kind) {
    case Kind::number:
      return e.text.empty() ? std::to_string(static_cast<int>(e.number)) : "<" + e.text + ">";
    case Kind::text:
      return "'" + e.text + "'";
    case Kind::name:
      return e.text;
    case Kind::reference:
      return "@" + e.reference.step + "." + e.reference.output;
    default:
      return "(" + e.text + show_operands(e) + ")";
  }
}

std::string tree(const std::string& text) {
  const auto holder = holder_of(text);
  const auto result = scenario::parse_expression(text, holder, 0);
  if (!result) return "error: " + result.error().message;
  return show(*result);
}

std::string code(const std::string& text) {
  const auto holder = holder_of(text);
  const auto result = scenario::parse_expression(text, holder, 0);
  return result ? "none" : std::string(base::name_of(result.error().code));
}

}  // namespace

TEST_SUITE("engine/scenario/expression") {
  TEST_CASE("operators bind in their usual order") {
    CHECK(tree("1 + 2 * 3") == "(+ 1 (* 2 3))");
    CHECK(tree("1 - 2 - 3") == "(- (- 1 2) 3)");
    CHECK(tree("a / b * c") == "(* (/ a b) c)");
    CHECK(tree("2 ^ 3 ^ 2") == "(^ 2 (^ 3 2))");
    CHECK(tree("-2 ^ 2") == "(- (^ 2 2))");
    CHECK(tree("2 ^ -2") == "(^ 2 (- 2))");
    CHECK(tree("-a * b") == "(* (- a) b)");
    CHECK(tree("a + b < c - d") == "(< (+ a b) (- c d))");
    CHECK(tree("a < 1 and b > 2 or c == 3") == "(or (and (< a 1) (> b 2)) (== c 3))");
    CHECK(tree("not a < b and c") == "(and (not (< a b)) c)");
    CHECK(tree("not not a") == "(not (not a))");
    CHECK(tree("(1 + 2) * 3") == "(* (+ 1 2) 3)");
    CHECK(tree("- - a") == "(- (- a))");
    CHECK(tree("a == (not b)") == "(== a (not b))");
  }

  TEST_CASE("calls nest and take their arguments") {
    CHECK(tree("2*pi*sqrt(a^3/mu)") == "(* (* 2 pi) (sqrt (/ (^ a 3) mu)))");
    CHECK(tree("if(a < b, atan2(y, x), max(1, 2, 3))") == "(if (< a b) (atan2 y x) (max 1 2 3))");
    CHECK(tree("slope(log(@points.error), log(@points.samples))") ==
          "(slope (log @points.error) (log @points.samples))");
    CHECK(tree("method == 'difference'") == "(== method 'difference')");
  }

  TEST_CASE("a unit belongs to the number before it") {
    CHECK(tree("3 km") == "<3 km>");
    CHECK(tree("3km") == "<3km>");
    CHECK(tree("9.81 m/s^2 * 2") == "(* <9.81 m/s^2> 2)");
    CHECK(tree("398600.4418 km^3/s^2") == "<398600.4418 km^3/s^2>");
    CHECK(tree("90 deg + 1") == "(+ <90 deg> 1)");
    CHECK(tree("sin(90 deg)") == "(sin <90 deg>)");
    CHECK(tree("3 m^(1/2)") == "<3 m^(1/2)>");
    CHECK(tree("3 s^-1") == "<3 s^-1>");
    CHECK(tree("-3 km") == "(- <3 km>)");
    CHECK(tree("1e3 km") == "<1e3 km>");
    CHECK(tree("(3 km)^2") == "(^ <3 km> 2)");
  }

  TEST_CASE("a unit ends at a space or at a word that is no unit") {
    CHECK(tree("3 km / s") == "(/ <3 km> s)");
    CHECK(tree("3 km * s") == "(* <3 km> s)");
    CHECK(tree("3 km/foo") == "(/ <3 km> foo)");
    CHECK(tree("3 km/min(2, 3)") == "(/ <3 km> (min 2 3))");
    CHECK(tree("3 km^2/3") == "(/ <3 km^2> 3)");
    CHECK(tree("2 and b") == "(and 2 b)");
    CHECK(tree("2*mu") == "(* 2 mu)");
    CHECK(tree("a km") == "error: an operator is missing before 'km'");
    CHECK(code("3 km ^ 2") == "bad_expression");
    CHECK(code("3 km^n") == "bad_expression");
    CHECK(code("3 kmm") == "unknown_unit");
  }

  TEST_CASE("the unit of a number is that of its text") {
    const auto holder = holder_of("7.5 km/s");
    const auto result = scenario::parse_expression("7.5 km/s", holder, 0);
    REQUIRE(result);
    CHECK(result->number == 7.5);
    CHECK(result->unit.same_scale(*value::parse_unit("km/s")));
  }

  TEST_CASE("every node knows its place") {
    const std::string text = "1 + sqrt(a.b)";
    const std::string good = "a * (bb + sqrt(c)) - @s.x[0]";
    const auto holder = holder_of(good);
    const auto result = scenario::parse_expression(good, holder, 0);
    REQUIRE(result);
    CHECK(result->span.column == 1);
    CHECK(result->span.end_column == good.size() + 1);
    const Expression& product = result->operands[0];
    CHECK(product.span.end_column == good.find(" -") + 1);
    CHECK(product.operands[1].operands[0].span.column == good.find("bb") + 1);
    const Expression& wire = result->operands[1];
    CHECK(wire.span.column == good.find('@') + 1);
    CHECK(wire.reference.step_span.column == good.find("s.x") + 1);
  }

  TEST_CASE("wires take their selections with them and a minus does not belong to a wire") {
    CHECK(tree("@a.b[0:5][:,0] + 1") == "(+ @a.b 1)");
    CHECK(tree("@a.b-1") == "(- @a.b 1)");
    CHECK(tree("@low-rank.error") == "@low-rank.error");
    CHECK(tree("@a.b-@c.d") == "(- @a.b @c.d)");
    CHECK(tree("@a.b * (2)") == "(* @a.b 2)");
    CHECK(code("@a + 1") == "bad_reference");
  }

  TEST_CASE("comparisons do not chain") {
    CHECK(code("a < b < c") == "bad_expression");
    CHECK(code("a == b == c") == "bad_expression");
    CHECK(code("(a < b) == (b < c)") == "none");
  }

  TEST_CASE("all unknown functions and units of an expression are reported") {
    const std::string text = "foo(1) + bar(2 kmm) + sqrt(1, 2)";
    const auto holder = holder_of(text);
    const auto result = scenario::parse_expression(text, holder, 0);
    REQUIRE_FALSE(result);
    CHECK(result.errors().size() == 4);
  }

  TEST_CASE("depth and length are bounded") {
    CHECK(code(std::string(90, '(') + "1" + std::string(90, ')')) == "none");
    CHECK(code(std::string(110, '(') + "1" + std::string(110, ')')) == "bad_expression");
    CHECK(code(std::string(3999, '-')) == "bad_expression");
    std::string sum = "1";
    while (sum.size() < 3990) sum += "+1";
    CHECK(code(sum) == "none");
    CHECK(code(sum + std::string(20, ' ')) == "bad_expression");
  }

  TEST_CASE("functions are sorted and constants are no functions") {
    const auto& all = scenario::functions();
    for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].name < all[i].name);
    for (const auto& function : all) CHECK_FALSE(scenario::is_constant(function.name));
    CHECK(scenario::is_constant("pi"));
    CHECK_FALSE(scenario::is_constant("tau"));
  }
}
