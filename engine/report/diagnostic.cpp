// Errors as people read them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/diagnostic.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/report/diagnostic_line.hpp"

namespace orrery::report {
namespace {

constexpr std::size_t most_shown = 200;

enum class Style { error, message, frame, primary, secondary };

class Writer {
 public:
  Writer(const base::Error& error, bool color) : error_(error), color_(color) {
    std::uint32_t last = 0;
    for (const base::Label& label : error.labels) last = std::max(last, label.span ? label.span.line : 0);
    margin_ = std::to_string(last).size();
  }

  std::string run() {
    text_ = painted(Style::error, "error[" + std::string(base::name_of(error_.code)) + "]") +
            painted(Style::message, ": " + base::printable(error_.message)) + "\n";
    for (const base::Label& label : error_.labels) {
      if (label.span) write_label(label);
    }
    if (previous_) frame("|", "");
    for (const std::string& note : error_.notes) remark("note", note);
    for (const std::string& help : error_.helps) remark("help", help);
    return std::move(text_);
  }

 private:
  std::string painted(Style style, const std::string& text) const {
    static constexpr const char* codes[] = {"\x1b[1;31m", "\x1b[1m", "\x1b[1;34m", "\x1b[1;31m", "\x1b[1;34m"};
    if (!color_ || text.empty()) return text;
    return codes[static_cast<std::size_t>(style)] + text + "\x1b[0m";
  }

  /// A line without a number: the margin, a sign, and what follows.
  void frame(const std::string& sign, const std::string& rest) {
    text_ += std::string(margin_ + 1, ' ') + painted(Style::frame, sign) + (rest.empty() ? "" : " " + rest) + "\n";
  }

  void write_label(const base::Label& label) {
    const bool same_line =
        previous_ && previous_->span.source == label.span.source && previous_->span.line == label.span.line;
    const Excerpt shown = excerpt(label.span);
    if (!same_line) {
      write_place(label.span);
      const std::string number = std::to_string(label.span.line);
      text_ += std::string(margin_ - number.size(), ' ') + painted(Style::frame, number + " |") +
               (shown.text.empty() ? "" : " " + shown.text) + "\n";
    }
    const Style style = previous_ ? Style::secondary : Style::primary;
    std::string marks(shown.width, '^');
    if (!label.text.empty()) marks += " " + base::printable(label.text);
    frame("|", std::string(shown.caret, ' ') + painted(style, marks));
    previous_ = &label;
  }

  void write_place(const base::Span& span) {
    const std::string place = base::printable(span.source->name) + ":" + std::to_string(span.line) + ":" +
                              std::to_string(character_column(span, span.column));
    text_ += std::string(margin_, ' ') + painted(Style::frame, previous_ ? "::: " : "--> ") + place + "\n";
    frame("|", "");
  }

  /// Each line of a remark is made safe by itself; lines after the first stand below the first's text.
  void remark(const std::string& kind, const std::string& text) {
    std::string lines;
    const std::string indent(margin_ + 5 + kind.size(), ' ');
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines += (begin ? "\n" + indent : "") + base::printable(text.substr(begin, end - begin));
      begin = end + 1;
    }
    frame("=", kind + ": " + lines);
  }

  const base::Error& error_;
  bool color_;
  std::size_t margin_;
  const base::Label* previous_ = nullptr;
  std::string text_;
};

std::string summary(const base::Errors& errors) {
  std::set<std::string> sources;
  for (const base::Error& error : errors) {
    if (!error.labels.empty() && error.labels.front().span) sources.insert(error.labels.front().span.source->name);
  }
  std::string line = std::to_string(errors.size()) + (errors.size() == 1 ? " error" : " errors");
  if (sources.size() == 1) line += " in " + base::printable(*sources.begin());
  if (sources.size() > 1) line += " in " + std::to_string(sources.size()) + " files";
  if (errors.size() > most_shown) line += "; the first " + std::to_string(most_shown) + " are shown";
  return line + "\n";
}

}  // namespace

std::string render(const base::Error& error, bool color) { return Writer(error, color).run(); }

std::string render(const base::Errors& errors, bool color) {
  if (errors.empty()) return "";
  std::string text;
  for (std::size_t i = 0; i < std::min(errors.size(), most_shown); ++i) text += render(errors[i], color) + "\n";
  return text + summary(errors);
}

}  // namespace orrery::report
