// The graph of a plan in Graphviz's language.
// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "engine/base/text.hpp"
#include "engine/plan/plan.hpp"

namespace orrery::plan {
namespace {

std::string dot_text(std::string_view text) {
  std::string safe = "\"";
  for (const char c : base::printable(text)) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe + "\"";
}

struct Maker {
  std::string step, output;
};

std::vector<Maker> makers(const Plan& plan) {
  std::vector<Maker> all(plan.slot_count);
  for (const PlannedStep& step : plan.steps)
    for (std::size_t i = 0; i < step.outputs.size(); ++i)
      all[step.outputs[i]] = {step.name, step.operation->facts().outputs[i].name};
  return all;
}

}  // namespace

std::string to_dot(const Plan& plan) {
  const auto made_by = makers(plan);
  std::string dot = "digraph " + dot_text(plan.scenario.name) + " {\n  rankdir = LR;\n  node [shape = box];\n";
  for (const PlannedStep& step : plan.steps)
    dot +=
        "  " + dot_text(step.name) + " [label = " + dot_text(step.name + ": " + step.operation->facts().name) + "];\n";
  std::set<std::string> edges;
  for (const PlannedStep& step : plan.steps)
    for (std::size_t port = 0; port < step.inputs.size(); ++port)
      for (const Source& element : step.inputs[port].elements)
        for (const Slot slot : element.slots())
          edges.insert("  " + dot_text(made_by[slot].step) + " -> " + dot_text(step.name) + " [label = " +
                       dot_text(made_by[slot].output + " > " + step.operation->facts().inputs[port].name) + "];\n");
  for (const PlannedStep& step : plan.steps)
    if (step.probe)
      for (const WatchedTap& tap : step.probe->taps)
        edges.insert("  " + dot_text(tap.loop.empty() ? tap.step : tap.loop) + " -> " + dot_text(step.name) +
                     " [style = dashed, label = " + dot_text(tap.path) + "];\n");
  for (const std::string& edge : edges) dot += edge;
  return dot + "}\n";
}

}  // namespace orrery::plan
