// What went wrong, where, and what would help: the one error type of the engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::base {

/// Every kind of error. An enumerator prints as it is spelled; `orrery explain NAME` tells more.
/// error_codes.def lists them with a sentence each.
enum class ErrorCode : std::uint16_t {
#define ORRERY_ERROR_CODE(name, sentence) name,
#include "engine/base/error_codes.def"
#undef ORRERY_ERROR_CODE
};

std::string_view name_of(ErrorCode code);
std::string_view sentence_of(ErrorCode code);
/// All codes in the order of the list.
const std::vector<ErrorCode>& all_error_codes();

/// A text that spans point into: a scenario file, or the command line.
struct Source {
  std::string name;  ///< as the user wrote it
  std::string text;
};

/// A part of one line of a source; lines and columns count from 1, columns count bytes; end_column is one past the end.
struct Span {
  std::shared_ptr<const Source> source;  ///< shared: spans outlive the parse and many point into one source
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_column = 0;

  explicit operator bool() const { return source != nullptr; }
};

/// A span and what to say beside it.
struct Label {
  Span span;
  std::string text;
};

/// A text edit that would mend the error.
struct Suggestion {
  Span span;
  std::string replacement;
};

struct Error {
  ErrorCode code{};
  std::string message;             ///< one line, says the thing, the value and the allowed range
  std::vector<Label> labels;       ///< the first is where it is, the others what it has to do with
  std::vector<std::string> notes;  ///< facts that explain
  std::vector<std::string> helps;  ///< what to do
  std::vector<Suggestion> suggestions;

  Error() = default;
  Error(ErrorCode c, std::string text) : code(c), message(std::move(text)) {}

  Error& at(Span span, std::string text = "") & {
    labels.push_back({std::move(span), std::move(text)});
    return *this;
  }
  Error& note(std::string text) & {
    notes.push_back(std::move(text));
    return *this;
  }
  Error& help(std::string text) & {
    helps.push_back(std::move(text));
    return *this;
  }
  Error& suggest(Span span, std::string replacement) & {
    suggestions.push_back({std::move(span), std::move(replacement)});
    return *this;
  }
  // The same on an error that is just being made, so that it can be returned in one expression.
  Error&& at(Span span, std::string text = "") && { return std::move(at(std::move(span), std::move(text))); }
  Error&& note(std::string text) && { return std::move(note(std::move(text))); }
  Error&& help(std::string text) && { return std::move(help(std::move(text))); }
  Error&& suggest(Span span, std::string replacement) && {
    return std::move(suggest(std::move(span), std::move(replacement)));
  }
};

using Errors = std::vector<Error>;

}  // namespace orrery::base
