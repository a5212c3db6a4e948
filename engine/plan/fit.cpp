// Fitting values to ports.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/fit.hpp"

#include <cmath>

#include "engine/base/text.hpp"

namespace orrery::plan {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Result;
using value::DType;
using value::Tensor;

std::string element_name(const catalog::Port& port, const Tensor& tensor, std::int64_t at) {
  return port.name + value::position_text(tensor.shape(), at);
}

std::string number_text(const catalog::Port& port, double x) {
  const value::Unit& unit = port.unit.fixed;
  return base::shortest(x) + (port.unit.any || unit.symbol() == "1" ? "" : " " + unit.symbol());
}

/// "lie in [0, 1)", "be above 0 m".
std::string rule_of(const catalog::Port& port) {
  const std::string range = port.range_text();
  return (range.starts_with('[') || range.starts_with('(') ? "lie in " : "be ") + range;
}

Result<Done> check_tensor(const Tensor& tensor, const catalog::Port& port) {
  if (port.finite)
    if (const auto at = value::first_non_finite(tensor))
      return Error(ErrorCode::not_finite,
                   element_name(port, tensor, *at) + " must be finite; it is " + base::shortest(tensor.number(*at)));
  if (!port.has_range()) return Done{};
  for (std::int64_t i = 0; i < tensor.count(); ++i) {
    const double x = tensor.number(i);
    if (std::isnan(x) || !port.admits(x))
      return Error(ErrorCode::out_of_range,
                   element_name(port, tensor, i) + " must " + rule_of(port) + "; it is " + number_text(port, x));
  }
  return Done{};
}

Result<Done> check_choice(const std::string& text, const catalog::Port& port) {
  if (port.choices.empty()) return Done{};
  for (const std::string& choice : port.choices)
    if (choice == text) return Done{};
  Error error(ErrorCode::unknown_choice, "'" + port.name + "' has no choice '" + base::printable(text) + "'");
  error.notes.push_back("choices: " + base::join(port.choices));
  if (const auto near = base::nearest(text, port.choices)) error.suggestions.push_back({{}, *near});
  return error;
}

/// f64 whose numbers are all whole, as i64.
Result<Tensor> whole_numbers(const Tensor& tensor, const catalog::Port& port) {
  auto whole = Tensor::allocate(DType::i64, tensor.shape(), tensor.unit());
  if (!whole) return whole;
  for (std::int64_t i = 0; i < tensor.count(); ++i) {
    const double x = tensor.data<double>()[i];
    if (x != std::floor(x) || std::abs(x) >= 0x1p63)
      return Error(ErrorCode::wrong_type,
                   element_name(port, tensor, i) + " must be a whole number; it is " + base::shortest(x));
    whole->data<std::int64_t>()[i] = static_cast<std::int64_t>(x);
  }
  return whole;
}

Result<value::Value> fit_tensor(const Tensor& tensor, const catalog::Port& port, const value::Unit& unit) {
  auto type = value::widened(tensor.dtype(), port.dtypes);
  auto converted = Result<Tensor>(tensor);
  if (!type && tensor.dtype() == DType::f64 && value::accepts(port.dtypes, DType::i64)) {
    converted = whole_numbers(tensor, port);
    type = DType::i64;
  }
  if (!type)
    return Error(ErrorCode::wrong_type, "'" + port.name + "' wants " + port.type_text() + ", not " +
                                            std::string(value::name_of(tensor.dtype())));
  if (converted) converted = value::convert(*converted, *type, unit);
  if (!converted) return std::move(converted).errors();
  auto checked = check_tensor(*converted, port);
  if (!checked) return std::move(checked).errors();
  return value::Value(std::move(*converted));
}

std::string_view kind_text(const value::Value& value) {
  if (std::holds_alternative<Tensor>(value)) return "a tensor";
  return std::holds_alternative<std::string>(value) ? "a text" : "a table";
}

Result<value::Value> fit_table(const value::Value& value, const catalog::Port& port) {
  const value::Table& table = *std::get<std::shared_ptr<const value::Table>>(value);
  auto fitted = std::make_shared<value::Table>(table);
  for (const catalog::Port& wanted : port.columns) {
    const value::Column* found = table.find(wanted.name);
    if (!found && wanted.optional) continue;
    if (!found)
      return Error(ErrorCode::wrong_type, "the table for '" + port.name + "' has no column '" + wanted.name + "'")
          .note("its columns: " + base::join(table.names()));
    value::Column& column = fitted->columns[static_cast<std::size_t>(found - table.columns.data())];
    const bool wants_text = wanted.dtypes == static_cast<value::DTypeMask>(DType::text);
    if (found->is_text() != wants_text)
      return Error(ErrorCode::wrong_type,
                   "column '" + wanted.name + "' must hold " + (wants_text ? "texts" : "numbers"));
    if (wants_text) continue;
    auto numbers = fit_tensor(found->tensor(), wanted, wanted.unit.any ? found->tensor().unit() : wanted.unit.fixed);
    if (!numbers) return std::move(numbers).errors();
    column.data = std::get<Tensor>(std::move(*numbers));
  }
  return value::Value(std::shared_ptr<const value::Table>(std::move(fitted)));
}

}  // namespace

bool constrains(const catalog::Port& port) { return port.finite || port.has_range() || !port.choices.empty(); }

Result<Done> check_values(const value::Value& value, const catalog::Port& port) {
  if (const auto* text = std::get_if<std::string>(&value)) return check_choice(*text, port);
  if (const auto* tensor = std::get_if<Tensor>(&value)) return check_tensor(*tensor, port);
  return Done{};
}

Result<value::Value> fit(const value::Value& value, const catalog::Port& port, const value::Unit& unit) {
  using catalog::Kind;
  if (const auto* tensor = std::get_if<Tensor>(&value); tensor && port.kind == Kind::tensor)
    return fit_tensor(*tensor, port, unit);
  if (const auto* text = std::get_if<std::string>(&value); text && port.kind == Kind::text) {
    auto checked = check_choice(*text, port);
    if (!checked) return std::move(checked).errors();
    return value;
  }
  if (value.index() == 2 && port.kind == Kind::table) return fit_table(value, port);
  return Error(ErrorCode::wrong_type,
               "'" + port.name + "' wants " + port.type_text() + ", not " + std::string(kind_text(value)));
}

}  // namespace orrery::plan
