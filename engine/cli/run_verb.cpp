// orrery run: plan, run, judge, store, sum up.
// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <set>
#include <thread>

#include "engine/cli/outcome.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/scenario_plan.hpp"
#include "engine/cli/signals.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/cli/version.hpp"
#include "engine/report/plot_svg.hpp"
#include "engine/report/summary.hpp"
#include "engine/store/checkpoints.hpp"
#include "engine/store/store.hpp"

namespace orrery::cli {
namespace {

std::uint32_t jobs_of(const Arguments& arguments) {
  return arguments.jobs ? arguments.jobs : std::max(1u, std::thread::hardware_concurrency());
}

void add_plugins(store::Provenance& provenance, const plan::Plan& plan, std::set<std::string>& seen) {
  for (const plan::PlannedStep& step : plan.steps) {
    const auto& plugin = step.operation->facts().plugin;
    const bool library = plugin && !plugin->file.empty();
    if (library && seen.insert(plugin->name).second) provenance.plugins.push_back(plugin);
    if (step.source) add_plugins(provenance, step.source->items.calls.first.plan, seen);
    if (!step.loop) continue;
    add_plugins(provenance, step.loop->body, seen);
    for (const plan::PlannedObserver& observer : step.loop->observers)
      add_plugins(provenance, observer.calls.first.plan, seen);
  }
}

store::Provenance provenance_of(const Arguments& arguments, const plan::Plan& plan) {
  store::Provenance provenance{version(), build(), arguments.command_line, {}, jobs_of(arguments)};
  std::set<std::string> seen;
  add_plugins(provenance, plan, seen);
  return provenance;
}

/// What is kept from run to run.
std::filesystem::path store_folder() {
  const char* const chosen = std::getenv("ORRERY_STORE");
  return chosen && *chosen ? chosen : ".orrery/store";
}

ProgressStyle style_of(const Session& session) {
  if (session.arguments().quiet) return ProgressStyle::none;
  return session.talks_to_terminal() ? ProgressStyle::painted : ProgressStyle::lines;
}

run::RunResult watched(const Session& session, const plan::Plan& plan, store::RunDirectory& directory,
                       const std::atomic<bool>& stop) {
  Progress progress(directory, plan.steps.size(), style_of(session));
  run::RunOptions options;
  options.jobs = jobs_of(session.arguments());
  options.stop = &stop;
  options.listener = &progress;
  store::CheckpointFiles checkpoints(store_folder() / "checkpoints");
  options.checkpoints = &checkpoints;
  options.engine = version() + " " + build();
  return run::execute(plan, options);
}

std::vector<store::PlotFile> drawn(const run::RunResult& result) {
  std::vector<store::PlotFile> files;
  for (const run::Plot& plot : result.plots) files.push_back({plot.name, report::plot_svg(plot)});
  return files;
}

void suggest_next(const Session& session, const run::RunResult& result, int code) {
  if (code >= exit_code::interrupted) session.say("interrupted; the same command runs it again");
  else if (!result.saved.empty()) session.suggest("orrery show latest " + quoted_wire(result.saved.front().name));
  else session.suggest("orrery show latest");
}

}  // namespace

int run_verb(const Session& session) {
  const Arguments& arguments = session.arguments();
  const Plugins plugins = load_plugins(session);
  auto plan = plan_of(session, plugins);
  if (!plan) return session.refuse(plan.errors(), exit_code::not_valid);
  // From here on a signal leaves a whole run directory.
  const std::atomic<bool>& stop = watch_signals();
  store::RunDirectory::Options where;
  where.out = arguments.out;
  auto directory = store::RunDirectory::create(*plan, provenance_of(arguments, *plan), where);
  if (!directory) {
    const bool usage = directory.error().code == base::ErrorCode::usage;
    return session.refuse(directory.errors(), usage ? exit_code::usage : exit_code::step_failed);
  }
  const run::RunResult result = watched(session, *plan, **directory, stop);
  int code = code_of(result);
  if (const base::Errors errors = errors_of(result); !errors.empty()) session.complain(errors);
  if (auto stored = (*directory)->finish(result, code, drawn(result)); !stored) {
    session.complain(stored.errors());
    if (code < exit_code::step_failed) code = exit_code::step_failed;
  }
  const report::RunView view = report::view_of(*plan, result, code, (*directory)->path());
  code = session.print(arguments.json ? report::summary_json(view) : report::summary_text(view, session.paint()), code);
  if (!arguments.out) suggest_next(session, result, code);
  return code;
}

}  // namespace orrery::cli
