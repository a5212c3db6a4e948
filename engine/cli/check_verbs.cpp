// orrery check and orrery plan: a scenario looked at without running it.
// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "engine/cli/scenario_plan.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/report/plan_text.hpp"

namespace orrery::cli {

int check_verb(const Session& session) {
  const auto begin = std::chrono::steady_clock::now();
  const Plugins plugins = load_plugins(session);
  const auto plan = plan_of(session, plugins);
  if (!plan) return session.refuse(plan.errors(), exit_code::not_valid);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const bool json = session.arguments().json;
  const int code =
      session.print(json ? report::check_json(*plan, seconds) : report::check_text(*plan, seconds, session.paint()));
  session.suggest(command_for(session, "run"));
  return code;
}

int plan_verb(const Session& session) {
  const Plugins plugins = load_plugins(session);
  const auto plan = plan_of(session, plugins);
  if (!plan) return session.refuse(plan.errors(), exit_code::not_valid);
  if (session.arguments().dot) return session.print(plan::to_dot(*plan));
  const int code =
      session.print(session.arguments().json ? report::plan_json(*plan) : report::plan_text(*plan, session.paint()));
  session.suggest(command_for(session, "run"));
  return code;
}

}  // namespace orrery::cli
