// Rows and cells of CSV text; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace orrery::value {

struct Cell {
  std::string_view raw;  ///< without the quotes around it
  bool escaped = false;  ///< has doubled quotes inside
};

/// The characters that a cell stands for.
std::string text_of(const Cell& cell);

/// The cell without the blanks around it, as numbers and names are read.
std::string_view trimmed(const Cell& cell);

/// Goes through the rows; comments and blank lines are passed over.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, std::size_t most_cells) : text_(text), most_cells_(most_cells) {}

  /// Reads the next row; false at the end of the text. Error: bad_data_file.
  base::Result<bool> next();
  const std::vector<Cell>& row() const { return row_; }
  std::size_t line() const { return row_line_; }  ///< where the row begins, from 1

 private:
  void skip_between_rows();
  std::optional<base::Error> take_cell();
  std::optional<base::Error> take_quoted();
  void take_plain();
  bool take_line_end();
  void count_lines(std::string_view part);

  std::string_view text_;
  std::size_t most_cells_;
  std::size_t at_ = 0, line_ = 1, row_line_ = 1;
  std::vector<Cell> row_;
};

}  // namespace orrery::value
