// What `orrery eval` asks of a scenario: some of its values, while others are replaced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {

struct Question {
  struct Target {
    std::string name;  ///< as typed
    Term term;         ///< a wire or an expression
  };
  struct Feed {
    Reference reference;    ///< an output of a step, or a state of a loop
    std::string operation;  ///< of the step; empty for a loop
    Term value;
  };
  std::vector<Target> targets;
  std::vector<Feed> feeds;
};

/// Reads targets, "@STEP.OUTPUT", "= ..." or the path of a tap, which becomes a probe of the scenario, and feeds,
/// "@STEP.OUTPUT=VALUE". Of the scenario only what the targets need stays.
/// Errors: usage, unknown_step, and those of wires and expressions.
base::Result<Question> ask(Scenario& scenario, const std::vector<std::string>& targets,
                           const std::vector<std::string>& feeds);

}  // namespace orrery::scenario
