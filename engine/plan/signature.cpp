// Signatures of values that exist, and their text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/signature.hpp"

#include "engine/plan/shapes.hpp"

namespace orrery::plan {
namespace {

std::string dtype_text(value::DTypeMask mask) {
  std::string text;
  for (std::uint32_t bit = 1; bit <= static_cast<std::uint32_t>(value::DType::text); bit <<= 1) {
    if (!(mask & bit)) continue;
    if (!text.empty()) text += '|';
    text += value::name_of(static_cast<value::DType>(bit));
  }
  return text;
}

Signature signature_of_table(const value::Table& table) {
  Signature signature;
  signature.kind = catalog::Kind::table;
  for (const value::Column& column : table.columns) {
    catalog::Port port;
    port.name = column.name;
    port.dtypes = static_cast<value::DTypeMask>(column.is_text() ? value::DType::text : column.tensor().dtype());
    if (!column.is_text()) port.unit.fixed = column.tensor().unit();
    signature.columns.push_back(std::move(port));
  }
  signature.shape = std::vector<Extent>{table.rows};
  return signature;
}

}  // namespace

std::string Signature::text() const {
  if (kind == catalog::Kind::text) return "text";
  if (kind == catalog::Kind::table) return "a table";
  std::string text = dtype_text(dtypes);
  if (!shape) text += "[*]";
  else if (!shape->empty()) text += "[" + to_text(*shape) + "]";
  if (unit_known && !(unit.is_number() && unit.factor() == 1.0)) text += " in " + unit.symbol();
  return text;
}

Signature signature_of(const value::Value& value) {
  if (const auto* table = std::get_if<std::shared_ptr<const value::Table>>(&value)) return signature_of_table(**table);
  Signature signature;
  if (std::holds_alternative<std::string>(value)) {
    signature.kind = catalog::Kind::text;
    return signature;
  }
  const auto& tensor = std::get<value::Tensor>(value);
  signature.dtypes = static_cast<value::DTypeMask>(tensor.dtype());
  signature.unit = tensor.unit();
  signature.shape = known(tensor.shape());
  return signature;
}

bool is_truth(const Signature& signature) {
  return signature.kind == catalog::Kind::tensor && signature.dtypes == value::mask_of(value::DType::boolean);
}

bool shapes_may_agree(const Signature& a, const Signature& b) {
  if (!a.shape || !b.shape) return true;
  if (a.shape->size() != b.shape->size()) return false;
  for (std::size_t i = 0; i < a.shape->size(); ++i) {
    const Extent &x = (*a.shape)[i], &y = (*b.shape)[i];
    if (x && y && *x != *y) return false;
  }
  return true;
}

}  // namespace orrery::plan
