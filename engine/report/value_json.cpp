// Values and types as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/value_json.hpp"

#include <complex>

namespace orrery::report {
namespace {

using value::DType;
using value::Tensor;

Json element_json(const Tensor& tensor, std::int64_t i) {
  switch (tensor.dtype()) {
    case DType::i64:
      return tensor.data<std::int64_t>()[i];
    case DType::boolean:
      return tensor.data<bool>()[i];
    case DType::c128: {
      const auto z = tensor.data<std::complex<double>>()[i];
      return Json::array({store::json_number(z.real()), store::json_number(z.imag())});
    }
    default:
      return store::json_number(tensor.number(i));
  }
}

Json nested(const Tensor& tensor, std::size_t axis, std::int64_t& at) {
  if (axis == tensor.rank()) return element_json(tensor, at++);
  Json list = Json::array();
  for (std::int64_t i = 0; i < tensor.shape()[axis]; ++i) list.push_back(nested(tensor, axis + 1, at));
  return list;
}

Json data_json(const Tensor& tensor) {
  std::int64_t at = 0;
  return nested(tensor, 0, at);
}

Json tensor_json(const Tensor& tensor, std::int64_t limit) {
  Json json = {{"kind", "tensor"},
               {"dtype", value::name_of(tensor.dtype())},
               {"shape", tensor.shape()},
               {"unit", tensor.unit().symbol()}};
  if (tensor.count() <= limit) json["data"] = data_json(tensor);
  return json;
}

Json column_json(const value::Column& column, std::int64_t rows, std::int64_t limit) {
  Json json = {{"name", column.name}, {"dtype", "text"}, {"unit", "1"}};
  if (column.is_text()) {
    if (rows <= limit) json["data"] = column.texts();
    return json;
  }
  json["dtype"] = value::name_of(column.tensor().dtype());
  json["unit"] = column.tensor().unit().symbol();
  if (rows <= limit) json["data"] = data_json(column.tensor());
  return json;
}

}  // namespace

Json value_json(const value::Value& value, std::int64_t limit) {
  if (const auto* tensor = std::get_if<Tensor>(&value)) return tensor_json(*tensor, limit);
  if (const auto* text = std::get_if<std::string>(&value)) return {{"kind", "text"}, {"text", *text}};
  const value::Table& table = *std::get<std::shared_ptr<const value::Table>>(value);
  Json json = {{"kind", "table"}, {"rows", table.rows}, {"columns", Json::array()}};
  for (const value::Column& column : table.columns) json["columns"].push_back(column_json(column, table.rows, limit));
  return json;
}

Json named_value_json(const std::string& name, const value::Value& value) {
  const auto* tensor = std::get_if<Tensor>(&value);
  if (tensor && tensor->rank() == 0) {
    return {{"name", name}, {"value", element_json(*tensor, 0)}, {"unit", tensor->unit().symbol()}};
  }
  if (const auto* text = std::get_if<std::string>(&value)) return {{"name", name}, {"value", *text}, {"unit", "1"}};
  return {{"name", name}, {"value", value_json(value)}, {"unit", tensor ? tensor->unit().symbol() : "1"}};
}

}  // namespace orrery::report
