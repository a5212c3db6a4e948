// A step that is ready to be pasted into a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/example.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"

namespace orrery::report {
namespace {

using catalog::Port;

constexpr value::DTypeMask reals = static_cast<value::DTypeMask>(value::DType::f64) |
                                   static_cast<value::DTypeMask>(value::DType::f32) |
                                   static_cast<value::DTypeMask>(value::DType::c128);

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// A number that the port admits, and a plain one where there is a choice.
double admitted_number(const Port& port) {
  const double low = port.minimum, high = port.maximum;
  for (const double plain : {1.0, 0.5, 2.0, 10.0, 100.0, 0.0, -1.0}) {
    if (port.admits(plain)) return plain;
  }
  const bool from = std::isfinite(low), to = std::isfinite(high);
  if (from && to) return port.admits(low) ? low : low + (high - low) / 2;
  if (from) return port.admits(low) ? low : low + std::max(1.0, std::abs(low));
  return to ? high - std::max(1.0, std::abs(high)) : 1.0;
}

std::string number_text(const Port& port) {
  double number = admitted_number(port);
  const bool whole_only = (port.dtypes & reals) == 0;
  if (whole_only && number != std::floor(number)) {
    number = port.admits(std::ceil(number)) ? std::ceil(number) : std::floor(number);
  }
  std::string text = base::shortest(number);
  const bool bare = port.unit.any || (port.unit.fixed.is_number() && port.unit.factors.empty());
  if (bare && port.unit.text != "1" && !port.unit.any) return quoted(text + " " + port.unit.text);
  return bare ? text : quoted(text + " " + port.unit.text);
}

std::string scalar_text(const Port& port) {
  if (port.kind == catalog::Kind::text) return quoted(port.choices.empty() ? "text" : port.choices.front());
  const bool truth_only = port.dtypes == static_cast<value::DTypeMask>(value::DType::boolean);
  return truth_only ? "true" : number_text(port);
}

std::string value_text(const Port& port) {
  const bool scalar = port.kind == catalog::Kind::text ||
                      (port.kind == catalog::Kind::tensor && port.shape.axes.empty() && !port.shape.any);
  const std::string one = scalar ? scalar_text(port) : quoted("@STEP.OUTPUT");
  return port.list ? "[" + one + "]" : one;
}

std::string generated_lines(const catalog::OperationFacts& facts, std::size_t width) {
  std::string lines;
  for (const Port& port : facts.inputs) {
    if (!port.required()) continue;
    lines += port.name + std::string(width - std::min(width, port.name.size()), ' ') + " = " + value_text(port) + "\n";
  }
  return lines;
}

std::string author_lines(const std::string& example) {
  return example.empty() || example.back() == '\n' ? example : example + "\n";
}

/// Where the equals signs of a step stand, so that "use" lines up with the rest.
std::size_t key_width(const catalog::OperationFacts& facts) {
  std::size_t width = 3;
  if (facts.example.empty()) {
    for (const Port& port : facts.inputs) width = port.required() ? std::max(width, port.name.size()) : width;
    return width;
  }
  const std::size_t sign = facts.example.find(" = ");
  return sign < 40 ? std::max(width, sign) : width;
}

}  // namespace

std::string example_step(const catalog::OperationFacts& facts) {
  const std::string step = facts.name.substr(facts.name.find('.') + 1);
  const std::size_t width = key_width(facts);
  return "[step." + step + "]\nuse" + std::string(width - 3, ' ') + " = " + quoted(facts.name) + "\n" +
         (facts.example.empty() ? generated_lines(facts, width) : author_lines(facts.example));
}

}  // namespace orrery::report
