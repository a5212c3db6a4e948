// What the engine's own steps have in common: loops, probes and data sources, as other steps see them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/own_parts.hpp"

namespace orrery::plan {

using value::DType;

catalog::Outcome OwnStepFacts::run(catalog::Call&) const {
  return {catalog::Outcome::Kind::failed, "internal", facts().name + " is run by the executor", {}};
}

value::DTypeMask any_dtype() {
  return value::mask_of(DType::f64) | value::mask_of(DType::f32) | value::mask_of(DType::c128) |
         value::mask_of(DType::i64) | value::mask_of(DType::boolean);
}

catalog::Port port_of(const std::string& name, const Signature& signature) {
  catalog::Port port;
  port.name = name;
  port.kind = signature.kind;
  port.dtypes = signature.dtypes;
  port.unit.any = port.shape.any = true;
  port.unit.text = port.shape.text = "*";
  return port;
}

Signature whole_numbers(std::vector<Extent> shape) {
  Signature signature;
  signature.dtypes = value::mask_of(DType::i64);
  signature.shape = std::move(shape);
  return signature;
}

Signature rows_of(Signature row) {
  if (row.shape) row.shape->insert(row.shape->begin(), Extent());
  return row;
}

}  // namespace orrery::plan
