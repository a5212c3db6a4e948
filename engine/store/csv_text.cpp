// Tables as CSV text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/csv_text.hpp"

#include <complex>

#include "engine/base/text.hpp"

namespace orrery::store {
namespace {

std::string quoted(const std::string& text) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string::npos && !text.empty() && text.front() != '#' &&
                     text.front() != ' ' && text.back() != ' ';
  if (plain) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

/// Whole numbers keep a point, so that a column of real numbers is read back as one.
std::string real_text(double x) {
  std::string text = base::shortest(x);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

std::string complex_text(std::complex<double> z) {
  const std::string imaginary = base::shortest(z.imag());
  return base::shortest(z.real()) + (imaginary.front() == '-' ? "" : "+") + imaginary + "j";
}

std::string cell_text(const value::Column& column, std::size_t row) {
  if (column.is_text()) return quoted(column.texts()[row]);
  const value::Tensor& tensor = column.tensor();
  switch (tensor.dtype()) {
    case value::DType::f64:
      return real_text(tensor.data<double>()[row]);
    case value::DType::f32:
      return real_text(static_cast<double>(tensor.data<float>()[row]));
    case value::DType::c128:
      return complex_text(tensor.data<std::complex<double>>()[row]);
    case value::DType::i64:
      return std::to_string(tensor.data<std::int64_t>()[row]);
    default:
      return tensor.data<bool>()[row] ? "true" : "false";
  }
}

std::string heading(const value::Column& column) {
  if (column.is_text()) return quoted(column.name);
  const value::Unit& unit = column.tensor().unit();
  const bool plain = unit.is_number() && unit.same_scale(value::Unit{});
  return quoted(plain ? column.name : column.name + " [" + unit.symbol() + "]");
}

}  // namespace

std::string to_csv(const value::Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i ? "," : "") + heading(table.columns[i]);
  text += '\n';
  for (std::size_t row = 0; row < static_cast<std::size_t>(table.rows); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i) text += ',';
      text += cell_text(table.columns[i], row);
    }
    text += '\n';
  }
  return text;
}

}  // namespace orrery::store
