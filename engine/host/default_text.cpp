// Checking the default of an input against its type, range and choices.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/default_text.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/value/quantity.hpp"

namespace orrery::host {
namespace {

using catalog::Kind;
using catalog::Port;
using value::DType;
using Problem = std::optional<std::string>;

constexpr std::size_t max_depth = 16;

std::string quoted(std::string_view text) { return "'" + base::printable(text) + "'"; }

Problem choice_problem(const Port& port, std::string_view text) {
  if (port.choices.empty() || std::find(port.choices.begin(), port.choices.end(), text) != port.choices.end())
    return std::nullopt;
  return "its default " + quoted(text) + " is none of its choices: " + base::join(port.choices);
}

Problem number_problem(const Port& port, double number, std::string_view text) {
  constexpr value::DTypeMask fractional = static_cast<value::DTypeMask>(DType::f64) |
                                          static_cast<value::DTypeMask>(DType::f32) |
                                          static_cast<value::DTypeMask>(DType::c128);
  if (port.finite && !std::isfinite(number)) return "its default " + quoted(text) + " is not finite";
  const bool whole = number == std::floor(number) && std::fabs(number) < 0x1p63;
  if (!(port.dtypes & fractional) && !whole) return "its default " + quoted(text) + " is not a whole number";
  if (!port.admits(number)) return "its default " + quoted(text) + " is outside of its range " + port.range_text();
  return std::nullopt;
}

Problem scalar_problem(const Port& port, std::string_view text) {
  if (port.kind == Kind::text) return choice_problem(port, text);
  const bool is_bool = text == "true" || text == "false";
  if (is_bool && value::accepts(port.dtypes, DType::boolean)) return std::nullopt;
  if (port.dtypes == static_cast<value::DTypeMask>(DType::boolean))
    return "its default " + quoted(text) + " is neither true nor false";
  if (port.unit.any || !port.unit.factors.empty()) {
    const auto quantity = value::parse_quantity(text);
    if (!quantity) return "its default " + quoted(text) + ": " + quantity.error().message;
    return number_problem(port, quantity->number, text);
  }
  const auto number = value::parse_quantity_as(text, port.unit.fixed);
  if (!number) return "its default " + quoted(text) + ": " + number.error().message;
  return number_problem(port, *number, text);
}

/// Reads "[1, 2]", "[[1], [2]]" and checks every element and that rows are equally long.
class ArrayReader {
 public:
  ArrayReader(const Port& port, std::string_view text) : port_(port), text_(text), rest_(text) {}

  Problem read() {
    if (Problem problem = read_item(0)) return problem;
    skip_space();
    return rest_.empty() ? shape_problem() : broken();
  }

 private:
  Problem broken() const { return "its default " + quoted(text_) + " cannot be read as a list"; }
  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size())); }
  bool take(char c) {
    skip_space();
    const bool found = rest_.starts_with(c);
    if (found) rest_.remove_prefix(1);
    return found;
  }

  Problem read_item(std::size_t depth) {
    if (take('[')) return depth == max_depth ? broken() : read_list(depth);
    if (depth_ && *depth_ != depth) return broken();
    depth_ = depth;
    std::string_view element;
    if (take('"')) {
      element = rest_.substr(0, rest_.find('"'));
      rest_.remove_prefix(element.size());
      if (!take('"')) return broken();
    } else {
      element = rest_.substr(0, rest_.find_first_of(",] \t\n"));
      rest_.remove_prefix(element.size());
      if (element.empty() || port_.kind == Kind::text) return broken();
    }
    return scalar_problem(port_, element);
  }

  Problem read_list(std::size_t depth) {
    std::int64_t count = 0;
    while (!take(']')) {
      if (count > 0 && !take(',')) return broken();
      if (count > 0 && take(']')) break;
      if (Problem problem = read_item(depth + 1)) return problem;
      ++count;
    }
    if (extents_.size() <= depth) extents_.resize(depth + 1, -1);
    const bool elements_of_list = port_.list && depth > 0;
    if (extents_[depth] != -1 && extents_[depth] != count && !elements_of_list)
      return "its default " + quoted(text_) + " has rows of different lengths";
    extents_[depth] = count;
    return std::nullopt;
  }

  Problem shape_problem() const {
    const auto& shape = port_.shape;
    const std::size_t rank = extents_.size() - (port_.list ? 1 : 0);
    const bool fits = port_.kind == Kind::text
                          ? rank == 0
                          : shape.any || (shape.batch ? rank >= shape.axes.size() : rank == shape.axes.size());
    const Problem wrong = "its default " + quoted(text_) + " does not have the shape '" + shape.text + "'";
    if (!fits) return extents_.back() == 0 ? std::nullopt : wrong;
    for (std::size_t i = 0; i < shape.axes.size(); ++i) {
      const catalog::Axis& axis = shape.axes[i];
      const std::int64_t extent = extents_[extents_.size() - shape.axes.size() + i];
      if (axis.letter.empty() && extent != axis.offset) return wrong;
    }
    return std::nullopt;
  }

  const Port& port_;
  std::string_view text_, rest_;
  std::optional<std::size_t> depth_;  ///< of the elements; the same for all of them
  std::vector<std::int64_t> extents_;
};

}  // namespace

Problem problem_of_default(const Port& port) {
  const std::string& text = *port.default_text;
  if (port.kind == Kind::table) return "a table input cannot have a default";
  if (text.starts_with('[') && (port.kind == Kind::tensor || port.list)) return ArrayReader(port, text).read();
  if (port.list) return "its default " + quoted(text) + " is not a list";
  const bool scalar = port.kind == Kind::text || port.shape.any || port.shape.axes.empty();
  if (!scalar) return "its default " + quoted(text) + " does not have the shape '" + port.shape.text + "'";
  return scalar_problem(port, text);
}

}  // namespace orrery::host
