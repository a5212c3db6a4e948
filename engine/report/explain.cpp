// Laying out the page of an error code.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/explain.hpp"

#include "engine/base/assert.hpp"
#include "engine/store/json.hpp"

namespace orrery::report {
namespace {

constexpr std::size_t page_width = 88;

std::string indented(std::string_view lines) {
  std::string text = "    ";
  for (const char c : lines) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text + "\n";
}

std::string part(std::string_view title, const std::string& body, const Paint& paint) {
  return "\n" + paint(Tone::bold, title) + "\n" + body;
}

}  // namespace

std::optional<base::ErrorCode> code_named(std::string_view name) {
  for (const base::ErrorCode code : base::all_error_codes()) {
    if (base::name_of(code) == name) return code;
  }
  return std::nullopt;
}

std::vector<std::string> code_names() {
  std::vector<std::string> names;
  for (const base::ErrorCode code : base::all_error_codes()) names.emplace_back(base::name_of(code));
  return names;
}

std::string explain_text(base::ErrorCode code, const Paint& paint) {
  const Explanation* const page = explanation_of(code);
  ORRERY_ASSERT(page);
  std::string text = paint(Tone::bad, "error[" + std::string(base::name_of(code)) + "]") + "\n";
  text += std::string(base::sentence_of(code)) + "\n\n" + wrapped(page->meaning, page_width, "");
  if (!page->example.empty()) text += part("example", indented(page->example), paint);
  return text + part("what to do", wrapped(page->remedy, page_width, "  "), paint);
}

std::string explain_json(base::ErrorCode code) {
  const Explanation* const page = explanation_of(code);
  ORRERY_ASSERT(page);
  const store::Json json = {{"code", base::name_of(code)},
                            {"sentence", base::sentence_of(code)},
                            {"meaning", page->meaning},
                            {"example", page->example},
                            {"remedy", page->remedy}};
  return store::dump(json) + "\n";
}

std::string codes_text(const Paint& paint) {
  std::vector<Line> lines;
  for (const base::ErrorCode code : base::all_error_codes()) {
    lines.push_back({std::string(base::name_of(code)), std::string(base::sentence_of(code))});
  }
  return columns(lines, paint);
}

std::string codes_json() {
  store::Json json = {{"codes", store::Json::array()}};
  for (const base::ErrorCode code : base::all_error_codes()) {
    json["codes"].push_back({{"code", base::name_of(code)}, {"sentence", base::sentence_of(code)}});
  }
  return store::dump(json) + "\n";
}

}  // namespace orrery::report
