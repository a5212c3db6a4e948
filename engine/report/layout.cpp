// Laying out text for people.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/base/text.hpp"

namespace orrery::report {
namespace {

std::string_view escape(Tone tone) {
  switch (tone) {
    case Tone::bold:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[1;31m";
    case Tone::faint:
      return "\x1b[2m";
    default:
      return "";
  }
}

std::string formatted(const char* format, double number, const char* unit) {
  char text[64];
  std::snprintf(text, sizeof text, format, number, unit);
  return text;
}

/// Three significant digits without an exponent: 0.0123, 1.23, 12.3, 123.
std::string three_digits(double number, const char* unit) {
  const char* format = number < 9.995 ? "%.2f %s" : number < 99.95 ? "%.1f %s" : "%.0f %s";
  return formatted(format, number, unit);
}

std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& texts) {
  std::vector<std::size_t> widths;
  for (const auto& line : texts) {
    widths.resize(std::max(widths.size(), line.size()));
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], base::display_width(line[i]));
  }
  return widths;
}

std::vector<std::vector<std::string>> printable_cells(const std::vector<Line>& lines) {
  std::vector<std::vector<std::string>> texts;
  for (const Line& line : lines) {
    texts.emplace_back();
    for (const Cell& cell : line) texts.back().push_back(base::printable(cell.text));
  }
  return texts;
}

void append_word(std::string& text, std::string_view word, std::size_t& used, std::size_t width,
                 std::string_view indent) {
  const std::size_t length = base::display_width(word);
  const bool first = used == 0;
  if (!first && used + 1 + length > width) {
    text += '\n';
    used = 0;
  }
  if (used == 0) text += indent;
  text += used == 0 ? "" : " ";
  text += base::printable(word);
  used = used == 0 ? base::display_width(indent) + length : used + 1 + length;
}

}  // namespace

std::string Paint::operator()(Tone tone, std::string_view text) const {
  if (!color_ || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(escape(tone)) + std::string(text) + "\x1b[0m";
}

Cell right(std::string text) {
  Cell cell(std::move(text));
  cell.right = true;
  return cell;
}

std::string columns(const std::vector<Line>& lines, const Paint& paint, std::string_view indent) {
  const auto texts = printable_cells(lines);
  const auto widths = widths_of(texts);
  std::string all;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    std::string line(indent);
    std::size_t owed = 0;
    for (std::size_t i = 0; i < texts[row].size(); ++i) {
      if (widths[i] == 0) continue;
      const std::size_t padding = widths[i] - base::display_width(texts[row][i]);
      const bool at_right = lines[row][i].right;
      // Spaces are only paid out when something follows them.
      if (!texts[row][i].empty())
        line += std::string(owed + (at_right ? padding : 0), ' ') + paint(lines[row][i].tone, texts[row][i]);
      owed = texts[row][i].empty() ? owed + padding + 2 : (at_right ? 2 : padding + 2);
    }
    all += line + '\n';
  }
  return all;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent) {
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t start = text.find_first_not_of(" \n\r\t");
    const std::string_view gap = text.substr(0, start);
    // An empty line parts paragraphs.
    if (std::count(gap.begin(), gap.end(), '\n') > 1 && !result.empty() && start != std::string_view::npos) {
      result += "\n\n";
      used = 0;
    }
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    const std::string_view word = text.substr(0, text.find_first_of(" \n\r\t"));
    append_word(result, word, used, width, indent);
    text.remove_prefix(word.size());
  }
  return result.empty() ? result : result + '\n';
}

std::string time_text(double seconds) {
  if (!(seconds >= 0.0)) return "?";
  if (seconds < 1e-3) return three_digits(seconds * 1e6, "us");
  if (seconds < 1.0) return three_digits(seconds * 1e3, "ms");
  if (seconds < 99.95) return three_digits(seconds, "s");
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string counted(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string bytes_text(double bytes) {
  const char* const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (; bytes >= 1024.0 && unit + 1 < std::size(units); ++unit) bytes /= 1024.0;
  return unit == 0 ? formatted("%.0f %s", bytes, units[0]) : three_digits(bytes, units[unit]);
}

}  // namespace orrery::report
