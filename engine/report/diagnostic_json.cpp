// Errors as programs read them.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "engine/report/diagnostic.hpp"
#include "engine/report/diagnostic_line.hpp"

namespace orrery::report {
namespace {

using nlohmann::json;

json source_line(const base::Span& span) {
  return {{"text", std::string(line_of(span))},
          {"highlight_start", character_column(span, span.column)},
          {"highlight_end", character_column(span, span.end_column)}};
}

json span_json(const base::Span& span, bool primary, const std::string& label) {
  const std::size_t line = line_offset(span);
  return {{"file_name", span.source->name},
          {"byte_start", line + span.column - 1},
          {"byte_end", line + span.end_column - 1},
          {"line_start", span.line},
          {"line_end", span.line},
          {"column_start", character_column(span, span.column)},
          {"column_end", character_column(span, span.end_column)},
          {"is_primary", primary},
          {"label", label.empty() ? json(nullptr) : json(label)},
          {"text", json::array({source_line(span)})},
          {"suggested_replacement", nullptr},
          {"suggestion_applicability", nullptr}};
}

json child(const char* level, const std::string& message) {
  return {{"level", level},         {"message", message},        {"code", nullptr},
          {"spans", json::array()}, {"children", json::array()}, {"rendered", nullptr}};
}

json suggestion_json(const base::Suggestion& suggestion) {
  json span = span_json(suggestion.span, true, "");
  span["suggested_replacement"] = suggestion.replacement;
  span["suggestion_applicability"] = "MaybeIncorrect";
  json object = child("help", "write '" + suggestion.replacement + "'");
  object["spans"].push_back(std::move(span));
  return object;
}

json error_json(const base::Error& error) {
  json spans = json::array();
  for (const base::Label& label : error.labels) {
    if (label.span) spans.push_back(span_json(label.span, &label == &error.labels.front(), label.text));
  }
  json children = json::array();
  for (const std::string& note : error.notes) children.push_back(child("note", note));
  for (const std::string& help : error.helps) children.push_back(child("help", help));
  for (const base::Suggestion& suggestion : error.suggestions) {
    if (suggestion.span) children.push_back(suggestion_json(suggestion));
  }
  return {{"message", error.message},
          {"code", {{"code", base::name_of(error.code)}, {"explanation", base::sentence_of(error.code)}}},
          {"level", "error"},
          {"spans", std::move(spans)},
          {"children", std::move(children)},
          {"rendered", render(error, false)}};
}

}  // namespace

std::string to_json(const base::Errors& errors) {
  json all = json::array();
  for (const base::Error& error : errors) all.push_back(error_json(error));
  // A source need not be UTF-8: that may be the very error.
  return all.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace orrery::report
