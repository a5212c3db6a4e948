// Expressions over a few names, evaluated with their values or only their types.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "engine/plan/evaluate.hpp"
#include "engine/plan/lets.hpp"

namespace test {

using namespace orrery;
using plan::Operand;
using value::Tensor;

inline scenario::Expression parsed(const std::string& text) {
  scenario::Node holder;
  auto source = std::make_shared<base::Source>();
  source->name = "test";
  source->text = "\"=" + text + "\"";
  holder.value = "=" + text;
  holder.span = {source, 1, 1, static_cast<std::uint32_t>(source->text.size() + 1)};
  holder.content = 1;
  auto expression = scenario::parse_expression(text, holder, 1);
  REQUIRE_MESSAGE(expression, text << ": " << expression.error().message);
  return std::move(*expression);
}

inline Tensor row(std::vector<double> numbers, const std::string& unit = "1") {
  const auto count = static_cast<std::int64_t>(numbers.size());
  return Tensor::of<double>(numbers, {count}, *value::parse_unit(unit));
}
inline Tensor wholes(std::vector<std::int64_t> numbers) {
  return Tensor::of<std::int64_t>(numbers, {static_cast<std::int64_t>(numbers.size())});
}

inline const std::map<std::string, value::Value>& names() {
  static const std::map<std::string, value::Value> all = [] {
    std::map<std::string, value::Value> values;
    values["x"] = row({3, 1, 2});
    values["y"] = row({1, 2, 4});
    values["km"] = row({3, 1, 2}, "km");
    values["none"] = row({});
    values["hole"] = row({1, NAN, 2});
    values["w"] = wholes({4, 5});
    values["big"] = Tensor::scalar<std::int64_t>(INT64_MAX);
    values["small"] = Tensor::scalar<std::int64_t>(INT64_MIN);
    values["matrix"] = Tensor::of<double>(std::vector<double>{1, 2, 3, 4, 5, 6}, {2, 3});
    values["column"] = Tensor::of<double>(std::vector<double>{10, 20}, {2, 1});
    const bool mixed[] = {true, false};
    values["flags"] = Tensor::of<bool>(mixed, {2});
    values["name"] = std::string("adam");
    values["deg"] = Tensor::scalar(30.0, *value::parse_unit("deg"));
    values["degrees"] = row({0, 90, 180}, "deg");
    values["warm"] = Tensor::scalar(20.0, *value::parse_unit("degC"));
    values["f"] = Tensor::scalar(1.5f);
    return values;
  }();
  return all;
}

inline base::Result<Operand> evaluated(const std::string& text, bool with_values = true) {
  return plan::evaluate(parsed(text), [&](const scenario::Expression& leaf) -> base::Result<Operand> {
    const auto found = names().find(leaf.text);
    if (found == names().end()) return plan::unknown_name(leaf, {"x", "y"});
    Operand operand{plan::signature_of(found->second), found->second};
    if (!with_values) operand.value.reset();
    return operand;
  });
}

}  // namespace test
