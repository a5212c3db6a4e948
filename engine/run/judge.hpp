// Judging expectations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run.hpp"

namespace orrery::run {

/// The values that an expectation speaks of; empty where the step that makes one did not finish.
struct Evidence {
  std::optional<value::Value> that, bound, upper, rtol, atol;
};

/// equals: |that - bound| <= max(atol, rtol |bound|), or within so many units in the last place; exact if no tolerance
/// is given. below and above exclude the bound, between includes both ends; every element must meet them. holds: every
/// element is true. NaN meets nothing, and of no elements nothing is proved.
Verdict judge(const plan::PlannedExpectation& expectation, const Evidence& evidence);

}  // namespace orrery::run
