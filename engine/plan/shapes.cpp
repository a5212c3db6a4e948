// Unification of shape patterns with shapes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/shapes.hpp"

namespace orrery::plan {
namespace {

std::string mismatch(const catalog::ShapePattern& pattern, std::span<const Extent> shape, std::string_view port) {
  const std::string wanted = pattern.text.empty() ? "a scalar" : pattern.text;
  const std::string given = shape.empty() ? "a scalar" : to_text(shape);
  return "'" + std::string(port) + "' wants " + wanted + ", but gets " + given;
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

std::optional<std::string> ShapeScope::bind_letter(std::string_view name, std::int64_t value, std::string_view port) {
  if (const Letter* bound = find(name)) {
    if (bound->value == value) return std::nullopt;
    return "'" + std::string(name) + "' is " + std::to_string(bound->value) + " in '" + bound->port + "' but " +
           std::to_string(value) + " in '" + std::string(port) + "'";
  }
  letters_.push_back({std::string(name), value, std::string(port)});
  return std::nullopt;
}

std::optional<std::string> ShapeScope::bind_axis(const catalog::Axis& axis, Extent extent, std::string_view port) {
  if (!extent) return std::nullopt;
  if (!axis.letter.empty()) return bind_letter(axis.letter, *extent - axis.offset, port);
  if (axis.offset == *extent) return std::nullopt;
  return "'" + std::string(port) + "' wants " + std::to_string(axis.offset) + " along an axis, but gets " +
         std::to_string(*extent);
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
  for (std::size_t i = 0; i < rank; ++i) {
    const catalog::Axis& axis = pattern.axes[i];
    if (axis.letter.empty() && shape[lead + i] && *shape[lead + i] != axis.offset) return mismatch(pattern, shape, port);
    if (auto wrong = bind_axis(axis, shape[lead + i], port)) return wrong;
  }
  return pattern.batch ? bind_batch(shape.first(lead), port) : std::nullopt;
}

std::optional<std::vector<Extent>> ShapeScope::resolve(const catalog::ShapePattern& pattern) const {
  if (pattern.any || (pattern.batch && !batch_)) return std::nullopt;
  std::vector<Extent> shape;
  if (pattern.batch) shape = *batch_;
  for (const catalog::Axis& axis : pattern.axes) {
    const Letter* letter = find(axis.letter);
    if (axis.letter.empty()) shape.push_back(axis.offset);
    else shape.push_back(letter ? Extent(letter->value + axis.offset) : Extent());
  }
  return shape;
}

}  // namespace orrery::plan
