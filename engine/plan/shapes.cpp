// Unification of shape patterns with shapes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/shapes.hpp"

namespace orrery::plan {
namespace {

/// "a scalar", "an array of n", "n x 3".
std::string in_words(const std::string& shape) {
  if (shape.empty() || shape == "scalar") return "a scalar";
  if (shape.find(" x ") != std::string::npos) return shape;
  return "an array of " + (shape == "?" ? "unknown length" : shape);
}

std::string mismatch(const catalog::ShapePattern& pattern, std::span<const Extent> shape, std::string_view port) {
  return "'" + std::string(port) + "' wants " + in_words(pattern.text) + ", but gets " + in_words(to_text(shape));
}

std::string axis_text(const catalog::Axis& axis) {
  return axis.letter + (axis.offset > 0 ? "+" : "") + std::to_string(axis.offset);
}

}  // namespace

std::string to_text(std::span<const Extent> shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const Extent& extent : shape) {
    if (!text.empty()) text += " x ";
    text += extent ? std::to_string(*extent) : "?";
  }
  return text;
}

std::vector<Extent> known(const value::Shape& shape) { return {shape.begin(), shape.end()}; }

const ShapeScope::Letter* ShapeScope::find(std::string_view name) const {
  for (const Letter& letter : letters_)
    if (letter.name == name) return &letter;
  return nullptr;
}

std::optional<std::string> ShapeScope::bind_named(std::string_view name, std::int64_t value, const std::string& where) {
  if (const Letter* bound = find(name)) {
    if (bound->value == value) return std::nullopt;
    return "'" + std::string(name) + "' is " + std::to_string(bound->value) + " in " + bound->where + " but " +
           std::to_string(value) + " in " + where;
  }
  letters_.push_back({std::string(name), value, where});
  return std::nullopt;
}

std::optional<std::string> ShapeScope::bind_letter(std::string_view name, std::int64_t value, std::string_view port) {
  return bind_named(name, value, "'" + std::string(port) + "'");
}

std::optional<std::string> ShapeScope::bind_axis(const catalog::Axis& axis, Extent extent, std::string_view port) {
  if (!extent || axis.letter.empty()) return std::nullopt;
  std::string where = "'" + std::string(port) + "'";
  if (axis.offset == 0) return bind_named(axis.letter, *extent, where);
  where += " (" + axis_text(axis) + " is " + std::to_string(*extent) + ")";
  if (*extent < axis.offset) return "'" + axis.letter + "' would be below 0 in " + where;
  return bind_named(axis.letter, *extent - axis.offset, where);
}

std::optional<std::string> ShapeScope::bind_batch(std::span<const Extent> batch, std::string_view port) {
  if (!batch_ || batch_->empty()) {
    // A port without batch serves every item of another port's batch.
    if (!batch_ || !batch.empty()) {
      batch_.emplace(batch.begin(), batch.end());
      batch_port_ = port;
    }
    return std::nullopt;
  }
  if (batch.empty()) return std::nullopt;
  bool agrees = batch.size() == batch_->size();
  for (std::size_t i = 0; agrees && i < batch.size(); ++i) {
    Extent& bound = (*batch_)[i];
    if (bound && batch[i]) agrees = *bound == *batch[i];
    if (!bound) bound = batch[i];
  }
  if (agrees) return std::nullopt;
  return "the batch of '" + batch_port_ + "' is " + to_text(*batch_) + " but that of '" + std::string(port) + "' is " +
         to_text(batch);
}

std::optional<std::string> ShapeScope::bind(const catalog::ShapePattern& pattern, std::span<const Extent> shape,
                                            std::string_view port) {
  if (pattern.any) return std::nullopt;
  const std::size_t rank = pattern.axes.size();
  if (shape.size() < rank || (!pattern.batch && shape.size() > rank)) return mismatch(pattern, shape, port);
  const std::size_t lead = shape.size() - rank;
  const auto fits = [&](std::size_t i) {
    const Extent& extent = shape[lead + i];
    return !pattern.axes[i].letter.empty() || !extent || *extent == pattern.axes[i].offset;
  };
  for (std::size_t i = 0; i < rank; ++i)
    if (!fits(i)) return mismatch(pattern, shape, port);
  for (std::size_t i = 0; i < rank; ++i)
    if (auto wrong = bind_axis(pattern.axes[i], shape[lead + i], port)) return wrong;
  return pattern.batch ? bind_batch(shape.first(lead), port) : std::nullopt;
}

std::optional<std::vector<Extent>> ShapeScope::resolve(const catalog::ShapePattern& pattern) const {
  const bool batch_known = batch_ && !(batch_open_ && batch_->empty());
  if (pattern.any || (pattern.batch && !batch_known)) return std::nullopt;
  std::vector<Extent> shape;
  if (pattern.batch) shape = *batch_;
  for (const catalog::Axis& axis : pattern.axes) {
    const Letter* letter = find(axis.letter);
    std::int64_t extent = axis.offset;
    const bool known = axis.letter.empty() || (letter && !__builtin_add_overflow(letter->value, axis.offset, &extent));
    shape.push_back(known && extent >= 0 ? Extent(extent) : Extent());
  }
  return shape;
}

}  // namespace orrery::plan
