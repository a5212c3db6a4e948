// Values as people read them, and as bits.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/value.hpp"

#include <charconv>
#include <cmath>

#include "engine/base/text.hpp"

namespace orrery::value {
namespace {

constexpr std::size_t longest_text = 200;

std::string digits(double x) { return base::shortest(x); }
std::string digits(std::int64_t x) { return std::to_string(x); }
std::string digits(bool x) { return x ? "true" : "false"; }

std::string digits(float x) {
  // The shortest text of a float is shorter than that of the double it widens to.
  if (!std::isfinite(x)) return base::shortest(static_cast<double>(x));
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, x).ptr};
}

std::string digits(const std::complex<double>& z) {
  const std::string imaginary = digits(z.imag());
  return digits(z.real()) + (imaginary.starts_with('-') ? "" : "+") + imaginary + "i";
}

std::string element(const Tensor& tensor, std::int64_t i) {
  return visit_dtype(tensor.dtype(), [&](auto type) { return digits(tensor.data<decltype(type)>()[i]); });
}

/// Nested brackets; only for tensors of few elements.
std::string in_full(const Tensor& tensor) {
  if (tensor.rank() == 0) return element(tensor, 0);
  std::string text = "[";
  for (std::int64_t i = 0; i < tensor.shape().front(); ++i) {
    if (i > 0) text += ", ";
    text += in_full(tensor.slice_first(i));
  }
  return text + "]";
}

/// The first elements and the last one.
std::string by_its_ends(const Tensor& tensor, std::int64_t limit) {
  std::string text = "[";
  for (std::int64_t i = 0; i + 1 < limit; ++i) text += element(tensor, i) + ", ";
  text += "...";
  return (limit > 0 ? text + ", " + element(tensor, tensor.count() - 1) : text) + "]";
}

std::string preview_tensor(const Tensor& tensor, std::size_t limit) {
  const std::string unit = tensor.unit().symbol() == "1" ? "" : " " + tensor.unit().symbol();
  // The extents of an empty tensor say more than its brackets, of which there may be any number.
  if (tensor.count() == 0) return "[]" + unit + (tensor.rank() > 1 ? " (" + to_text(tensor.shape()) + " values)" : "");
  if (tensor.rank() == 0 || static_cast<std::uint64_t>(tensor.count()) <= limit) return in_full(tensor) + unit;
  return by_its_ends(tensor, static_cast<std::int64_t>(limit)) + unit + " (" + to_text(tensor.shape()) + " values)";
}

std::string rows_of(const Table& table) {
  return "table of " + std::to_string(table.rows) + (table.rows == 1 ? " row" : " rows");
}

std::string preview_text(const std::string& text) {
  if (text.size() <= longest_text) return base::printable(text);
  std::size_t end = longest_text;
  // Not in the middle of a character.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return base::printable(std::string_view(text).substr(0, end)) + "... (" + std::to_string(text.size()) + " bytes)";
}

std::string preview_table(const Table& table, std::size_t limit) {
  std::string text = rows_of(table);
  for (std::size_t i = 0; i < std::min(limit, table.columns.size()); ++i) {
    const Column& column = table.columns[i];
    text += (i == 0 ? ": " : ", ") + base::printable(column.name);
    if (!column.is_text() && column.tensor().unit().symbol() != "1")
      text += " [" + column.tensor().unit().symbol() + "]";
  }
  if (table.columns.size() <= limit) return text;
  return text + (limit == 0 ? ": " : ", ") + "... (" + std::to_string(table.columns.size()) + " columns)";
}

bool same_bits(const Column& a, const Column& b) {
  if (a.name != b.name || a.is_text() != b.is_text()) return false;
  return a.is_text() ? a.texts() == b.texts() : value::same_bits(a.tensor(), b.tensor());
}

bool same_bits(const Table& a, const Table& b) {
  return a.rows == b.rows &&
         std::ranges::equal(a.columns, b.columns, [](const Column& x, const Column& y) { return same_bits(x, y); });
}

}  // namespace

std::string describe(const Value& value) {
  if (std::holds_alternative<std::string>(value)) return "text";
  if (const auto* table = std::get_if<std::shared_ptr<const Table>>(&value)) return rows_of(**table);
  const Tensor& tensor = std::get<Tensor>(value);
  std::string text(name_of(tensor.dtype()));
  if (tensor.rank() > 0) text += "[" + to_text(tensor.shape()) + "]";
  return tensor.unit().symbol() == "1" ? text : text + " in " + tensor.unit().symbol();
}

std::string preview(const Value& value, std::size_t limit) {
  if (const auto* text = std::get_if<std::string>(&value)) return preview_text(*text);
  if (const auto* table = std::get_if<std::shared_ptr<const Table>>(&value)) return preview_table(**table, limit);
  return preview_tensor(std::get<Tensor>(value), limit);
}

bool same_bits(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* text = std::get_if<std::string>(&a)) return *text == std::get<std::string>(b);
  if (const auto* table = std::get_if<std::shared_ptr<const Table>>(&a)) {
    return same_bits(**table, *std::get<std::shared_ptr<const Table>>(b));
  }
  return same_bits(std::get<Tensor>(a), std::get<Tensor>(b));
}

}  // namespace orrery::value
