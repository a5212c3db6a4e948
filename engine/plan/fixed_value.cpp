// Values that a plan needs itself, so that no run can be asked for them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/binder.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;

std::optional<value::Value> Binder::fixed_value(const scenario::Term& term, const Target& target) {
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term, wires);
  if (wires.empty()) {
    auto made = source(term, target);
    return made ? std::optional(std::move(made->constant)) : std::nullopt;
  }
  errors_.push_back(Error(ErrorCode::wrong_wire, "'" + target.port.name + "' must be known before the run")
                        .at(wires.front()->span, "this is known only when a step has run")
                        .help("write a value, or an expression of [let]"));
  return std::nullopt;
}

std::optional<value::Tensor> Binder::fixed_number(const scenario::Term& term, const Target& target) {
  auto value = fixed_value(term, target);
  auto* number = value ? std::get_if<value::Tensor>(&*value) : nullptr;
  if (!number) return std::nullopt;
  if (number->rank() == 0) return std::move(*number);
  errors_.push_back(
      Error(ErrorCode::wrong_shape, "'" + target.port.name + "' is one number, not " + signature_of(*value).text())
          .at(term.span));
  return std::nullopt;
}

std::int64_t Binder::bind_every(const scenario::Term& term, const std::string& wanted_by) {
  catalog::Port port;
  port.name = "every";
  port.dtypes = value::mask_of(value::DType::i64);
  port.minimum = 1;
  const auto number = fixed_number(term, {port, value::Unit{}, wanted_by});
  return number ? number->data<std::int64_t>()[0] : 1;
}

}  // namespace orrery::plan
