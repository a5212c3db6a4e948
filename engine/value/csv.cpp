// CSV as a table: one pass learns what the columns are, a second fills them, so that memory is only that of the table.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/csv.hpp"

#include <charconv>
#include <limits>
#include <unordered_set>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"
#include "engine/value/csv_scan.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::uint64_t largest_file = std::uint64_t{1} << 30;
constexpr std::uint64_t most_cells = std::uint64_t{1} << 28;
constexpr std::size_t most_columns = 100000;

/// What is known of a column after the cells seen so far.
struct Kind {
  bool numbers = true;  ///< all cells are numbers or empty
  bool whole = true;    ///< all cells are whole numbers, none is empty
};

struct Heading {
  std::string name;
  Unit unit;
  bool has_unit = false;
  Kind kind;
};
using Headings = std::vector<Heading>;

Error bad(std::size_t line, std::string_view reason) {
  return {ErrorCode::bad_data_file, "line " + std::to_string(line) + ": " + std::string(reason)};
}

std::string in_quotes(std::string_view text) { return "'" + base::printable(text.substr(0, 80)) + "'"; }

std::string_view without_plus(std::string_view text) {
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+';
  return text.substr(plus ? 1 : 0);
}

template <class T>
std::errc read_whole_text(std::string_view text, T& value) {
  text = without_plus(text);
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return end == text.data() + text.size() ? fault : std::errc::invalid_argument;
}

// ---- headings

std::string_view trim(std::string_view text) { return trimmed(Cell{text, false}); }

/// "semi_major_axis [km]"
base::Result<Heading> parse_heading(const Cell& cell, std::size_t line, std::size_t column) {
  const std::string text = text_of(cell);
  std::string_view name = trim(text);
  Heading heading;
  if (const auto open = name.rfind('['); name.ends_with(']') && open != name.npos) {
    base::Result<Unit> unit = parse_unit(trim(name.substr(open + 1, name.size() - open - 2)));
    if (!unit) {
      Error error = bad(line, "column " + std::to_string(column) + ": " + unit.error().message);
      error.helps = unit.error().helps;
      return error;
    }
    heading.unit = std::move(*unit);
    heading.has_unit = true;
    name = trim(name.substr(0, open));
  }
  if (name.empty()) return bad(line, "column " + std::to_string(column) + " has no name");
  heading.name = std::string(name);
  return heading;
}

base::Result<Headings> parse_headings(const std::vector<Cell>& row, std::size_t line) {
  Headings headings;
  base::Errors errors;
  std::unordered_set<std::string> names;
  for (const Cell& cell : row) {
    base::Result<Heading> heading = parse_heading(cell, line, headings.size() + 1);
    if (!heading) return std::move(heading).errors();
    if (!names.insert(heading->name).second) return bad(line, "two columns are named " + in_quotes(heading->name));
    headings.push_back(std::move(*heading));
  }
  return headings;
}

// ---- first pass

std::optional<Error> learn(Heading& heading, const Cell& cell, std::size_t line) {
  if (!heading.kind.numbers) return std::nullopt;
  const std::string_view text = trimmed(cell);
  std::int64_t whole = 0;
  if (heading.kind.whole && read_whole_text(text, whole) == std::errc{}) return std::nullopt;
  heading.kind.whole = false;
  double number = 0.0;
  const std::errc fault = text.empty() ? std::errc{} : read_whole_text(text, number);
  if (fault == std::errc::result_out_of_range) {
    return bad(
        line, "column " + in_quotes(heading.name) + ": " + in_quotes(text) + " is beyond the range of a 64-bit number");
  }
  heading.kind.numbers = fault == std::errc{};
  if (heading.kind.numbers || !heading.has_unit) return std::nullopt;
  return bad(line, "column " + in_quotes(heading.name) + " is in " + heading.unit.symbol() + ", but " +
                       in_quotes(text) + " is not a number");
}

Error ragged(const CsvScanner& rows, std::size_t columns) {
  Error error = bad(rows.line(), "this row has " + std::to_string(rows.row().size()) + " cells, but the header has " +
                                     std::to_string(columns));
  if (columns == 1) error.helps.push_back("cells are separated by commas");
  return error;
}

/// Returns the number of rows.
base::Result<std::int64_t> learn_all(CsvScanner& rows, Headings& headings) {
  std::int64_t count = 0;
  for (;; ++count) {
    const base::Result<bool> more = rows.next();
    if (!more) return more.errors();
    if (!*more) return count;
    if (rows.row().size() != headings.size()) return ragged(rows, headings.size());
    if (static_cast<std::uint64_t>(count) * headings.size() > most_cells) {
      return Error{ErrorCode::file_too_large, "there are more than " + std::to_string(most_cells) + " cells"};
    }
    for (std::size_t i = 0; i < headings.size(); ++i) {
      if (auto error = learn(headings[i], rows.row()[i], rows.line())) return std::move(*error);
    }
  }
}

// ---- second pass

base::Result<Column> empty_column(const Heading& heading, std::int64_t rows) {
  if (!heading.kind.numbers) {
    Texts texts;
    texts.reserve(static_cast<std::size_t>(rows));
    return Column{heading.name, std::move(texts)};
  }
  const bool whole = heading.kind.whole && rows > 0 && !heading.has_unit;
  base::Result<Tensor> tensor = Tensor::allocate(whole ? DType::i64 : DType::f64, {rows}, heading.unit);
  if (!tensor) return std::move(tensor).errors();
  return Column{heading.name, std::move(*tensor)};
}

void put(Column& column, std::int64_t row, const Cell& cell) {
  if (auto* texts = std::get_if<Texts>(&column.data)) {
    texts->push_back(text_of(cell));
    return;
  }
  Tensor& tensor = std::get<Tensor>(column.data);
  const std::string_view text = trimmed(cell);
  if (tensor.dtype() == DType::i64) {
    read_whole_text(text, tensor.data<std::int64_t>()[row]);
  } else if (text.empty()) {
    tensor.data<double>()[row] = std::numeric_limits<double>::quiet_NaN();
  } else {
    read_whole_text(text, tensor.data<double>()[row]);
  }
}

base::Result<Table> fill(CsvScanner rows, const Headings& headings, std::int64_t count) {
  Table table{count, {}};
  for (const Heading& heading : headings) {
    base::Result<Column> column = empty_column(heading, count);
    if (!column) return std::move(column).errors();
    table.columns.push_back(std::move(*column));
  }
  for (std::int64_t row = 0; row < count; ++row) {
    // The first pass has seen that this row is there and whole.
    ORRERY_ASSERT(*rows.next());
    for (std::size_t i = 0; i < headings.size(); ++i) put(table.columns[i], row, rows.row()[i]);
  }
  return table;
}

base::Result<Table> parse(std::string_view text) {
  if (const auto at = base::first_invalid_utf8(text)) {
    return Error{ErrorCode::not_utf8, "byte " + std::to_string(*at + 1) + " is not UTF-8 text"};
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvScanner rows(text, most_columns);
  const base::Result<bool> first = rows.next();
  if (!first) return first.errors();
  if (!*first) return Error{ErrorCode::bad_data_file, "there is no header row"};
  base::Result<Headings> headings = parse_headings(rows.row(), rows.line());
  if (!headings) return std::move(headings).errors();
  CsvScanner again = rows;
  const base::Result<std::int64_t> count = learn_all(rows, *headings);
  if (!count) return count.errors();
  return fill(std::move(again), *headings, *count);
}

}  // namespace

base::Result<Table> parse_csv(std::string_view text, std::string_view name) {
  base::Result<Table> table = parse(text);
  if (table) return table;
  base::Errors errors = std::move(table).errors();
  for (Error& error : errors) error.message = base::printable(name) + ": " + error.message;
  return errors;
}

base::Result<Table> read_csv(const std::filesystem::path& path) {
  const base::Result<std::string> text = base::read_file(path, largest_file);
  if (!text) return text.errors();
  return parse_csv(*text, path.native());
}

}  // namespace orrery::value
