// What `orrery eval` asks of a scenario: some of its values, while others are replaced.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/question.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"
#include "engine/scenario/settings.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

/// What is needed of a scenario: parts by the names that wires begin with.
class Ancestors {
 public:
  Ancestors(const Scenario& scenario, const Question& question) : scenario_(scenario), question_(question) {}

  std::set<std::string> of_targets() {
    std::vector<const Reference*> wires;
    for (const Question::Target& target : question_.targets) collect_references(target.term, wires);
    follow(wires);
    while (!open_.empty()) {
      const std::string name = std::move(open_.back());
      open_.pop_back();
      expand(name);
    }
    return std::move(needed_);
  }

 private:
  bool is_fed(const Reference& wire) const {
    return std::any_of(question_.feeds.begin(), question_.feeds.end(), [&](const Question::Feed& feed) {
      return feed.reference.step == wire.step && feed.reference.output == wire.output;
    });
  }

  void need(const std::string& name) {
    if (needed_.insert(name).second) open_.push_back(name);
  }

  void follow(const std::vector<const Reference*>& wires) {
    for (const Reference* wire : wires) {
      if (is_fed(*wire)) continue;
      need(wire->step);
      // "@fit.smooth.average" is a series of an observer.
      for (const Observer& observer : scenario_.observers)
        if (observer.step.name == wire->output) need(wire->output);
    }
  }

  template <class Part>
  void follow_part(const Part& part) {
    std::vector<const Reference*> wires;
    collect_references(part, wires);
    follow(wires);
  }

  void expand(const std::string& name) {
    for (const Step& step : scenario_.steps)
      if (step.name == name) follow_part(step);
    for (const Loop& loop : scenario_.loops)
      if (loop.name == name) follow(references_out_of(loop));
    for (const Observer& observer : scenario_.observers)
      if (observer.step.name == name) follow_part(observer.step);
    for (const ItemSource& source : scenario_.sources)
      if (source.step.name == name) follow_part(source);
    for (const Probe& probe : scenario_.probes)
      if (probe.name == name) watch(probe);
  }

  /// The path of a tap begins with a step or a loop. With a star it may be any.
  void watch(const Probe& probe) {
    for (const auto& [path, span] : probe.at) {
      const std::string first = path.substr(0, path.find('/'));
      if (first.find('*') == first.npos) need(first);
      else need_all();
    }
  }

  void need_all() {
    for (const Step& step : scenario_.steps) need(step.name);
    for (const Loop& loop : scenario_.loops) need(loop.name);
  }

  const Scenario& scenario_;
  const Question& question_;
  std::set<std::string> needed_;
  std::vector<std::string> open_;
};

std::vector<std::string> names_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Step& step : scenario.steps) names.push_back(step.name);
  for (const Loop& loop : scenario.loops) names.push_back(loop.name);
  for (const Observer& observer : scenario.observers) names.push_back(observer.step.name);
  for (const Probe& probe : scenario.probes) names.push_back(probe.name);
  for (const ItemSource& source : scenario.sources) names.push_back(source.step.name);
  return names;
}

/// A misspelt name is reported with all names, so that nothing is left out then.
void keep(Scenario& scenario, const std::set<std::string>& needed) {
  scenario.records.clear();
  scenario.saves.clear();
  scenario.plots.clear();
  scenario.expectations.clear();
  const auto names = names_of(scenario);
  for (const std::string& name : needed)
    if (std::find(names.begin(), names.end(), name) == names.end()) return;
  const auto drop = [&](const std::string& name) { return !needed.contains(name); };
  std::erase_if(scenario.steps, [&](const Step& step) { return drop(step.name); });
  std::erase_if(scenario.loops, [&](const Loop& loop) { return drop(loop.name); });
  std::erase_if(scenario.observers, [&](const Observer& observer) { return drop(observer.step.name); });
  std::erase_if(scenario.probes, [&](const Probe& probe) { return drop(probe.name); });
  std::erase_if(scenario.sources, [&](const ItemSource& source) { return drop(source.step.name); });
  for (Step& step : scenario.steps) std::erase_if(step.after, [&](const auto& one) { return drop(one.first); });
}

class Asker {
 public:
  explicit Asker(Scenario& scenario) : scenario_(scenario) {}

  void add_target(const std::string& text) {
    const bool marked = text.starts_with('@') || text.starts_with('=');
    if (!marked && text.find('/') != text.npos) return add_tap(text);
    const Node node = command_line_node("", text);
    auto term = parse_term(node);
    if (!term) return append(errors_, std::move(term).errors());
    if (!marked)
      return errors_.push_back(Error(ErrorCode::usage, "'" + base::printable(text) + "' is no value to ask for")
                                   .help("ask for \"@STEP.OUTPUT\", \"= EXPRESSION\" or the path of a tap, STEP/TAP"));
    question_.targets.push_back({text, *std::move(term)});
  }

  void add_feed(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == text.npos || !text.starts_with('@'))
      return errors_.push_back(
          Error(ErrorCode::usage, "--feed wants @STEP.OUTPUT=VALUE; it is '" + base::printable(text) + "'"));
    const std::string wire = text.substr(0, sign), value = text.substr(sign + 1);
    auto reference = parse_term(command_line_node("--feed ", wire));
    if (!reference) return append(errors_, std::move(reference).errors());
    auto term = parse_term(command_line_value("--feed " + base::printable(wire) + "=", value));
    if (!term) return append(errors_, std::move(term).errors());
    if (term->kind == Term::Kind::reference || term->kind == Term::Kind::expression)
      return errors_.push_back(
          Error(ErrorCode::wrong_type, "what is fed is a literal, a quantity or a file").at(term->span));
    if (!reference->reference.selections.empty())
      return errors_.push_back(
          Error(ErrorCode::bad_selector, "a whole output is fed, not a part of it").at(reference->reference.span));
    Question::Feed feed{std::move(reference->reference), "", *std::move(term)};
    if (find_maker(feed)) question_.feeds.push_back(std::move(feed));
  }

  Result<Question> finish() {
    if (!errors_.empty()) return std::move(errors_);
    keep(scenario_, Ancestors(scenario_, question_).of_targets());
    for (const Question::Target& target : question_.targets) scenario_.asked.push_back(target.term);
    return std::move(question_);
  }

 private:
  bool find_maker(Question::Feed& feed) {
    const std::string& name = feed.reference.step;
    for (const Step& step : scenario_.steps)
      if (step.name == name) feed.operation = step.operation;
    const auto same = [&](const Loop& loop) { return loop.name == name; };
    if (!feed.operation.empty() || std::any_of(scenario_.loops.begin(), scenario_.loops.end(), same)) return true;
    const auto names = names_of(scenario_);
    const bool other = std::find(names.begin(), names.end(), name) != names.end();
    Error error = Error(other ? ErrorCode::wrong_wire : ErrorCode::unknown_step,
                        other ? "'" + name + "' is neither a step nor a loop, and cannot be fed"
                              : "there is no step '" + base::printable(name) + "'")
                      .at(feed.reference.span);
    if (const auto near = base::nearest(name, names); near && !other)
      error.labels.front().text = "did you mean '@" + *near + "." + feed.reference.output + "'?";
    errors_.push_back(std::move(error));
    return false;
  }

  void add_tap(const std::string& text) {
    const base::Span span = command_line_span("", base::printable(text));
    Probe probe;
    probe.name = "tap" + std::to_string(question_.targets.size() + 1);
    const auto names = names_of(scenario_);
    while (std::find(names.begin(), names.end(), probe.name) != names.end()) probe.name += "_";
    probe.name_span = span;
    probe.at = {{text, span}};
    Term term;
    term.kind = Term::Kind::reference;
    term.reference = {probe.name, "value", {}, span, span, span};
    term.span = span;
    scenario_.probes.push_back(std::move(probe));
    question_.targets.push_back({text, std::move(term)});
  }

  Scenario& scenario_;
  base::Errors errors_;
  Question question_;
};

}  // namespace

Result<Question> ask(Scenario& scenario, const std::vector<std::string>& targets,
                     const std::vector<std::string>& feeds) {
  Asker asker(scenario);
  for (const std::string& text : feeds) asker.add_feed(text);
  for (const std::string& text : targets) asker.add_target(text);
  return asker.finish();
}

}  // namespace orrery::scenario
