// Lines of a source text, and columns in characters and in bytes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/source_lines.hpp"

#include <algorithm>

namespace orrery::scenario {
namespace {

std::string_view without_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t number = 1; number < line; ++number) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return {};
    text.remove_prefix(end + 1);
  }
  return without_return(text.substr(0, text.find('\n')));
}

std::string_view text_of(const base::Span& span) {
  if (!span) return {};
  const std::string_view line = line_of(span.source->text, span.line);
  if (span.column < 1 || span.column > line.size() || span.end_column < span.column) return {};
  return line.substr(span.column - 1, span.end_column - span.column);
}

SourceLines::SourceLines(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
  for (std::uint32_t number = 1; number <= count(); ++number) add_wide(number, line(number));
}

void SourceLines::add_wide(std::uint32_t number, std::string_view line) {
  const bool marked = number == 1 && line.starts_with(byte_order_mark);
  if (marked) wide_.push_back({1, 0, 3});
  std::uint32_t column = 0;
  std::uint32_t extra = marked ? 3 : 0;
  for (std::size_t at = extra; at < line.size(); ++at) {
    if (!continues(line[at])) {
      ++column;
      continue;
    }
    ++extra;
    if (at + 1 == line.size() || !continues(line[at + 1])) wide_.push_back({number, column, extra});
  }
}

std::string_view SourceLines::line(std::uint32_t number) const {
  if (number < 1 || number > count()) return {};
  const std::size_t begin = starts_[number - 1];
  const std::size_t end = number < count() ? starts_[number] - 1 : text_.size();
  return without_return(text_.substr(begin, end - begin));
}

std::uint32_t SourceLines::byte_column(std::uint32_t line, std::uint32_t column) const {
  const auto after = std::lower_bound(wide_.begin(), wide_.end(), std::pair{line, column},
                                      [](const Wide& wide, const std::pair<std::uint32_t, std::uint32_t>& place) {
                                        return std::pair{wide.line, wide.column} < place;
                                      });
  if (after == wide_.begin()) return column;
  const Wide& before = *std::prev(after);
  return before.line == line ? column + before.extra : column;
}

std::pair<std::uint32_t, std::uint32_t> SourceLines::position(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts_.begin());
  return {line, static_cast<std::uint32_t>(offset - *std::prev(after) + 1)};
}

}  // namespace orrery::scenario
