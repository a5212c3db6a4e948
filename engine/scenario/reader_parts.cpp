// The pieces of reading that several tables need.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "engine/base/text.hpp"
#include "engine/scenario/names.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {

using base::ErrorCode;

void append(base::Errors& errors, base::Errors more) {
  std::move(more.begin(), more.end(), std::back_inserter(errors));
}

void report_wrong_type(const Member& member, const std::string& wanted, base::Errors& errors) {
  const std::string kind(member.node.kind_name());
  errors.push_back(
      base::Error(ErrorCode::wrong_type, "'" + member.key + "' is " + kind + ", but " + wanted + " is wanted")
          .at(member.node.span, "expected " + wanted));
}

void report_unknown_key(const Member& member, const std::string& owner, const Keys& known, base::Errors& errors) {
  base::Error error =
      base::Error(ErrorCode::unknown_key, owner + " has no key '" + member.key + "'").at(member.key_span);
  if (const auto near = base::nearest(member.key, known)) {
    error.labels.front().text = "did you mean '" + *near + "'?";
    error.suggestions.push_back({member.key_span, *near});
  }
  error.notes.push_back("keys of " + owner + ": " + base::join(known));
  errors.push_back(std::move(error));
}

void report_later(const base::Span& span, const std::string& what, base::Errors& errors) {
  errors.push_back(
      base::Error(ErrorCode::not_supported_yet, what + " is part of the format, but this version does not run it")
          .at(span, "not run yet"));
}

bool want_table(const Member& member, const std::string& owner, base::Errors& errors) {
  if (member.node.is_table()) return true;
  const std::string kind(member.node.kind_name());
  errors.push_back(base::Error(ErrorCode::wrong_type, "'" + member.key + "' is " + kind + ", but a table is wanted")
                       .at(member.node.span, "expected a table")
                       .help("write " + owner + ", and its keys below it"));
  return false;
}

std::optional<std::string> want_text(const Member& member, base::Errors& errors) {
  if (member.node.is_text()) return member.node.text();
  report_wrong_type(member, "a text", errors);
  return std::nullopt;
}

std::vector<const Node*> want_texts(const Member& member, base::Errors& errors) {
  if (member.node.is_text()) return {&member.node};
  std::vector<const Node*> texts;
  if (!member.node.is_array()) {
    report_wrong_type(member, "a list of texts", errors);
    return texts;
  }
  for (const Node& item : member.node.array()) {
    if (item.is_text()) {
      texts.push_back(&item);
    } else {
      errors.push_back(base::Error(ErrorCode::wrong_type,
                                   "'" + member.key + "' lists texts, but this is " + std::string(item.kind_name()))
                           .at(item.span, "expected a text"));
    }
  }
  return texts;
}

bool want_term(const Node& node, Term& into, base::Errors& errors) {
  auto term = parse_term(node);
  if (term) {
    into = *std::move(term);
  } else {
    append(errors, std::move(term).errors());
  }
  return static_cast<bool>(term);
}

std::optional<std::int64_t> want_whole(const Member& member, std::int64_t least, base::Errors& errors) {
  const auto* number = std::get_if<std::int64_t>(&member.node.value);
  if (number && *number >= least) return *number;
  if (!number) report_wrong_type(member, "a whole number", errors);
  else
    errors.push_back(base::Error(ErrorCode::out_of_range, "'" + member.key + "' must be at least " +
                                                              std::to_string(least) + "; it is " +
                                                              std::to_string(*number))
                         .at(member.node.span));
  return std::nullopt;
}

std::optional<std::size_t> want_choice(const Node& text, const std::string& what, const Keys& words,
                                       base::Errors& errors) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (text.text() == words[i]) return i;
  base::Error error =
      base::Error(ErrorCode::unknown_choice, what + " has no choice '" + base::printable(text.text()) + "'")
          .at(text.span);
  if (const auto near = base::nearest(text.text(), words)) {
    error.labels.front().text = "did you mean '" + *near + "'?";
    error.suggestions.push_back({text.span, "\"" + *near + "\""});
  }
  errors.push_back(std::move(error).note("choices: " + base::join(words)));
  return std::nullopt;
}

bool want_name(const Member& member, const std::string& what, bool dashes, base::Errors& errors) {
  if (is_name(member.key, dashes)) return true;
  const std::string shown = member.key.size() > 80 ? member.key.substr(0, 80) + "..." : member.key;
  base::Error error =
      base::Error(ErrorCode::bad_name, "'" + shown + "' cannot be the name of " + what).at(member.key_span);
  error.notes.push_back(dashes ? "a name has letters, digits, '_' and '-', and begins with a letter or '_'"
                               : "a name has letters, digits and '_', and begins with a letter or '_'");
  if (!dashes && is_name(member.key, true)) {
    error.notes.back() = "in an expression '-' would be a minus";
    std::string mended = member.key;
    std::replace(mended.begin(), mended.end(), '-', '_');
    error.labels.front().text = "write '" + mended + "'";
    error.suggestions.push_back({member.key_span, mended});
  }
  errors.push_back(std::move(error));
  return false;
}

}  // namespace orrery::scenario
