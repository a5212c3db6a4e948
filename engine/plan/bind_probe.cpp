// Binding probes: which taps a path means, and what the values of a probe are.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/own_parts.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Probe;
using value::DType;

namespace {

/// "*" is any part of a name, "**" of a path.
bool matches(std::string_view pattern, std::string_view path) {
  std::vector<bool> reached(path.size() + 1);  // how much of the path the pattern so far may have taken
  reached[0] = true;
  while (!pattern.empty()) {
    const bool star = pattern.front() == '*', deep = pattern.starts_with("**");
    if (star) {
      for (std::size_t i = 0; i < path.size(); ++i)
        if (reached[i] && (deep || path[i] != '/')) reached[i + 1] = true;
    } else {
      for (std::size_t i = path.size(); i > 0; --i) reached[i] = reached[i - 1] && path[i - 1] == pattern.front();
      reached[0] = false;
    }
    pattern.remove_prefix(deep ? 2 : 1);
  }
  return reached.back();
}

/// The shape of one value as far as its pattern says it.
std::optional<std::vector<Extent>> shape_of(const catalog::ShapePattern& pattern) {
  ShapeScope scope;
  scope.leave_open(pattern);
  return scope.resolve(pattern);
}

/// What is known of a value of the watched taps: of several, what they have in common.
Signature common(const std::vector<WatchedTap>& taps) {
  Signature all;
  for (const WatchedTap& tap : taps) {
    const Port& port = *tap.port;
    const bool first = &tap == &taps.front();
    const bool fixed = !port.unit.any && port.unit.factors.empty();
    all.dtypes |= port.dtypes;
    all.shape = first ? shape_of(port.shape) : shape_of(port.shape) == all.shape ? all.shape : std::nullopt;
    all.unit_known = fixed && (first || all.unit_known);
    if (first && fixed) all.unit = port.unit.fixed;
  }
  return all;
}

}  // namespace

std::vector<WatchedTap> Binder::all_taps() const {
  std::vector<WatchedTap> all;
  const auto add_step = [&](const std::string& loop, const scenario::Step& step, const catalog::Operation* operation) {
    if (!operation) return;
    const std::vector<Port>& taps = operation->facts().taps;
    for (std::size_t tap = 0; tap < taps.size(); ++tap)
      all.push_back(
          {loop, step.name, tap, &taps[tap], (loop.empty() ? "" : loop + "/") + step.name + "/" + taps[tap].name});
  };
  for (std::size_t i = 0; i < scenario_.steps.size(); ++i) add_step("", scenario_.steps[i], operations_[i]);
  for (const LoopOutputs& outputs : loops_)
    for (const scenario::Step& step : outputs.loop->steps)
      add_step(outputs.loop->name, step, catalog_.find(step.operation));
  return all;
}

void Binder::look_up(const scenario::Probe& probe) {
  if (!take_name(probe.name, probe.name_span, operations_.size() + loops_.size() + probes_.size())) return;
  probes_.push_back({&probe, {}, {}});
  const std::vector<WatchedTap> taps = all_taps();
  for (const auto& [pattern, span] : probe.at) {
    const std::size_t before = probes_.back().taps.size();
    for (const WatchedTap& tap : taps)
      if (matches(pattern, tap.path)) probes_.back().taps.push_back(tap);
    // A step whose operation is not known may have any.
    const bool unknown = std::find(operations_.begin(), operations_.end(), nullptr) != operations_.end();
    if (probes_.back().taps.size() > before || unknown) continue;
    std::vector<std::string> paths;
    for (const WatchedTap& tap : taps) paths.push_back(tap.path);
    Error error(ErrorCode::unknown_tap, "no tap is called '" + base::printable(pattern) + "'");
    const auto near = base::nearest(pattern, paths);
    if (near) error.suggestions.push_back({span, "\"" + *near + "\""});
    errors_.push_back(
        std::move(error)
            .at(span, near ? "did you mean '" + *near + "'?" : "")
            .note(paths.empty() ? "no step of this scenario has taps" : "taps of this scenario: " + listed(paths)));
  }
}

namespace {

/// Outputs by name, and what is known of them.
std::vector<std::pair<std::string, Signature>> outputs_of(const Probe& probe, const std::vector<WatchedTap>& taps) {
  using Keep = Probe::Keep;
  Signature value = common(taps);
  const Signature count = whole_numbers({}), rows = whole_numbers({std::nullopt});
  if (probe.keep == Keep::all) {
    return {{"value", rows_of(value)}, {"index", rows}, {"pass", rows}, {"tap", rows}, {"count", count}};
  }
  if (probe.keep == Keep::last) return {{"value", value}, {"index", count}, {"pass", count}, {"count", count}};
  value.dtypes = value::mask_of(DType::f64);
  value.shape = std::vector<Extent>{};
  if (probe.keep == Keep::mean) return {{"value", value}, {"count", count}};
  if (probe.keep != Keep::histogram) return {{"value", value}, {"index", count}, {"pass", count}, {"count", count}};
  Signature edges = value;
  edges.shape = std::vector<Extent>{probe.bins + 1};
  return {{"counts", whole_numbers({probe.bins})}, {"edges", edges}, {"count", count}};
}

/// A reduction orders or adds numbers, which complex ones cannot be, or should not be without saying how.
std::optional<Error> keep_problem(const Probe& probe, const std::vector<WatchedTap>& taps) {
  if (probe.keep == Probe::Keep::all || probe.keep == Probe::Keep::last) return std::nullopt;
  for (const WatchedTap& tap : taps)
    if (tap.port->dtypes == value::mask_of(DType::c128))
      return Error(ErrorCode::wrong_type,
                   "tap '" + tap.path + "' is complex, of which a probe keeps \"all\" or \"last\"")
          .at(probe.name_span);
  return std::nullopt;
}

}  // namespace

PlannedStep Binder::bind_probe(std::size_t index) {
  ProbeOutputs& outputs = probes_[index];
  const Probe& probe = *outputs.probe;
  if (outputs.taps.empty()) return {};
  if (auto problem = keep_problem(probe, outputs.taps)) {
    errors_.push_back(std::move(*problem));
    return {};
  }
  PlannedStep planned;
  planned.name = probe.name;
  planned.span = probe.name_span;
  catalog::OperationFacts facts;
  facts.name = "probe";
  facts.title = "Values of taps";
  for (auto& [name, signature] : outputs_of(probe, outputs.taps)) {
    facts.outputs.push_back(port_of(name, signature));
    planned.signatures.push_back(signature);
    planned.outputs.push_back(add_slot(std::move(signature)));
    outputs.slots.emplace(name, planned.outputs.back());
  }
  auto made = std::make_shared<PlannedProbe>();
  made->given = probe;
  made->taps = outputs.taps;
  made->facts = std::make_unique<OwnStepFacts>(std::move(facts));
  planned.operation = made->facts.get();
  planned.probe = std::move(made);
  return planned;
}

base::Result<Slot> Binder::find_in_probe(const ProbeOutputs& outputs, const scenario::Reference& reference) const {
  const auto found = outputs.slots.find(reference.output);
  if (found != outputs.slots.end()) return found->second;
  if (outputs.slots.empty()) return reported();
  std::vector<std::string> names;
  for (const auto& [name, slot] : outputs.slots) names.push_back(name);
  Error error(ErrorCode::unknown_output,
              "probe '" + outputs.probe->name + "' has no value '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
      .note("values of what it keeps: " + listed(names));
}

}  // namespace orrery::plan
