// The tree of a scenario's TOML with a source position on every key and value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"

namespace orrery::scenario {

struct Member;

/// A TOML value. Tables keep the order of the file, since it is what people read.
struct Node {
  using Array = std::vector<Node>;
  using Table = std::vector<Member>;
  /// A TOML date or time, kept as text: it is only accepted where an epoch is wanted.
  struct Date {
    std::string text;
  };

  std::variant<bool, std::int64_t, double, std::string, Date, Array, Table> value;
  base::Span span;  ///< of the value, its first line if it has several; of a table: its header
  /// Of a text: bytes from span.column to where its content begins, if the content stands in the source byte for byte.
  std::optional<std::uint32_t> content;

  bool is_table() const { return std::holds_alternative<Table>(value); }
  bool is_array() const { return std::holds_alternative<Array>(value); }
  bool is_date() const { return std::holds_alternative<Date>(value); }
  bool is_text() const { return std::holds_alternative<std::string>(value); }
  bool is_number() const {
    return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
  }
  const Table& table() const { return std::get<Table>(value); }
  const Array& array() const { return std::get<Array>(value); }
  Table& table() { return std::get<Table>(value); }
  Array& array() { return std::get<Array>(value); }
  const std::string& text() const { return std::get<std::string>(value); }
  const Node* find(std::string_view key) const;  ///< of a table; null if there is none
  Node* find(std::string_view key);
  /// "a text", "a table", "a whole number": what messages call it.
  std::string_view kind_name() const;
  /// The user's own spelling, cut from the source, of a value that stands on one line.
  std::string spelling() const;
};

struct Member {
  std::string key;
  base::Span key_span;
  Node node;
};

/// The part of a text value's span that the bytes [begin, end) of its content occupy; the whole span if escapes or
/// line breaks in the source make that unclear. An empty part is the place where it would be.
base::Span inside(const Node& text, std::size_t begin, std::size_t end);

}  // namespace orrery::scenario
