// The inputs of a call, as views of the values that the run has made ready.
// SPDX-License-Identifier: Apache-2.0
#include <new>

#include "engine/host/plugin_call.hpp"

namespace orrery::host {
namespace {

orrery_text text_of(const std::string& text) { return {text.data(), text.size()}; }

template <class T>
constexpr std::string_view kind_name = "table";
template <>
constexpr std::string_view kind_name<value::Tensor> = "tensor";
template <>
constexpr std::string_view kind_name<std::string> = "text";

}  // namespace

std::uint64_t PluginCall::in_count(std::uint32_t port) const {
  return port < call_.inputs.size() ? call_.inputs[port].size() : 0;
}

template <class T>
orrery_status PluginCall::find_input(std::uint32_t port, std::uint64_t element, const T*& found) {
  if (port >= call_.inputs.size()) return broken("it asks for input number " + std::to_string(port));
  const value::Value* value = input(port, element);
  if (!value) return ORRERY_ABSENT;
  found = std::get_if<T>(value);
  if (!found) return broken("it reads input '" + facts_.inputs[port].name + "' as a " + std::string(kind_name<T>));
  return ORRERY_OK;
}

orrery_status PluginCall::in_tensor(std::uint32_t port, std::uint64_t element, orrery_tensor* out) {
  const value::Tensor* tensor = nullptr;
  if (const orrery_status status = find_input(port, element, tensor)) return status;
  if (out->struct_size < sizeof(orrery_tensor)) return broken("it passes an orrery_tensor that is too short");
  out->dtype = static_cast<std::uint32_t>(tensor->dtype());
  out->rank = static_cast<std::uint32_t>(tensor->rank());
  out->reserved = 0;
  out->data = const_cast<std::byte*>(tensor->raw());
  out->shape = tensor->shape().data();
  out->count = tensor->count();
  return ORRERY_OK;
}

orrery_status PluginCall::in_text(std::uint32_t port, std::uint64_t element, orrery_text* out) {
  const std::string* text = nullptr;
  if (const orrery_status status = find_input(port, element, text)) return status;
  *out = text_of(*text);
  return ORRERY_OK;
}

orrery_status PluginCall::in_table(std::uint32_t port, std::uint64_t element, orrery_table* out) {
  const std::shared_ptr<const value::Table>* table = nullptr;
  if (const orrery_status status = find_input(port, element, table)) return status;
  if (out->struct_size < sizeof(orrery_table)) return broken("it passes an orrery_table that is too short");
  return fill_table(**table, out);
}

orrery_status PluginCall::fill_table(const value::Table& table, orrery_table* out) {
  auto* columns = arena_.array<orrery_column>(table.columns.size());
  bool complete = columns || table.columns.empty();
  for (std::size_t i = 0; complete && i < table.columns.size(); ++i)
    complete = fill_column(table.columns[i], columns[i]);
  if (!complete) return record({ORRERY_E_MEMORY, false, "out of memory"});
  out->n_columns = static_cast<std::uint32_t>(table.columns.size());
  out->n_rows = table.rows;
  out->columns = columns;
  out->column_stride = sizeof(orrery_column);
  return ORRERY_OK;
}

bool PluginCall::fill_column(const value::Column& column, orrery_column& out) {
  out = {sizeof(orrery_column), ORRERY_TEXT, text_of(column.name), {"1", 1}, nullptr};
  if (!column.is_text()) {
    out.dtype = static_cast<std::uint32_t>(column.tensor().dtype());
    out.unit = text_of(column.tensor().unit().symbol());
    out.data = column.tensor().raw();
    return true;
  }
  auto* texts = arena_.array<orrery_text>(column.texts().size());
  if (!texts) return column.texts().empty();
  for (std::size_t i = 0; i < column.texts().size(); ++i) texts[i] = text_of(column.texts()[i]);
  out.data = texts;
  return true;
}

}  // namespace orrery::host
