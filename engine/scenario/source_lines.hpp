// Lines of a source text: finding them, and turning a column counted in characters into one counted in bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace orrery::scenario {

/// The text of a line, counted from 1, without its line break; empty past the end. Takes time in proportion to the
/// text.
std::string_view line_of(std::string_view text, std::uint32_t line);

/// What a span covers.
std::string_view text_of(const base::Span& span);

/// The same for many questions about one text: each takes logarithmic time, also in a file of one long line.
class SourceLines {
 public:
  explicit SourceLines(std::string_view text);

  std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }
  std::string_view line(std::uint32_t number) const;
  /// @param column  counted in characters from 1; a byte order mark does not count   @returns  counted in bytes from 1
  std::uint32_t byte_column(std::uint32_t line, std::uint32_t column) const;
  /// The line and column of a byte.
  std::pair<std::uint32_t, std::uint32_t> position(std::size_t offset) const;

 private:
  /// A character of several bytes, and how many bytes more than characters its line has up to and with it.
  struct Wide {
    std::uint32_t line, column, extra;
  };
  void add_wide(std::uint32_t line, std::string_view text);

  std::string_view text_;
  std::vector<std::size_t> starts_;
  std::vector<Wide> wide_;
};

}  // namespace orrery::scenario
