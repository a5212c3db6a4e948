// The table outputs of a call, column by column.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/host/plugin_call.hpp"

namespace orrery::host {
namespace {

using catalog::Port;
using value::DType;

const Port* find_column(const Port& port, std::string_view name) {
  const auto found =
      std::find_if(port.columns.begin(), port.columns.end(), [&](const Port& column) { return column.name == name; });
  return found == port.columns.end() ? nullptr : &*found;
}

void put(value::Table& table, value::Column column) {
  const auto same = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const value::Column& other) { return other.name == column.name; });
  if (same == table.columns.end()) table.columns.push_back(std::move(column));
  else *same = std::move(column);
}

std::string quoted(std::string_view text) { return "'" + base::printable(text) + "'"; }

bool is_column_name(std::string_view name) {
  return !name.empty() && !base::first_invalid_utf8(name) && base::printable(name) == name;
}

}  // namespace

value::Table* PluginCall::table_of(std::uint32_t port) { return port < tables_.size() ? tables_[port].get() : nullptr; }

orrery_status PluginCall::no_table(std::uint32_t port) {
  if (!output(port, catalog::Kind::table)) return ORRERY_E_INTERNAL;
  return broken("it makes a column of output " + quoted(facts_.outputs[port].name) + " before the table");
}

orrery_status PluginCall::out_table(std::uint32_t port, std::int64_t rows) {
  const Port* declared = output(port, catalog::Kind::table);
  if (!declared) return ORRERY_E_INTERNAL;
  if (rows < 0) return broken("it makes output '" + declared->name + "' with " + std::to_string(rows) + " rows");
  tables_.resize(facts_.outputs.size());
  tables_[port] = std::make_shared<value::Table>();
  tables_[port]->rows = rows;
  return ORRERY_OK;
}

value::Unit PluginCall::resolve(const catalog::UnitPattern& pattern) const {
  value::Unit unit = pattern.fixed;
  for (const catalog::UnitPattern::Factor& factor : pattern.factors) {
    const auto port = facts_.input(factor.input);
    const value::Value* value = port ? input(static_cast<std::uint32_t>(*port), 0) : nullptr;
    const auto* tensor = value ? std::get_if<value::Tensor>(value) : nullptr;
    if (tensor) unit = unit * value::pow(tensor->unit(), factor.sixth_parts);
  }
  return unit;
}

base::Result<value::Unit> PluginCall::column_unit(const Port* declared, const orrery_text* given) const {
  if (!given) return declared && !declared->unit.any ? resolve(declared->unit) : value::Unit();
  auto unit = value::parse_unit({given->data, given->size});
  if (!unit || !declared || declared->unit.any || resolve(declared->unit).same_dimension(*unit)) return unit;
  return base::Error(base::ErrorCode::wrong_dimension, "it is declared in " + declared->unit.text);
}

orrery_status PluginCall::out_column(std::uint32_t port, std::string_view name, std::uint32_t dtype,
                                     const orrery_text* unit, void** data) {
  value::Table* table = table_of(port);
  if (!table) return no_table(port);
  const std::string which = "column " + quoted(name) + " of output '" + facts_.outputs[port].name + "'";
  const Port* declared = find_column(facts_.outputs[port], name);
  const auto type = static_cast<DType>(dtype);
  const value::DTypeMask allowed = declared ? declared->dtypes : value::DTypeMask{ORRERY_TEXT - 1};
  if (!is_column_name(name)) return broken("it makes " + which + ", which is no name");
  if (dtype == 0 || (dtype & (dtype - 1)) != 0 || dtype >= ORRERY_TEXT || !value::accepts(allowed, type))
    return broken("it makes " + which + " with another element type than is declared");
  auto in = column_unit(declared, unit);
  if (!in) return broken("it makes " + which + " in " + quoted({unit->data, unit->size}) + ": " + in.error().message);
  auto tensor = value::Tensor::allocate(type, {table->rows}, std::move(*in));
  if (!tensor) return record({ORRERY_E_MEMORY, false, which + ": " + tensor.error().message});
  *data = tensor->raw();
  put(*table, {std::string(name), std::move(*tensor)});
  return ORRERY_OK;
}

orrery_status PluginCall::out_column_text(std::uint32_t port, std::string_view name, const orrery_text* values) {
  value::Table* table = table_of(port);
  if (!table) return no_table(port);
  const std::string which = "column " + quoted(name) + " of output '" + facts_.outputs[port].name + "'";
  const Port* declared = find_column(facts_.outputs[port], name);
  if (!is_column_name(name)) return broken("it makes " + which + ", which is no name");
  if (declared && !value::accepts(declared->dtypes, DType::text))
    return broken("it makes " + which + " of texts, but it is declared as numbers");
  value::Texts texts;
  for (std::int64_t row = 0; row < table->rows; ++row) {
    texts.emplace_back(values[row].data ? values[row].data : "", values[row].data ? values[row].size : 0);
    if (base::first_invalid_utf8(texts.back())) return broken("it makes " + which + ", which is not valid UTF-8");
  }
  put(*table, {std::string(name), std::move(texts)});
  return ORRERY_OK;
}

void PluginCall::finish_table(std::uint32_t port) {
  const value::Table* table = table_of(port);
  if (!table) return;
  for (const Port& column : facts_.outputs[port].columns)
    if (!column.optional && !table->find(column.name))
      broken("it does not make column '" + column.name + "' of output '" + facts_.outputs[port].name + "'");
  call_.outputs[port] = std::shared_ptr<const value::Table>(std::move(tables_[port]));
}

void PluginCall::check_promises() {
  for (std::uint32_t port = 0; port < facts_.outputs.size(); ++port) {
    const Port& declared = facts_.outputs[port];
    if (declared.kind == catalog::Kind::table) finish_table(port);
    if (!declared.optional && !call_.outputs[port]) broken("it does not make output '" + declared.name + "'");
  }
}

}  // namespace orrery::host
