// What the engine's own steps have in common: loops, probes and data sources, as other steps see them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/catalog/operation.hpp"
#include "engine/plan/signature.hpp"

namespace orrery::plan {

/// The inputs and outputs of such a step. The run has an operation of its own to run it.
class OwnStepFacts final : public catalog::Operation {
 public:
  using Operation::Operation;
  catalog::Outcome run(catalog::Call&) const override;
};

/// Every element type there is.
value::DTypeMask any_dtype();

/// A port for a value of which that much is known; unit and shape are free.
catalog::Port port_of(const std::string& name, const Signature& signature);

Signature whole_numbers(std::vector<Extent> shape);

/// One row for each of an unknown number of such values.
Signature rows_of(Signature row);

}  // namespace orrery::plan
