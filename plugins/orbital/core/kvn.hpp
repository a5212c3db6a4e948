// The keyword = value notation of CCSDS messages: lines, blocks of keywords in their order, units, and errors by line.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-2 (2009) and 502.0-B-3 (2023), Orbit Data Messages, section 7.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/core/time_scales.hpp"

namespace orrery::orbital {

struct KvnLine {
  enum class Kind { assignment, comment, words, end } kind = Kind::end;
  std::string_view key;    ///< of an assignment
  std::string_view value;  ///< of an assignment or a comment; the whole line of words
  std::size_t number = 0;
};

/// One line after the other, with one to look at before it is taken. Blank lines are passed over.
class KvnReader {
 public:
  /// @throws std::invalid_argument for a line above 254 characters or with one that is not printable ASCII
  explicit KvnReader(std::string_view text) : lines_(text) { advance(); }
  [[nodiscard]] const KvnLine& ahead() const noexcept { return line_; }
  KvnLine take();
  /// All comments that come now.
  std::vector<std::string> take_comments();
  /// @throws std::invalid_argument unless the line is just this word
  void expect_word(std::string_view word);
  [[nodiscard]] bool is_word(std::string_view word) const noexcept {
    return line_.kind == KvnLine::Kind::words && line_.value == word;
  }

 private:
  void advance();

  LineReader lines_;
  KvnLine line_;
};

/// A keyword that may stand in a block, in the order of the standard.
struct KvnKey {
  std::string_view key;
  bool required = false;
  std::string_view unit = {};  ///< that may stand in brackets behind the value
  int shift = 0;               ///< power of ten from that unit to the SI
};

struct KvnField {
  std::string value;
  std::size_t line = 0;
};

/// The assignments of one block.
class KvnBlock {
 public:
  /// Takes assignments as long as their keywords belong to the block.
  /// @param what it is called in messages   @param keys in order
  /// @throws std::invalid_argument if a keyword comes twice or out of order, a value is empty, or a required one is
  /// missing
  KvnBlock(KvnReader& reader, std::string_view what, std::span<const KvnKey> keys);

  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  [[nodiscard]] bool has(std::string_view key) const { return fields_.find(key) != fields_.end(); }
  /// The text of a field; empty if it was not given.
  [[nodiscard]] std::string text(std::string_view key) const;
  /// @throws std::invalid_argument by line if it is no number, or its unit is another
  [[nodiscard]] double number(std::string_view key) const;
  [[nodiscard]] double time(std::string_view key, TimeScale scale) const;
  [[nodiscard]] std::size_t line(std::string_view key) const;

 private:
  std::span<const KvnKey> keys_;
  std::map<std::string_view, KvnField> fields_;
};

/// @throws std::invalid_argument by line if the text is no date, or not one of that scale
double kvn_time(std::string_view text, TimeScale scale, std::size_t line);

/// @throws std::invalid_argument by line unless it is one of UTC, TAI, TT, TDB, GPS
TimeScale kvn_time_system(std::string_view text, std::size_t line);

/// @throws std::invalid_argument by line if the text is no number
double kvn_number(std::string_view text, int shift, std::size_t line);

/// The words of a line.
std::vector<std::string_view> words_of(std::string_view line);

/// "KEY = value\n"
std::string kvn_line(std::string_view key, std::string_view value);
/// One "COMMENT ..." line for each.
std::string kvn_comments(const std::vector<std::string>& comments);
/// The date of an instant in a time system, rounded to so many decimals.
std::string kvn_date(double tt, TimeScale scale, int decimals);

}  // namespace orrery::orbital
