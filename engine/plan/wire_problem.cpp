// Whether an output fits an input.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/binder.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using value::DType;

/// True if some element type that the value may have is accepted, as it is or widened. f64 may turn out to be whole.
bool type_fits(const Signature& signature, const catalog::Port& port) {
  for (std::uint32_t bit = 1; bit <= static_cast<std::uint32_t>(DType::boolean); bit <<= 1) {
    if (!(signature.dtypes & bit)) continue;
    if (value::widened(static_cast<DType>(bit), port.dtypes)) return true;
  }
  return value::accepts(signature.dtypes, DType::f64) && value::accepts(port.dtypes, DType::i64);
}

}  // namespace

std::optional<Error> wire_problem(const Signature& signature, const Target& target) {
  const catalog::Port& port = target.port;
  const auto problem = [&](const std::string& from, const std::string& to) {
    return Error(ErrorCode::wrong_wire, "cannot connect " + from + " to " + to)
        .note("'" + target.wanted_by + "' wants '" + port.name + "' as " + port.type_text());
  };
  if (signature.kind != port.kind) return problem(signature.text(), port.type_text());
  if (port.kind != catalog::Kind::tensor) return std::nullopt;
  if (!type_fits(signature, port)) return problem(signature.text(), port.type_text());
  if (target.unit && signature.unit_known && !target.unit->same_dimension(signature.unit))
    return problem(a_value_of(signature.unit.dimension()), a_value_of(target.unit->dimension()));
  return std::nullopt;
}

}  // namespace orrery::plan
