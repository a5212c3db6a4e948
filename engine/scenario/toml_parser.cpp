// Reads TOML text into a tree with the place of every key and value: the one file that knows the TOML library.
// SPDX-License-Identifier: Apache-2.0
#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <algorithm>

#include "engine/scenario/scenario.hpp"
#include "engine/scenario/source_lines.hpp"
#include "engine/scenario/toml_errors.hpp"
#include "engine/scenario/toml_guard.hpp"

namespace orrery::scenario {
namespace {

class Converter {
 public:
  explicit Converter(std::shared_ptr<const base::Source> source) : source_(std::move(source)), lines_(source_->text) {}

  Node convert(const toml::node& from, std::uint32_t depth) {
    Node node{{}, span_of(from.source()), {}};
    if (depth > max_depth) {
      too_deep(node.span);
    } else if (const auto* table = from.as_table()) {
      node.value = convert_table(*table, depth);
    } else if (const auto* array = from.as_array()) {
      node.value = convert_array(*array, depth);
    } else {
      convert_leaf(from, node);
    }
    return node;
  }

  base::Errors errors;

 private:
  Node::Table convert_table(const toml::table& from, std::uint32_t depth) {
    Node::Table members;
    members.reserve(from.size());
    for (const auto& [key, node] : from) {
      members.push_back({std::string(key.str()), span_of(key.source()), convert(node, depth + 1)});
    }
    // The library keeps keys in alphabetical order; people wrote them in an order that means something to them.
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
      return std::pair{a.key_span.line, a.key_span.column} < std::pair{b.key_span.line, b.key_span.column};
    });
    return members;
  }

  Node::Array convert_array(const toml::array& from, std::uint32_t depth) {
    Node::Array items;
    items.reserve(from.size());
    for (const toml::node& node : from) items.push_back(convert(node, depth + 1));
    return items;
  }

  void convert_leaf(const toml::node& from, Node& node) {
    if (const auto* text = from.as_string()) {
      node.value = text->get();
      node.content = content_offset(from.source(), node);
    } else if (const auto* whole = from.as_integer()) {
      node.value = whole->get();
    } else if (const auto* real = from.as_floating_point()) {
      node.value = real->get();
    } else if (const auto* truth = from.as_boolean()) {
      node.value = truth->get();
    } else {
      node.value = Node::Date{std::string(slice(node.span))};
    }
  }

  std::optional<std::uint32_t> content_offset(const toml::source_region& region, const Node& text) const {
    if (region.begin.line != region.end.line) return std::nullopt;
    const std::string_view written = slice(text.span);
    for (const std::uint32_t quotes : {3u, 1u}) {
      if (written.size() < 2 * quotes) continue;
      if (written.substr(quotes, written.size() - 2 * quotes) == text.text()) return quotes;
    }
    return std::nullopt;
  }

  std::string_view slice(const base::Span& span) const {
    const std::string_view line = lines_.line(span.line);
    const std::size_t begin = std::min<std::size_t>(span.column - 1, line.size());
    return line.substr(begin, span.end_column - span.column);
  }

  base::Span span_of(const toml::source_region& region) const {
    base::Span span{source_, std::max(region.begin.line, 1u), 1, 1};
    const auto past_end = static_cast<std::uint32_t>(lines_.line(span.line).size() + 1);
    span.column = std::min(lines_.byte_column(span.line, std::max(region.begin.column, 1u)), past_end);
    const bool one_line = region.end.line == region.begin.line;
    span.end_column = one_line ? std::min(lines_.byte_column(span.line, region.end.column), past_end) : past_end;
    span.end_column = std::max(span.end_column, span.column);
    return span;
  }

  void too_deep(const base::Span& span) {
    if (!errors.empty()) return;
    errors.push_back(base::Error(base::ErrorCode::too_deep, "lists and tables nest more than 64 deep")
                         .at(span, "here the limit is passed"));
  }

  std::shared_ptr<const base::Source> source_;
  SourceLines lines_;
};

base::Error explain(const std::shared_ptr<const base::Source>& source, const toml::parse_error& error) {
  const SourceLines lines(source->text);
  const toml::source_position place = error.source().begin;
  const std::uint32_t line = std::clamp(place.line, 1u, lines.count());
  const auto past_end = static_cast<std::uint32_t>(lines.line(line).size() + 1);
  const std::uint32_t column = lines.byte_column(line, std::max(place.column, 1u));
  return explain_toml_error(source, std::string(error.description()), line, std::min(column, past_end));
}

}  // namespace

base::Result<Node> parse_toml(std::shared_ptr<const base::Source> source) {
  if (auto refused = refuse_bytes(source)) return *std::move(refused);
  try {
    const toml::table root = toml::parse(source->text);
    Converter converter(source);
    Node tree = converter.convert(root, 0);
    if (!converter.errors.empty()) return std::move(converter.errors);
    return tree;
  } catch (const toml::parse_error& error) {
    return explain(source, error);
  }
}

}  // namespace orrery::scenario
