// A plan as a person reads it, and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plan_text.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/report/value_json.hpp"
#include "engine/scenario/source_lines.hpp"

namespace orrery::report {
namespace {

using plan::Plan;
using plan::Source;

constexpr std::int64_t data_limit = 1000;
constexpr std::size_t word_limit = 60;

/// True where the span is an expression's text behind its marker: the "=" of "= 2*a", and not that of a = 2.
bool follows_marker(const base::Span& span) {
  std::string_view before = scenario::line_of(span.source->text, span.line).substr(0, span.column - 1);
  before = before.substr(0, before.find_last_not_of(' ') + 1);
  return before.ends_with("\"=") || before.ends_with("'=");
}

/// The user's own words for a value, cut from the line that they stand on.
std::string spelled(const base::Span& span) {
  if (!span) return {};
  std::string_view text = scenario::text_of(span);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  const std::string marker = !text.empty() && text.front() != '=' && follows_marker(span) ? "= " : "";
  return marker + std::string(text.substr(0, word_limit)) + (text.size() > word_limit ? "..." : "");
}

std::string origin(const Source& source) {
  if (std::string words = spelled(source.span); !words.empty()) return words;
  if (source.kind == Source::Kind::wire) return "@" + source.wire.reference.step + "." + source.wire.reference.output;
  return source.kind == Source::Kind::formula ? "= ..." : "";
}

/// The value where it is known, what it will be otherwise.
std::string known(const Source& source) {
  return source.kind == Source::Kind::constant ? value::preview(source.constant, 4) : source.signature.text();
}

Line input_line(const catalog::Port& port, const plan::PlannedInput& input, const Source& source) {
  Cell from = input.given ? Cell(origin(source)) : Cell("default", Tone::faint);
  return {Cell("  in", Tone::faint), port.name, std::move(from), known(source)};
}

void add_step(std::vector<Line>& lines, const plan::PlannedStep& step);

void indent(std::vector<Line>& into, std::vector<Line> lines) {
  for (Line& line : lines) {
    line.front().text.insert(0, "    ");
    into.push_back(std::move(line));
  }
}

/// Beneath the step of a probe or a source, what it looks at or makes items with.
void add_attached(std::vector<Line>& lines, const plan::PlannedStep& step) {
  if (step.probe)
    for (const plan::WatchedTap& tap : step.probe->taps) lines.push_back({Cell("  tap", Tone::faint), tap.path});
  if (!step.source) return;
  std::vector<Line> item;
  add_step(item, step.source->items.calls.step());
  indent(lines, std::move(item));
}

/// The steps of a pass, indented, and what goes on to the next.
void add_body(std::vector<Line>& lines, const plan::PlannedLoop& loop) {
  std::vector<Line> body;
  for (const plan::PlannedStep& step : loop.body.steps) add_step(body, step);
  for (const plan::PlannedState& state : loop.states)
    body.push_back({Cell("next", Tone::faint), state.name, origin(state.next), known(state.next)});
  if (loop.clock)
    body.push_back({Cell("clock", Tone::faint), Cell(),
                    base::shortest(loop.clock->from) + " to " + base::shortest(loop.clock->to) + " by " +
                        base::shortest(loop.clock->by) + " " + loop.clock->unit.symbol()});
  if (loop.stop_when) body.push_back({Cell("stop when", Tone::faint), origin(*loop.stop_when)});
  for (const plan::PlannedObserver& observer : loop.observers) {
    body.push_back({Cell("observed by", Tone::faint)});
    add_step(body, observer.calls.step());
  }
  indent(lines, std::move(body));
}

void add_step(std::vector<Line>& lines, const plan::PlannedStep& step) {
  const catalog::OperationFacts& facts = step.operation->facts();
  lines.push_back({Cell(step.name, Tone::bold), facts.name, facts.version});
  if (step.every > 1) lines.push_back({Cell("  every", Tone::faint), std::to_string(step.every) + " passes"});
  for (std::size_t i = 0; i < step.inputs.size(); ++i) {
    for (const Source& source : step.inputs[i].elements) {
      lines.push_back(input_line(facts.inputs[i], step.inputs[i], source));
    }
  }
  for (std::size_t i = 0; i < step.signatures.size(); ++i) {
    lines.push_back({Cell("  out", Tone::faint), facts.outputs[i].name, Cell(), step.signatures[i].text()});
  }
  add_attached(lines, step);
  if (step.loop) add_body(lines, *step.loop);
}

std::string section(std::string_view title, const std::vector<Line>& lines, const Paint& paint) {
  if (lines.empty()) return "";
  return "\n" + paint(Tone::bold, title) + "\n" + columns(lines, paint, "  ");
}

std::string limit_text(const plan::PlannedExpectation& expectation) {
  using Kind = scenario::Expectation::Kind;
  const auto bound = [](const std::optional<Source>& source) {
    if (!source) return std::string();
    const std::string words = origin(*source);
    return words.empty() ? known(*source) : words;
  };
  switch (expectation.kind) {
    case Kind::equals:
      return "equals " + bound(expectation.bound);
    case Kind::below:
      return "below " + bound(expectation.bound);
    case Kind::above:
      return "above " + bound(expectation.bound);
    case Kind::between:
      return "between " + bound(expectation.bound) + " and " + bound(expectation.upper);
    default:
      return "holds";
  }
}

Line plot_line(const plan::PlannedPlot& plot) {
  std::string y = plot.names.front();
  if (plot.names.size() > 1) y += " and " + std::to_string(plot.names.size() - 1) + " more";
  return {plot.given.name, y, plot.x ? "over " + plot.x_name : Cell(), plot.given.title};
}

std::vector<Line> let_lines(const Plan& plan) {
  std::vector<Line> lines;
  for (const auto& [name, value] : plan.lets) lines.push_back({name, value::preview(value)});
  return lines;
}

std::size_t loops_of(const Plan& plan) {
  return static_cast<std::size_t>(
      std::count_if(plan.steps.begin(), plan.steps.end(), [](const plan::PlannedStep& step) { return !!step.loop; }));
}

std::string summary_line(const Plan& plan) {
  const std::size_t loops = loops_of(plan);
  std::string text = base::printable(plan.scenario.name) + ": " + counted(plan.steps.size() - loops, "step");
  if (loops > 0) text += ", " + counted(loops, "loop");
  if (!plan.records.empty()) text += ", " + counted(plan.records.size(), "record");
  if (!plan.saves.empty()) text += ", " + std::to_string(plan.saves.size()) + " saved";
  if (!plan.plots.empty()) text += ", " + counted(plan.plots.size(), "plot");
  if (!plan.expectations.empty()) text += ", " + counted(plan.expectations.size(), "expectation");
  return text;
}

Json source_json(const Source& source) {
  constexpr const char* kinds[] = {"constant", "wire", "formula"};
  Json json = {{"kind", kinds[static_cast<std::size_t>(source.kind)]},
               {"text", origin(source)},
               {"type", source.signature.text()}};
  if (source.kind == Source::Kind::constant) json["value"] = value_json(source.constant, data_limit);
  return json;
}

Json inputs_json(const plan::PlannedStep& step) {
  Json inputs = Json::array();
  for (std::size_t i = 0; i < step.inputs.size(); ++i) {
    const plan::PlannedInput& input = step.inputs[i];
    Json from = Json::array();
    for (const Source& source : input.elements) from.push_back(source_json(source));
    inputs.push_back({{"name", step.operation->facts().inputs[i].name},
                      {"given", input.given},
                      {"unit", input.unit.symbol()},
                      {"from", std::move(from)}});
  }
  return inputs;
}

Json outputs_json(const plan::PlannedStep& step) {
  Json outputs = Json::array();
  for (std::size_t i = 0; i < step.signatures.size(); ++i) {
    outputs.push_back({{"name", step.operation->facts().outputs[i].name}, {"type", step.signatures[i].text()}});
  }
  return outputs;
}

Json step_json(const Plan& plan, const plan::PlannedStep& step) {
  const catalog::OperationFacts& facts = step.operation->facts();
  Json after = Json::array();
  for (const std::size_t before : step.after) after.push_back(plan.steps[before].name);
  Json json = {{"name", step.name},
               {"operation", facts.name},
               {"version", facts.version},
               {"plugin", facts.plugin ? facts.plugin->name : ""},
               {"after", std::move(after)},
               {"inputs", inputs_json(step)},
               {"outputs", outputs_json(step)}};
  if (step.every > 1) json["every"] = step.every;
  if (step.probe)
    for (const plan::WatchedTap& tap : step.probe->taps) json["taps"].push_back(tap.path);
  if (step.source) json["item"] = step_json(step.source->items.calls.first.plan, step.source->items.calls.step());
  if (!step.loop) return json;
  for (const plan::PlannedObserver& observer : step.loop->observers)
    json["observers"].push_back(step_json(observer.calls.first.plan, observer.calls.step()));
  json["steps"] = Json::array();
  json["next"] = Json::array();
  if (const auto& clock = step.loop->clock)
    json["clock"] = {{"from", clock->from}, {"to", clock->to}, {"by", clock->by}, {"unit", clock->unit.symbol()}};
  for (const auto& inner : step.loop->body.steps) json["steps"].push_back(step_json(step.loop->body, inner));
  for (const auto& state : step.loop->states)
    json["next"].push_back({{"name", state.name}, {"from", source_json(state.next)}});
  return json;
}

Json plot_json(const plan::PlannedPlot& plot) {
  Json json = {{"name", plot.given.name}, {"title", plot.given.title}, {"x", nullptr}, {"y", Json::array()}};
  if (plot.x) json["x"] = source_json(*plot.x);
  for (const Source& y : plot.y) json["y"].push_back(source_json(y));
  return json;
}

Json warnings_json(const Plan& plan) {
  Json warnings = Json::array();
  for (const base::Error& warning : plan.warnings) {
    warnings.push_back({{"code", base::name_of(warning.code)}, {"message", warning.message}});
  }
  return warnings;
}

}  // namespace

std::string plan_text(const Plan& plan, const Paint& paint) {
  std::string text = summary_line(plan) + "\n" + section("let", let_lines(plan), paint);
  std::vector<Line> steps, records, saves, plots, expectations;
  for (const auto& step : plan.steps) add_step(steps, step);
  for (const auto& record : plan.records) records.push_back({record.name, origin(record.source), known(record.source)});
  for (const auto& save : plan.saves) saves.push_back({save.name, known(save.source)});
  for (const auto& plot : plan.plots) plots.push_back(plot_line(plot));
  for (const auto& e : plan.expectations) expectations.push_back({e.name, origin(e.that), limit_text(e)});
  return text + section("steps", steps, paint) + section("record", records, paint) + section("save", saves, paint) +
         section("plot", plots, paint) + section("expect", expectations, paint);
}

std::string plan_json(const Plan& plan) {
  Json json = {{"name", plan.scenario.name}, {"title", plan.scenario.title}, {"seed", plan.scenario.seed}};
  for (const char* list : {"lets", "steps", "records", "saves", "plots", "expectations"}) json[list] = Json::array();
  for (const auto& [name, value] : plan.lets)
    json["lets"].push_back({{"name", name}, {"value", value_json(value, data_limit)}});
  for (const auto& step : plan.steps) json["steps"].push_back(step_json(plan, step));
  for (const auto& record : plan.records) {
    json["records"].push_back({{"name", record.name}, {"from", source_json(record.source)}});
  }
  for (const auto& save : plan.saves)
    json["saves"].push_back({{"name", save.name}, {"from", source_json(save.source)}});
  for (const auto& plot : plan.plots) json["plots"].push_back(plot_json(plot));
  for (const auto& e : plan.expectations) {
    json["expectations"].push_back(
        {{"name", e.name}, {"that", source_json(e.that)}, {"limit", limit_text(e)}, {"why", e.why}});
  }
  json["warnings"] = warnings_json(plan);
  return store::dump(json) + "\n";
}

std::string check_text(const Plan& plan, double seconds, const Paint& paint) {
  return paint(Tone::good, "ok") + "  " + summary_line(plan) + "  (" + time_text(seconds) + ")\n";
}

std::string check_json(const Plan& plan, double seconds) {
  const Json json = {{"ok", true},
                     {"name", plan.scenario.name},
                     {"steps", plan.steps.size()},
                     {"records", plan.records.size()},
                     {"saves", plan.saves.size()},
                     {"plots", plan.plots.size()},
                     {"expectations", plan.expectations.size()},
                     {"warnings", warnings_json(plan)},
                     {"seconds", seconds}};
  return store::dump(json) + "\n";
}

}  // namespace orrery::report
