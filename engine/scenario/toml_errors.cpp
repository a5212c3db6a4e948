// Explanations of TOML errors: clean wording, the place of a first definition, and advice for the usual slips.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/toml_errors.hpp"

#include <array>

#include "engine/base/text.hpp"
#include "engine/scenario/scenario.hpp"
#include "engine/scenario/source_lines.hpp"
#include "engine/scenario/toml_advice.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;
using SourcePointer = std::shared_ptr<const base::Source>;

struct Rewording {
  std::string_view library, ours;
};

/// What the library says in words that do not help; the rest of its wording is kept.
constexpr std::array rewordings{
    Rewording{"encountered end-of-file", "the file ends here"},
    Rewording{"expected 'true'", "this is not a TOML value"},
    Rewording{"expected 'false'", "this is not a TOML value"},
    Rewording{"expected 'nan'", "this is not a TOML value"},
    Rewording{"expected 'inf'", "this is not a TOML value"},
    Rewording{"leading zeroes are prohibited", "a number does not begin with 0"},
    Rewording{"could not determine value type", "this is not a TOML value"},
    Rewording{"expected value, saw '\\n'", "a value is missing"},
    Rewording{"unescaped control characters other", "a control character cannot stand in a text"},
    Rewording{"control characters other", "a control character cannot stand in a text"},
    Rewording{"tables with blank bare keys", "the name of the table is missing"},
    Rewording{"expected bare key starting character", "a key is missing"},
    Rewording{"expected keys, tables, whitespace", "expected a key or a [table]"},
    Rewording{"expected key-value pair, saw closing", "a comma cannot stand before '}'"},
    Rewording{"expected key or closing '}', saw '\\n'", "a table in braces must end on the same line"},
};

std::string reword(std::string description) {
  constexpr std::string_view prefix = "Error while parsing ";
  if (description.starts_with(prefix)) {
    const std::size_t colon = description.find(": ");
    if (colon != description.npos) description.erase(0, colon + 2);
  }
  for (const Rewording& rewording : rewordings) {
    if (description.starts_with(rewording.library)) return std::string(rewording.ours);
  }
  constexpr std::string_view line_end = "saw '\\n'";
  const std::size_t at = description.find(line_end);
  if (at != description.npos) description.replace(at, line_end.size(), "but the line ends");
  return description;
}

/// The lines before a line, and then one more: a text that is whole if all before it was.
SourcePointer text_before(const SourcePointer& source, std::uint32_t line, const std::string& last) {
  const std::string_view rest = line_of(source->text, line);
  const auto offset = static_cast<std::size_t>(rest.data() - source->text.data());
  const std::string before = line == 1 ? "" : source->text.substr(0, offset);
  return std::make_shared<const base::Source>(base::Source{source->name, before + last + "\n"});
}

constexpr std::string_view marker = "orrery-place-of-the-error";

/// The table that holds the marker.
const Node* table_with_marker(const Node& node) {
  if (node.find(marker)) return &node;
  const Node* found = nullptr;
  if (node.is_table()) {
    for (const Member& member : node.table()) found = found ? found : table_with_marker(member.node);
  } else if (node.is_array() && !node.array().empty()) {
    found = table_with_marker(node.array().back());
  }
  return found;
}

/// Follows the only member of each table on `path` through `table`, as far as both go.
const Member* follow(const Node* table, const Node& path, base::Span& last_key) {
  const Member* found = nullptr;
  for (const Node* key = &path; key->is_table() && key->table().size() == 1; key = &key->table().front().node) {
    const Node::Table* members = table && table->is_table() ? &table->table() : nullptr;
    if (table && table->is_array() && !table->array().empty()) members = &table->array().back().table();
    if (!members) return found;
    const Member* next = nullptr;
    for (const Member& member : *members) next = member.key == key->table().front().key ? &member : next;
    if (!next) return found;
    last_key = key->table().front().key_span;
    found = next;
    table = &next->node;
  }
  return found;
}

/// The line alone with its value, if it has one, replaced; columns stay.
std::optional<Node> statement(const SourcePointer& source, std::uint32_t line) {
  const Statement parts = split_statement(line_of(source->text, line));
  std::string text = parts.header ? parts.key : parts.key + " = 0";
  if (parts.key.empty()) return std::nullopt;
  auto tree = parse_toml(std::make_shared<const base::Source>(base::Source{source->name, std::move(text)}));
  if (!tree) return std::nullopt;
  return *std::move(tree);
}

base::Error defined_twice(const SourcePointer& source, std::uint32_t line, base::Error error) {
  error.code = ErrorCode::defined_twice;
  const bool header = split_statement(line_of(source->text, line)).header;
  const auto key = statement(source, line);
  const auto before = parse_toml(text_before(source, line, header ? "" : std::string(marker) + " = 0"));
  if (!key || !before) return error;
  base::Span place;
  const Member* first = follow(header ? &*before : table_with_marker(*before), *key, place);
  if (!first) return error;
  const auto here = [&](base::Span span) {
    span.source = source;
    return span;
  };
  place.line = line;
  error.message = "'" + first->key + "' is set twice";
  error.labels = {{here(place), "set again here"}, {here(first->key_span), "first set here"}};
  if (header) error.helps.push_back("a table may be opened once: put all its keys below one header");
  return error;
}

}  // namespace

base::Error explain_toml_error(const SourcePointer& source, std::string description, std::uint32_t line,
                               std::uint32_t column) {
  const bool twice = description.find("cannot redefine") != description.npos;
  const std::string_view text = line_of(source->text, line);
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(column + 1, text.size() + 1));
  const base::Span place{source, line, column, std::max(column, end)};
  std::string words = reword(std::move(description));
  if (column > text.size() && words.starts_with("a control character")) words = "the text is not closed on this line";
  base::Error error = base::Error(ErrorCode::not_toml, "not valid TOML").at(place, std::move(words));
  if (twice) return defined_twice(source, line, std::move(error));
  add_advice(error, text);
  return error;
}

}  // namespace orrery::scenario
