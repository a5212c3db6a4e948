// The letters of an operation's shape patterns, bound as its ports meet actual shapes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/port.hpp"
#include "engine/plan/signature.hpp"

namespace orrery::plan {

/// 1. Bind the values of scalar whole-number inputs to the letters of their names, and the shapes of inputs.
/// 2. Ask for the shapes of outputs, or bind the shapes that outputs turned out to have.
class ShapeScope {
 public:
  /// Binds a letter to a number. Returns what is wrong, if it was another number before.
  std::optional<std::string> bind_letter(std::string_view letter, std::int64_t value, std::string_view port);
  /// Unifies a pattern with a shape of which some extents may not be known. Returns what is wrong.
  std::optional<std::string> bind(const catalog::ShapePattern& pattern, std::span<const Extent> shape,
                                  std::string_view port);
  /// Says that a port with this pattern has a shape of which nothing is known, so that it may bring any batch.
  void leave_open(const catalog::ShapePattern& pattern) { batch_open_ = batch_open_ || pattern.batch; }
  /// The shape of a pattern as far as the letters are bound; empty when not even the rank is known.
  std::optional<std::vector<Extent>> resolve(const catalog::ShapePattern& pattern) const;

 private:
  struct Letter {
    std::string name;
    std::int64_t value;
    std::string where;  ///< "'points'", "'edges' (n+1 is 6)"
  };
  const Letter* find(std::string_view name) const;
  std::optional<std::string> bind_named(std::string_view letter, std::int64_t value, const std::string& where);
  std::optional<std::string> bind_batch(std::span<const Extent> batch, std::string_view port);
  std::optional<std::string> bind_axis(const catalog::Axis& axis, Extent extent, std::string_view port);

  std::vector<Letter> letters_;
  std::optional<std::vector<Extent>> batch_;
  bool batch_open_ = false;
  std::string batch_port_;
};

std::string to_text(std::span<const Extent> shape);  ///< "? x 3"; "scalar" for rank 0
std::vector<Extent> known(const value::Shape& shape);

}  // namespace orrery::plan
