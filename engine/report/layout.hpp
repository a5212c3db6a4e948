// Laying out text for people: aligned columns, wrapped paragraphs, times, colours.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orrery::report {

enum class Tone { plain, bold, good, bad, faint };

/// Colours where they are wanted, the plain text otherwise.
class Paint {
 public:
  explicit Paint(bool color = false) : color_(color) {}
  std::string operator()(Tone tone, std::string_view text) const;

 private:
  bool color_;
};

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
  bool right = false;  ///< aligned at the right

  Cell(std::string t = "", Tone k = Tone::plain) : text(std::move(t)), tone(k) {}
  Cell(const char* t) : text(t) {}
};
Cell right(std::string text);

using Line = std::vector<Cell>;

/// Lines whose cells stand below each other, two spaces apart, each behind `indent`. Control characters in cells are
/// made visible. Nothing trails a line; columns that are empty in every line take no room.
std::string columns(const std::vector<Line>& lines, const Paint& paint = Paint(), std::string_view indent = "");

/// Paragraphs broken at spaces into lines of at most `width` columns behind `indent`; blank lines part paragraphs.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent);

/// "0.31 ms", "12.3 s", "2 min 5 s", "3 h 12 min"
std::string time_text(double seconds);
/// "1 step", "3 steps"
std::string counted(std::size_t n, std::string_view noun);
/// "1.2 GiB"
std::string bytes_text(double bytes);

}  // namespace orrery::report
