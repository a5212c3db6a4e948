// A line of a source as a terminal may show it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/diagnostic_line.hpp"

#include <algorithm>
#include <vector>

#include "engine/base/text.hpp"

namespace orrery::report {
namespace {

constexpr std::size_t tab_width = 4;
constexpr std::size_t most_columns = 120;
constexpr std::size_t columns_before = 30;
/// Bytes looked at on either side of the carets: a line of many megabytes costs no more than a short one.
constexpr std::size_t reach = 400;
constexpr std::string_view cut = "...";

struct Cell {
  std::string text;
  std::size_t width;
  std::size_t begin;  ///< byte in the line
};

bool continues(std::string_view line, std::size_t at) {
  return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;
}

Cell make_cell(std::string_view line, std::size_t begin, std::size_t end, std::size_t column) {
  if (line[begin] == '\t') {
    const std::size_t width = tab_width - column % tab_width;
    return {std::string(width, ' '), width, begin};
  }
  std::string text = base::printable(line.substr(begin, end - begin));
  const std::size_t width = base::display_width(text);
  return {std::move(text), width, begin};
}

std::vector<Cell> make_cells(std::string_view line, std::size_t from, std::size_t to) {
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t begin = from; begin < to;) {
    std::size_t end = begin + 1;
    while (continues(line, end) && end - begin < 4) ++end;
    cells.push_back(make_cell(line, begin, end, column));
    column += cells.back().width;
    begin = end;
  }
  return cells;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < to; ++i) width += cells[i].width;
  return width;
}

std::size_t first_at(const std::vector<Cell>& cells, std::size_t byte) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.begin >= byte; });
  return static_cast<std::size_t>(found - cells.begin());
}

}  // namespace

std::size_t line_offset(const base::Span& span) {
  std::size_t offset = 0;
  const std::string& text = span.source->text;
  for (std::uint32_t line = 1; line < span.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == text.npos) return text.size();
    offset = end + 1;
  }
  return offset;
}

std::string_view line_of(const base::Span& span) {
  std::string_view text = std::string_view(span.source->text).substr(line_offset(span));
  text = text.substr(0, text.find('\n'));
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

std::size_t character_column(const base::Span& span, std::uint32_t byte_column) {
  const std::size_t before = std::max(byte_column, 1u) - 1;
  return base::display_width(line_of(span).substr(0, before)) + 1;
}

Excerpt excerpt(const base::Span& span) {
  const std::string_view line = line_of(span);
  const std::size_t begin = std::min<std::size_t>(std::max(span.column, 1u) - 1, line.size());
  const std::size_t end = std::clamp<std::size_t>(std::max(span.end_column, 1u) - 1, begin, line.size());
  std::size_t from = begin - std::min(begin, reach);
  while (from > 0 && continues(line, from)) --from;
  const std::size_t to = std::min(line.size(), std::min(end, begin + reach) + reach);
  const auto cells = make_cells(line, from, to);
  const std::size_t first = first_at(cells, begin);
  const std::size_t last = first_at(cells, end);
  std::size_t left = 0;
  std::size_t right = cells.size();
  const bool fits = from == 0 && to == line.size() && width_of(cells, 0, right) <= most_columns;
  if (!fits) {
    while (width_of(cells, left, first) > columns_before) ++left;
    while (right > left && width_of(cells, left, right) > most_columns) --right;
  }
  Excerpt shown;
  if (left > 0 || from > 0) shown.text = cut;
  shown.caret = shown.text.size() + width_of(cells, left, first);
  shown.width = std::max<std::size_t>(1, width_of(cells, first, std::max(first, std::min(last, right))));
  for (std::size_t i = left; i < right; ++i) shown.text += cells[i].text;
  if (right < cells.size() || to < line.size()) shown.text += cut;
  return shown;
}

}  // namespace orrery::report
