// RFC 4180 with comments, any of the three line ends, and line numbers for errors.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/csv_scan.hpp"

#include <algorithm>

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr auto npos = std::string_view::npos;

Error bad(std::size_t line, std::string_view reason) {
  return {ErrorCode::bad_data_file, "line " + std::to_string(line) + ": " + std::string(reason)};
}

}  // namespace

std::string text_of(const Cell& cell) {
  std::string text;
  text.reserve(cell.raw.size());
  for (std::size_t i = 0; i < cell.raw.size(); ++i) {
    text += cell.raw[i];
    if (cell.escaped && cell.raw[i] == '"') ++i;
  }
  return text;
}

std::string_view trimmed(const Cell& cell) {
  const auto first = cell.raw.find_first_not_of(" \t");
  return first == npos ? "" : cell.raw.substr(first, cell.raw.find_last_not_of(" \t") - first + 1);
}

base::Result<bool> CsvScanner::next() {
  row_.clear();
  skip_between_rows();
  if (at_ == text_.size()) return false;
  row_line_ = line_;
  do {
    if (row_.size() == most_cells_)
      return bad(line_, "there are more than " + std::to_string(most_cells_) + " columns");
    if (auto error = take_cell()) return std::move(*error);
    if (at_ == text_.size() || take_line_end()) return true;
    if (text_[at_] != ',') return bad(line_, "there is text after the closing quote of a cell");
    ++at_;
  } while (true);
}

void CsvScanner::skip_between_rows() {
  while (at_ < text_.size()) {
    if (take_line_end()) continue;
    // A line of blanks only is as empty as it looks.
    const auto ink = std::min(text_.find_first_not_of(" \t", at_), text_.size());
    const bool blank = ink == text_.size() || text_[ink] == '\n' || text_[ink] == '\r';
    if (!blank && text_[at_] != '#') return;
    at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
  }
}

bool CsvScanner::take_line_end() {
  if (text_[at_] != '\r' && text_[at_] != '\n') return false;
  at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
  ++line_;
  return true;
}

std::optional<Error> CsvScanner::take_cell() {
  if (at_ < text_.size() && text_[at_] == '"') return take_quoted();
  take_plain();
  return std::nullopt;
}

void CsvScanner::take_plain() {
  // Not find_first_of, which calls a function for every byte.
  std::size_t end = at_;
  while (end < text_.size() && text_[end] != ',' && text_[end] != '\n' && text_[end] != '\r') ++end;
  row_.push_back({text_.substr(at_, end - at_), false});
  at_ = end;
}

std::optional<Error> CsvScanner::take_quoted() {
  const std::size_t begin = ++at_;
  bool escaped = false;
  std::size_t end = text_.find('"', begin);
  for (; end != npos && end + 1 < text_.size() && text_[end + 1] == '"'; end = text_.find('"', end + 2)) escaped = true;
  if (end == npos) return bad(line_, "a quote is opened but not closed");
  row_.push_back({text_.substr(begin, end - begin), escaped});
  count_lines(row_.back().raw);
  at_ = end + 1;
  return std::nullopt;
}

void CsvScanner::count_lines(std::string_view part) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool second_half = part[i] == '\n' && i > 0 && part[i - 1] == '\r';
    line_ += (part[i] == '\n' || part[i] == '\r') && !second_half;
  }
}

}  // namespace orrery::value
