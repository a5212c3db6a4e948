// orrery eval: some values of a scenario, made from what they need and nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/outcome.hpp"
#include "engine/cli/scenario_plan.hpp"
#include "engine/cli/signals.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/report/value_json.hpp"
#include "engine/report/value_text.hpp"
#include "engine/run/run.hpp"

namespace orrery::cli {
namespace {

std::string as_json(const run::RunResult& result) {
  report::Json json{{"values", report::Json::array()}, {"steps", report::Json::array()}};
  for (const run::NamedValue& value : result.saved) {
    json["values"].push_back({{"name", value.name}, {"value", report::value_json(value.value)}});
  }
  for (const run::StepReport& step : result.steps) json["steps"].push_back(step.name);
  return store::dump(json) + "\n";
}

std::string as_text(const run::RunResult& result) {
  std::string text;
  for (const run::NamedValue& value : result.saved) {
    text += value.name + "  " + report::value_text(value.value);
    if (!text.ends_with('\n')) text += '\n';
  }
  return text;
}

}  // namespace

int eval_verb(const Session& session) {
  const Arguments& arguments = session.arguments();
  const Plugins plugins = load_plugins(session);
  auto scenario = scenario::read(arguments.file, {arguments.settings, arguments.profile});
  if (!scenario) return session.refuse(scenario.errors(), exit_code::not_valid);
  const std::size_t all = scenario->steps.size() + scenario->loops.size() + scenario->sources.size();
  const auto question = scenario::ask(*scenario, arguments.targets, arguments.feeds);
  if (!question) return session.refuse(question.errors(), exit_code::not_valid);
  const auto plan = plan_of(session, plugins, std::move(*scenario), &*question);
  if (!plan) return session.refuse(plan.errors(), exit_code::not_valid);
  run::RunOptions options;
  options.jobs = arguments.jobs;
  options.stop = &watch_signals();
  const run::RunResult result = run::execute(*plan, options);
  if (const base::Errors errors = errors_of(result); !errors.empty()) session.complain(errors);
  const int printed = session.print(arguments.json ? as_json(result) : as_text(result), code_of(result));
  std::size_t run = 0;
  for (const plan::PlannedStep& step : plan->steps) run += !step.probe;
  session.say("evaluated " + std::to_string(run) + " of " + std::to_string(all) + " steps");
  return printed;
}

}  // namespace orrery::cli
