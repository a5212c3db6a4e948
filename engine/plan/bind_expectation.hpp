// Binding both sides of an expectation, and checking that they can be compared.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/plan/binder.hpp"

namespace orrery::plan {

/// Empty after errors, which the binder gathers.
std::optional<PlannedExpectation> bind_expectation(Binder& binder, const scenario::Expectation& given);

}  // namespace orrery::plan
