// manifest.json.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/manifest.hpp"

#include <algorithm>
#include <map>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/store/host.hpp"

namespace orrery::store {
namespace {

using Texts = std::map<std::string, std::shared_ptr<const base::Source>>;

/// The texts that were read, found through the spans of what is left of them.
void collect_sources(const scenario::Node& node, Texts& into) {
  if (node.span) into.try_emplace(node.span.source->name, node.span.source);
  if (node.is_array()) {
    for (const scenario::Node& element : node.array()) collect_sources(element, into);
  } else if (node.is_table()) {
    for (const scenario::Member& member : node.table()) collect_sources(member.node, into);
  }
}

/// Standard input leaves no file to be hashed; its text is still known.
std::string text_sha256(const scenario::Scenario& scenario, const std::filesystem::path& file) {
  Texts texts;
  collect_sources(scenario.merged, texts);
  for (const auto& [name, source] : texts) {
    if (std::filesystem::path(name).filename() == file.filename()) return base::sha256_hex(source->text);
  }
  return {};
}

Json scenario_files(const scenario::Scenario& scenario) {
  Json files = Json::array();
  for (const auto& file : scenario.files) {
    std::string hash = file_sha256(file);
    if (hash.empty()) hash = text_sha256(scenario, file);
    files.push_back({{"file", file.string()}, {"sha256", hash.empty() ? Json() : Json(hash)}});
  }
  return files;
}

Json plugins_json(const Provenance& provenance) {
  Json plugins = Json::array();
  for (const auto& plugin : provenance.plugins) {
    plugins.push_back({{"name", plugin->name},
                       {"version", plugin->version},
                       {"file", plugin->file},
                       {"sha256", plugin->sha256},
                       {"license", plugin->license},
                       {"build", plugin->build}});
  }
  return plugins;
}

Json waiting_steps(const plan::Plan& plan) {
  Json steps = Json::array();
  for (const plan::PlannedStep& step : plan.steps) {
    steps.push_back({{"name", step.name},
                     {"operation", step.operation->facts().name},
                     {"version", step.operation->facts().version},
                     {"state", run::name_of(run::StepState::waiting)}});
  }
  return steps;
}

/// Keeps what the first manifest knew of a step and adds how it went.
void finish_steps(Json& steps, const std::vector<run::StepReport>& reports) {
  for (const run::StepReport& report : reports) {
    const auto same = [&](const Json& step) { return step["name"] == report.name; };
    const auto step = std::find_if(steps.begin(), steps.end(), same);
    if (step == steps.end()) continue;
    (*step)["state"] = run::name_of(report.state);
    (*step)["seconds"] = report.seconds;
    if (report.error) {
      (*step)["error"] = {{"code", base::name_of(report.error->code)}, {"message", report.error->message}};
    }
    if (!report.because.empty()) (*step)["because"] = report.because;
  }
}

Json files_json(const std::vector<ResultFile>& files) {
  Json results = Json::array();
  for (const ResultFile& file : files) {
    results.push_back({{"name", file.name},
                       {"file", file.file},
                       {"dtype", file.dtype},
                       {"shape", file.shape},
                       {"unit", file.unit},
                       {"sha256", file.sha256}});
  }
  return results;
}

Json plots_json(const std::vector<PlotEntry>& plots) {
  Json json = Json::array();
  for (const PlotEntry& plot : plots)
    json.push_back({{"name", plot.name}, {"file", plot.file}, {"sha256", plot.sha256}});
  return json;
}

Json verdict_counts(const std::vector<run::Verdict>& verdicts) {
  const auto met = std::count_if(verdicts.begin(), verdicts.end(),
                                 [](const auto& verdict) { return verdict.state == run::Verdict::State::met; });
  return {{"met", met}, {"of", verdicts.size()}};
}

}  // namespace

namespace {

Json input_files(const plan::Plan& plan) {
  Json files = Json::array();
  for (const plan::DataFile& file : plan.files) {
    const std::string hash = file_sha256(file.path);
    files.push_back(
        {{"name", file.name}, {"file", file.path.string()}, {"sha256", hash.empty() ? Json() : Json(hash)}});
  }
  return files;
}

}  // namespace

Json starting_manifest(const plan::Plan& plan, const Provenance& provenance, Clock::time_point started,
                       const std::string& merged_text) {
  std::error_code ignored;
  const scenario::Scenario& scenario = plan.scenario;
  return {{"orrery_manifest", 1},
          {"state", "running"},
          {"name", scenario.name},
          {"title", scenario.title},
          {"started", iso_time(started)},
          {"ended", nullptr},
          {"seconds", nullptr},
          {"exit_code", nullptr},
          {"engine", {{"version", provenance.engine_version}, {"build", provenance.engine_build}}},
          {"command_line", provenance.command_line},
          {"folder", std::filesystem::current_path(ignored).string()},
          {"user", user_name()},
          {"host", {{"name", host_name()}, {"system", system_name()}, {"cpu", cpu_model()}, {"cores", core_count()}}},
          {"float_environment", float_environment()},
          {"jobs", provenance.jobs},
          {"seed", scenario.seed},
          {"scenario", {{"files", scenario_files(scenario)}, {"merged_sha256", base::sha256_hex(merged_text)}}},
          {"inputs", input_files(plan)},
          {"plugins", plugins_json(provenance)},
          {"steps", waiting_steps(plan)},
          {"expectations", {{"met", 0}, {"of", plan.expectations.size()}}},
          {"results", Json::array()},
          {"plots", Json::array()}};
}

void finish_manifest(Json& manifest, const run::RunResult& result, const WrittenFiles& written, int exit_code,
                     const std::vector<base::Error>& problems) {
  manifest["state"] = problems.empty() ? state_of(result) : "failed";
  manifest["ended"] = iso_time(Clock::now());
  manifest["seconds"] = result.seconds;
  // With problems the caller ends with a code of its own that is not known here.
  manifest["exit_code"] = problems.empty() ? Json(exit_code) : Json();
  manifest["peak_value_bytes"] = value::memory_use().peak;
  finish_steps(manifest["steps"], result.steps);
  manifest["expectations"] = verdict_counts(result.verdicts);
  manifest["results"] = files_json(written.values);
  manifest["plots"] = plots_json(written.plots);
  if (problems.empty()) return;
  for (const base::Error& problem : problems) manifest["problems"].push_back(problem.message);
}

std::string state_of(const run::RunResult& result) {
  if (result.interrupted) return "interrupted";
  return result.all_done() ? "done" : "failed";
}

}  // namespace orrery::store
