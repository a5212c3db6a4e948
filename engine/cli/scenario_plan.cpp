// From a scenario's file to its plan.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/scenario_plan.hpp"

#include "engine/base/log.hpp"

namespace orrery::cli {
namespace {

void tell_warnings(const plan::Plan& plan) {
  for (const base::Error& warning : plan.warnings) {
    std::string place;
    if (!warning.labels.empty() && warning.labels.front().span) {
      const base::Span& span = warning.labels.front().span;
      place = span.source->name + ":" + std::to_string(span.line) + ":" + std::to_string(span.column) + ": ";
    }
    base::log_warn(place + warning.message + " [" + std::string(base::name_of(warning.code)) + "]");
  }
}

}  // namespace

base::Result<plan::Plan> plan_of(const Session& session, const Plugins& plugins) {
  const Arguments& arguments = session.arguments();
  auto scenario = scenario::read(arguments.file, {arguments.settings, arguments.profile});
  if (!scenario) return std::move(scenario).errors();
  return plan_of(session, plugins, std::move(*scenario));
}

base::Result<plan::Plan> plan_of(const Session& session, const Plugins& plugins, scenario::Scenario scenario,
                                 const scenario::Question* question) {
  auto plan = plan::make_plan(std::move(scenario), plugins.catalog, {question, session.arguments().data_folders});
  if (!plan) {
    base::Errors errors = std::move(plan).errors();
    explain_unknown(errors, plugins.refused);
    return errors;
  }
  tell_warnings(*plan);
  return plan;
}

std::string command_for(const Session& session, const std::string& verb) {
  return "orrery " + verb + " " + session.arguments().file;
}

}  // namespace orrery::cli
