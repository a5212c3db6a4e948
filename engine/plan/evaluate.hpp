// Expressions and selections, computed: on values when they are there, on signatures alone before a run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "engine/base/result.hpp"
#include "engine/plan/signature.hpp"
#include "engine/scenario/expression.hpp"

namespace orrery::plan {

/// A value, or only what is known of it.
struct Operand {
  Signature signature;
  std::optional<value::Value> value;
};

/// What a name or a wire stands for. Errors carry their position.
using Lookup = std::function<base::Result<Operand>(const scenario::Expression&)>;

/// Computes an expression. Numbers are computed in SI units; whole numbers stay whole under + - * and unary minus.
/// Where a wire's value is not there yet the result has none either, but its signature is checked all the same.
/// Errors: bad_operands (with the position of the operator and both operands), and what lookup reports.
base::Result<Operand> evaluate(const scenario::Expression& expression, const Lookup& lookup);

/// Applies the selections of a wire. Errors: bad_selector.
base::Result<Operand> select(Operand operand, const scenario::Reference& reference);

}  // namespace orrery::plan
