// Encoding, depth and count of a TOML text, found by one pass that knows strings and comments and nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/toml_guard.hpp"

#include "engine/base/text.hpp"
#include "engine/scenario/source_lines.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;

base::Span span_at(const std::shared_ptr<const base::Source>& source, std::size_t offset) {
  const auto [line, column] = SourceLines(source->text).position(offset);
  return {source, line, column, column + 1};
}

std::string hexadecimal(char byte) {
  static constexpr char digits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

std::optional<base::Error> refuse_encoding(const std::shared_ptr<const base::Source>& source) {
  const std::string_view text = source->text;
  const std::size_t zero = text.find('\0');
  const std::size_t invalid = base::first_invalid_utf8(text).value_or(text.npos);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return base::Error(ErrorCode::not_utf8, "the file is not UTF-8 text")
        .at(span_at(source, 0), "a mark of UTF-16")
        .help("save the file as UTF-8");
  }
  if (zero < invalid) {
    return base::Error(ErrorCode::not_toml, "this is a binary file, not TOML")
        .at(span_at(source, zero), "a byte with the value 0");
  }
  if (invalid == text.npos) return std::nullopt;
  return base::Error(ErrorCode::not_utf8, "the file is not UTF-8 text")
      .at(span_at(source, invalid), "the byte " + hexadecimal(text[invalid]) + " cannot stand here")
      .help("save the file as UTF-8");
}

/// Walks over a text and stops where a limit is passed.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  enum class Limit { none, depth, values, headers };
  Limit run() {
    while (at_ < text_.size() && limit_ == Limit::none) step(text_[at_]);
    return limit_;
  }
  std::size_t place() const { return at_ - 1; }

 private:
  void step(char c) {
    ++at_;
    if (c == '#') return skip_comment();
    if (c == '"' || c == '\'') return skip_string(c);
    if (c == '[' || c == '{') return open();
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.') return count(dots_, max_depth, Limit::depth);
    if (c == '=' || c == ',' || c == '\n' || c == ']') dots_ = 0;
    if (c == '=' || c == '\n') after_equals_ = c == '=';
    if (c == '=' || c == ',') count(values_, max_values, Limit::values);
  }

  void count(std::size_t& counter, std::size_t most, Limit limit) {
    if (++counter > most) limit_ = limit;
  }

  void open() {
    dots_ = 0;
    if (depth_ == 0 && !after_equals_) count(headers_, max_headers, Limit::headers);
    if (limit_ == Limit::none) count(depth_, max_depth, Limit::depth);
  }

  void skip_comment() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == text_.npos ? text_.size() : end;
  }

  void skip_string(char quote) {
    const bool long_form = text_.substr(at_, 2) == std::string_view(quote == '"' ? "\"\"" : "''");
    if (long_form) at_ += 2;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\' && quote == '"') {
        ++at_;
      } else if (text_[at_] == '\n' && !long_form) {
        return;
      } else if (text_[at_] == quote && closes(quote, long_form)) {
        at_ += long_form ? 3 : 1;
        return;
      }
    }
  }

  bool closes(char quote, bool long_form) const {
    return !long_form || (text_.substr(at_ + 1, 2) == std::string_view(quote == '"' ? "\"\"" : "''"));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0, dots_ = 0, values_ = 0, headers_ = 0;
  bool after_equals_ = false;
  Limit limit_ = Limit::none;
};

}  // namespace

std::optional<base::Error> refuse_bytes(const std::shared_ptr<const base::Source>& source) {
  if (auto error = refuse_encoding(source)) return error;
  Walk walk(source->text);
  switch (walk.run()) {
    case Walk::Limit::none:
      return std::nullopt;
    case Walk::Limit::depth:
      return base::Error(ErrorCode::too_deep, "lists and tables nest more than 64 deep")
          .at(span_at(source, walk.place()), "here the limit is passed");
    case Walk::Limit::values:
      return base::Error(ErrorCode::too_large, "the file has more than 250,000 values")
          .at(span_at(source, walk.place()), "here the limit is passed")
          .help("keep large lists in a data file and name it: \"file:data.csv\"");
    case Walk::Limit::headers:
      return base::Error(ErrorCode::too_large, "the file has more than 100,000 tables")
          .at(span_at(source, walk.place()), "here the limit is passed");
  }
  return std::nullopt;
}

}  // namespace orrery::scenario
