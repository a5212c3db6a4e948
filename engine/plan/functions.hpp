// The functions and operators that expressions may use.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "engine/plan/evaluate.hpp"

namespace orrery::plan {

/// Calls a function of scenario::functions() other than if(). Error, without position: bad_operands.
base::Result<Operand> call_function(std::string_view name, std::vector<Operand> arguments);

/// The sum or difference, product, quotient and power. Error, without position: bad_operands.
base::Result<Operand> arithmetic(char operation, Operand a, Operand b);

/// The SI unit of a product (sign 1) or quotient (sign -1), and of a power. Error, without position: bad_operands,
/// when no unit has that dimension.
base::Result<value::Unit> product_unit(const value::Unit& a, const value::Unit& b, int sign);
base::Result<value::Unit> power_unit(const value::Unit& unit, double exponent);

/// True if both have one dimension, or the unit of one of them is not known before the run.
bool may_agree(const Operand& a, const Operand& b);
/// True if it has no dimension, or that is not known before the run.
bool may_be_number(const Operand& a);
/// The error that two operands have different dimensions: "the terms of a sum" need the same.
base::Error wrong_units(const std::string& what, const Operand& a, const Operand& b);

}  // namespace orrery::plan
