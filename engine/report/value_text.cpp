// A whole value as text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/value_text.hpp"

#include <complex>
#include <functional>

#include "engine/base/text.hpp"
#include "engine/report/layout.hpp"

namespace orrery::report {
namespace {

using value::DType;
using value::Tensor;

constexpr std::int64_t column_limit = 12;

std::string element_text(const Tensor& tensor, std::int64_t i) {
  switch (tensor.dtype()) {
    case DType::i64:
      return std::to_string(tensor.data<std::int64_t>()[i]);
    case DType::boolean:
      return tensor.data<bool>()[i] ? "true" : "false";
    case DType::c128: {
      const auto z = tensor.data<std::complex<double>>()[i];
      const std::string imaginary = base::shortest(z.imag());
      return base::shortest(z.real()) + (imaginary.front() == '-' ? "" : "+") + imaginary + "j";
    }
    case DType::f32: {
      char text[32];
      std::snprintf(text, sizeof text, "%.9g", static_cast<double>(tensor.data<float>()[i]));
      return text;
    }
    default:
      return base::shortest(tensor.number(i));
  }
}

using LineOf = std::function<Line(std::int64_t)>;

/// The rows [0, rows) below a heading, or the first and last of them with a word on those between.
std::string limited(std::vector<Line> lines, std::int64_t rows, std::int64_t limit, const LineOf& line_of) {
  const std::int64_t head = rows <= limit ? rows : limit / 2, tail = rows <= limit ? 0 : limit - head;
  for (std::int64_t i = 0; i < head; ++i) lines.push_back(line_of(i));
  if (tail > 0) lines.push_back({Cell("...")});
  for (std::int64_t i = rows - tail; i < rows; ++i) lines.push_back(line_of(i));
  std::string text = columns(lines);
  // Put in afterwards, since it would widen the first column.
  if (tail > 0) text.replace(text.find("\n...\n"), 5, "\n... " + std::to_string(rows - head - tail) + " more\n");
  return text;
}

Line tensor_line(const Tensor& tensor, const value::Shape& leading, std::int64_t width, std::int64_t row) {
  Line line{Cell(value::position_text(leading, row), Tone::faint)};
  for (std::int64_t i = 0; i < std::min(width, column_limit); ++i)
    line.push_back(right(element_text(tensor, row * width + i)));
  if (width > column_limit) line.push_back(Cell("... " + std::to_string(width - column_limit) + " more"));
  return line;
}

std::string tensor_rows(const Tensor& tensor, std::int64_t limit) {
  if (tensor.count() == 0) return "";
  const bool one_axis = tensor.rank() == 1;
  value::Shape leading = tensor.shape();
  const std::int64_t width = one_axis ? 1 : leading.back();
  if (!one_axis) leading.pop_back();
  const std::int64_t rows = tensor.count() / width;
  return limited({}, rows, limit, [&](std::int64_t row) { return tensor_line(tensor, leading, width, row); });
}

Line heading(const value::Table& table) {
  Line line{Cell()};
  for (const value::Column& column : table.columns) {
    const bool bare = column.is_text() || column.tensor().unit().symbol() == "1";
    Cell cell(bare ? column.name : column.name + " [" + column.tensor().unit().symbol() + "]", Tone::bold);
    cell.right = !column.is_text();
    line.push_back(cell);
  }
  return line;
}

std::string table_rows(const value::Table& table, std::int64_t limit) {
  const auto line_of = [&](std::int64_t row) {
    Line line{Cell("[" + std::to_string(row) + "]", Tone::faint)};
    for (const value::Column& column : table.columns) {
      if (column.is_text()) line.push_back(column.texts()[static_cast<std::size_t>(row)]);
      else line.push_back(right(element_text(column.tensor(), row)));
    }
    return line;
  };
  return limited({heading(table)}, table.rows, limit, line_of);
}

/// A text as it is, but harmless on a terminal.
std::string text_lines(const std::string& text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines += base::printable(std::string_view(text).substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return lines;
}

}  // namespace

std::string value_text(const value::Value& value, std::int64_t row_limit) {
  if (const auto* text = std::get_if<std::string>(&value)) return text_lines(*text);
  const auto* tensor = std::get_if<Tensor>(&value);
  if (tensor && tensor->rank() == 0) return value::preview(value) + '\n';
  const std::string rows = tensor ? tensor_rows(*tensor, row_limit)
                                  : table_rows(*std::get<std::shared_ptr<const value::Table>>(value), row_limit);
  return value::describe(value) + '\n' + rows;
}

}  // namespace orrery::report
