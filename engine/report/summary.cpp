// What a run came to.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/summary.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/report/value_json.hpp"

namespace orrery::report {
namespace {

using run::StepState;
using run::Verdict;

std::string place_text(const base::Span& span) {
  return span.source->name + ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
}

Line step_line(const run::StepReport& step) {
  Line line{step.name, Cell(step.operation, Tone::faint)};
  switch (step.state) {
    case StepState::done:
      line.push_back(right(time_text(step.seconds)));
      break;
    case StepState::failed:
      line.push_back(Cell("FAILED", Tone::bad));
      break;
    case StepState::not_run:
      line.push_back(Cell("not run"));
      break;
    default:
      line.push_back(Cell(std::string(run::name_of(step.state))));
      break;
  }
  if (step.state == StepState::not_run && !step.because.empty()) line.push_back("because of '" + step.because + "'");
  if (step.error) line.push_back(step.error->message);
  return line;
}

std::string steps_text(const RunView& run, const Paint& paint) {
  std::vector<Line> lines;
  for (const run::StepReport& step : run.steps) lines.push_back(step_line(step));
  return columns(lines, paint);
}

std::string records_text(const RunView& run, const Paint& paint) {
  std::vector<Line> lines;
  for (const run::NamedValue& record : run.records) lines.push_back({record.name, value::preview(record.value)});
  return lines.empty() ? "" : "\n" + columns(lines, paint);
}

Line verdict_line(const Verdict& verdict) {
  Cell state = verdict.state == Verdict::State::met      ? Cell("met", Tone::good)
               : verdict.state == Verdict::State::failed ? Cell("FAILED", Tone::bad)
                                                         : Cell("not judged", Tone::bad);
  return {verdict.name, std::move(state), verdict.value, verdict.limit};
}

/// Where and why, below an expectation that is not met.
std::string reasons_text(const Verdict& verdict, const Paint& paint) {
  std::vector<Line> lines;
  if (verdict.span) lines.push_back({Cell("at", Tone::faint), place_text(verdict.span)});
  if (!verdict.detail.empty()) lines.push_back({Cell("found", Tone::faint), verdict.detail});
  if (!verdict.why.empty()) lines.push_back({Cell("why", Tone::faint), verdict.why});
  return columns(lines, paint, "    ");
}

/// All expectations are aligned as one table; the reasons of each stand below it.
std::string verdicts_text(const RunView& run, const Paint& paint) {
  if (run.verdicts.empty()) return "";
  std::vector<Line> lines;
  for (const Verdict& verdict : run.verdicts) lines.push_back(verdict_line(verdict));
  const std::string table = columns(lines, paint);
  std::string text = "\n";
  std::size_t at = 0;
  for (const Verdict& verdict : run.verdicts) {
    const std::size_t end = table.find('\n', at) + 1;
    text += table.substr(at, end - at);
    if (verdict.state != Verdict::State::met) text += reasons_text(verdict, paint);
    at = end;
  }
  return text;
}

std::size_t met_count(const RunView& run) {
  return static_cast<std::size_t>(std::count_if(run.verdicts.begin(), run.verdicts.end(),
                                                [](const Verdict& v) { return v.state == Verdict::State::met; }));
}

Json step_json(const run::StepReport& step) {
  Json json = {{"name", step.name},
               {"operation", step.operation},
               {"state", run::name_of(step.state)},
               {"seconds", step.seconds}};
  if (step.error) json["error"] = {{"code", base::name_of(step.error->code)}, {"message", step.error->message}};
  if (!step.because.empty()) json["because"] = step.because;
  return json;
}

Json verdict_json(const Verdict& verdict) {
  Json json = {{"name", verdict.name},     {"state", run::name_of(verdict.state)},
               {"value", verdict.value},   {"limit", verdict.limit},
               {"detail", verdict.detail}, {"why", verdict.why}};
  if (!verdict.span) return json;
  json["file"] = verdict.span.source->name;
  json["line"] = verdict.span.line;
  json["column"] = verdict.span.column;
  return json;
}

std::string plot_file(const RunView& run, const std::string& plot) {
  return (run.path / "plots" / (plot + ".svg")).string();
}

std::string end_state(const run::RunResult& result) {
  if (result.interrupted) return "interrupted";
  return result.all_done() ? "done" : "failed";
}

}  // namespace

RunView view_of(const plan::Plan& plan, const run::RunResult& result, int exit_code,
                const std::filesystem::path& path) {
  RunView view{plan.scenario.name, plan.scenario.title, end_state(result), "", result.seconds, exit_code,
               result.steps,       result.records,      result.verdicts,   {}, path,           {}};
  for (const run::NamedValue& saved : result.saved) view.saved.push_back(saved.name);
  for (const run::Plot& plot : result.plots) view.plots.push_back(plot.name);
  return view;
}

RunView view_of(const store::StoredRun& run) {
  return {run.name,  run.title,   run.state,    run.started, run.seconds, run.exit_code,
          run.steps, run.records, run.verdicts, run.saved,   run.path,    run.plots};
}

std::string summary_text(const RunView& run, const Paint& paint) {
  std::string text;
  if (!run.title.empty()) text += paint(Tone::bold, base::printable(run.title)) + "\n\n";
  text += steps_text(run, paint) + records_text(run, paint) + verdicts_text(run, paint) + "\n";
  if (!run.verdicts.empty()) {
    const std::size_t met = met_count(run), of = run.verdicts.size();
    text += "expectations  " +
            paint(met == of ? Tone::good : Tone::bad, std::to_string(met) + " of " + std::to_string(of) + " met") +
            "\n";
  }
  for (const std::string& plot : run.plots) text += "plot  " + base::printable(plot_file(run, plot)) + "\n";
  return text + base::printable(run.path.string()) + "\n";
}

std::string stored_summary_text(const RunView& run, const Paint& paint) {
  std::vector<Line> lines{
      {"run", run.name}, {"state", run.state}, {"started", run.started}, {"took", time_text(run.seconds)}};
  if (!run.saved.empty()) lines.push_back({"saved", base::join(run.saved)});
  return columns(lines, paint) + "\n" + summary_text(run, paint);
}

std::string summary_json(const RunView& run) {
  Json json = {{"name", run.name},
               {"title", run.title},
               {"state", run.state},
               {"seconds", run.seconds},
               {"exit_code", run.exit_code}};
  if (!run.started.empty()) json["started"] = run.started;
  for (const char* list : {"steps", "records", "expectations"}) json[list] = Json::array();
  for (const auto& step : run.steps) json["steps"].push_back(step_json(step));
  for (const auto& record : run.records) json["records"].push_back(named_value_json(record.name, record.value));
  for (const auto& verdict : run.verdicts) json["expectations"].push_back(verdict_json(verdict));
  json["met"] = met_count(run);
  json["saved"] = run.saved;
  json["plots"] = Json::array();
  for (const std::string& plot : run.plots) json["plots"].push_back({{"name", plot}, {"file", plot_file(run, plot)}});
  json["path"] = run.path.string();
  return store::dump(json) + "\n";
}

}  // namespace orrery::report
