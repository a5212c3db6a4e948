// From a scenario's file to its plan, as run, check and plan need it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/cli/plugins.hpp"
#include "engine/plan/plan.hpp"

namespace orrery::cli {

/// Reads and plans the scenario that the arguments name, with its settings and profile. Warnings are said.
base::Result<plan::Plan> plan_of(const Session& session, const Plugins& plugins);
/// The same of a scenario that was read already; of a question, its targets and feeds.
base::Result<plan::Plan> plan_of(const Session& session, const Plugins& plugins, scenario::Scenario scenario,
                                 const scenario::Question* question = nullptr);

/// The command without its options: "orrery run FILE".
std::string command_for(const Session& session, const std::string& verb);

}  // namespace orrery::cli
