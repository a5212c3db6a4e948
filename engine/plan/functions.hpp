// The functions that expressions may call.
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

}  // namespace orrery::plan
