// Wires: "@step.output", columns and selections.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/reference_parser.hpp"

#include <charconv>

#include "engine/base/text.hpp"
#include "engine/scenario/names.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;

constexpr std::size_t max_length = 4000;

class Parser {
 public:
  Parser(std::string_view text, const Node& holder, std::size_t offset)
      : text_(text), holder_(holder), offset_(offset) {}

  base::Result<ReadReference> run() {
    if (!read_step() || !read_output()) return *std::move(error_);
    while (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '[')) {
      if (!(text_[at_] == '.' ? read_column() : read_brackets())) return *std::move(error_);
    }
    reference_.span = span(0, at_);
    if (offset_ > 0) reference_.span = inside(holder_, offset_ - 1, offset_ + at_);
    return ReadReference{std::move(reference_), at_};
  }

 private:
  base::Span span(std::size_t begin, std::size_t end) const { return inside(holder_, offset_ + begin, offset_ + end); }

  bool fail(std::string message, std::size_t begin, std::size_t end, std::string label, std::string help = "") {
    error_ = base::Error(ErrorCode::bad_reference, std::move(message)).at(span(begin, end), std::move(label));
    if (!help.empty()) error_->helps.push_back(std::move(help));
    return false;
  }

  bool fail_here(std::string message, std::string help = "") {
    const bool ends = at_ >= text_.size();
    return fail(std::move(message), at_, at_ + !ends, ends ? "the wire ends here" : "here", std::move(help));
  }

  bool read_step() {
    const std::size_t length = name_length(text_, true);
    if (length == 0) return fail_here("a wire names a step after '@'", "write it as \"@STEP.OUTPUT\"");
    reference_.step = text_.substr(0, length);
    reference_.step_span = span(0, length);
    at_ = length;
    return true;
  }

  bool read_output() {
    if (at_ >= text_.size() || text_[at_] != '.') {
      const std::string wire = "@" + reference_.step;
      return fail("'" + wire + "' does not say which output of '" + reference_.step + "' it means", 0, at_,
                  "this is only a step", "write it as \"" + wire + ".OUTPUT\"");
    }
    ++at_;
    const std::size_t length = name_length(text_.substr(at_), false);
    if (length == 0) return fail_here("a wire names an output after '" + reference_.step + ".'");
    reference_.output = text_.substr(at_, length);
    reference_.output_span = span(at_, at_ + length);
    at_ += length;
    return true;
  }

  bool read_column() {
    const std::size_t begin = at_++;
    const std::size_t length = name_length(text_.substr(at_), false);
    if (length == 0) return fail_here("a column's name belongs after the '.'");
    Selector selector;
    selector.kind = Selector::Kind::column;
    selector.column = text_.substr(at_, length);
    at_ += length;
    selector.span = span(begin, at_);
    reference_.selections.push_back({std::move(selector)});
    return true;
  }

  bool read_brackets() {
    open_ = at_++;
    std::vector<Selector> selection;
    do {
      Selector selector;
      if (!read_selector(selector)) return false;
      selection.push_back(std::move(selector));
    } while (take(','));
    if (!take(']')) return fail_in_brackets();
    reference_.selections.push_back(std::move(selection));
    return true;
  }

  bool fail_in_brackets() {
    if (at_ >= text_.size()) return fail("the '[' of this wire is not closed", open_, open_ + 1, "opened here");
    return fail_here("a selection is made of whole numbers and ':'", "for example [0], [2:10], [:,0] or [::2]");
  }

  bool read_selector(Selector& selector) {
    skip_spaces();
    const std::size_t begin = at_;
    if (!read_number(selector.begin)) return false;
    skip_spaces();
    if (take(':')) {
      selector.kind = Selector::Kind::range;
      if (!read_number(selector.end)) return false;
      if (take(':') && !read_number(selector.step)) return false;
      if (selector.step == 0) return fail("a selection cannot have steps of 0", begin, at_, "would never end");
    } else {
      selector.kind = Selector::Kind::index;
      if (!selector.begin) return fail_in_brackets();
    }
    selector.span = span(begin, at_);
    return true;
  }

  /// A whole number, if one is there.
  bool read_number(std::optional<std::int64_t>& number) {
    skip_spaces();
    const char* begin = text_.data() + at_;
    const char* end = text_.data() + text_.size();
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(begin, end, value);
    const auto length = static_cast<std::size_t>(stop - begin);
    if (failure == std::errc::result_out_of_range) {
      return fail("this number is too large for a selection", at_, at_ + length, "does not fit 64 bits");
    }
    if (length > 0) number = value;
    at_ += length;
    return true;
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(char wanted) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  const Node& holder_;
  std::size_t offset_;
  std::size_t at_ = 0;
  std::size_t open_ = 0;
  Reference reference_;
  std::optional<base::Error> error_;
};

base::Error trailing(std::string_view text, std::size_t length, const Node& holder, std::size_t offset) {
  const auto place = inside(holder, offset + length, offset + text.size());
  const std::string rest(text.substr(length));
  base::Error error = base::Error(ErrorCode::bad_reference, "'" + rest + "' cannot stand in a wire")
                          .at(place, "the wire ends before this");
  if (rest.find_first_of("+-*/^(") != rest.npos) {
    error.helps.push_back("an expression begins with '=': \"= @" + std::string(text) + "\"");
  }
  return error;
}

}  // namespace

base::Result<ReadReference> read_reference(std::string_view text, const Node& holder, std::size_t offset) {
  return Parser(text, holder, offset).run();
}

base::Result<Reference> parse_reference(std::string_view text, const Node& holder, std::size_t offset) {
  if (text.size() > max_length) {
    return base::Error(ErrorCode::bad_reference, "this wire is longer than 4,000 bytes").at(holder.span);
  }
  auto read = read_reference(text, holder, offset);
  if (!read) return std::move(read).errors();
  if (read->length < text.size()) return trailing(text, read->length, holder, offset);
  return std::move(read->reference);
}

}  // namespace orrery::scenario
