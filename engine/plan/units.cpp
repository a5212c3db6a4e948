// Units that follow those of inputs.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/units.hpp"

namespace orrery::plan {

value::Unit unit_from(const catalog::UnitPattern& pattern, const catalog::OperationFacts& facts,
                      std::span<const value::Unit> inputs) {
  value::Unit unit = pattern.fixed;
  for (const catalog::UnitPattern::Factor& factor : pattern.factors)
    unit = unit * value::pow(inputs[*facts.input(factor.input)], factor.sixth_parts);
  return unit;
}

}  // namespace orrery::plan
