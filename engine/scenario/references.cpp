// All wires of the parts of a scenario.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {
namespace {

using Wires = std::vector<const Reference*>;

void collect(const std::vector<Input>& inputs, Wires& into) {
  for (const Input& input : inputs) collect_references(input.value, into);
}
void collect(const std::optional<Term>& term, Wires& into) {
  if (term) collect_references(*term, into);
}

}  // namespace

void collect_references(const Step& step, Wires& into) { collect(step.inputs, into); }

void collect_references(const Loop& loop, Wires& into) {
  collect(loop.passes, into);
  collect(loop.stop_when, into);
  collect(loop.state, into);
  collect(loop.next, into);
  for (const Step& step : loop.steps) collect_references(step, into);
}

void collect_references(const ItemSource& source, Wires& into) {
  collect_references(source.step, into);
  collect(source.items, into);
  collect(source.batch, into);
}

Wires references_out_of(const Loop& loop) {
  Wires wires;
  collect_references(loop, wires);
  std::erase_if(wires, [&](const Reference* wire) {
    const auto same = [&](const Step& step) { return step.name == wire->step; };
    const bool own = wire->step == "state" || (loop.clock && wire->step == "clock");
    return own || std::any_of(loop.steps.begin(), loop.steps.end(), same);
  });
  return wires;
}

void collect_references(const Scenario& scenario, Wires& into) {
  for (const Step& step : scenario.steps) collect_references(step, into);
  for (const Loop& loop : scenario.loops) collect_references(loop, into);
  for (const ItemSource& source : scenario.sources) collect_references(source, into);
  for (const Term& term : scenario.asked) collect_references(term, into);
  for (const Observer& observer : scenario.observers) collect_references(observer.step, into);
  for (const Record& record : scenario.records) collect_references(record.value, into);
  for (const Save& save : scenario.saves) into.push_back(&save.reference);
  for (const Plot& plot : scenario.plots) {
    collect(plot.x, into);
    for (const Term& y : plot.y) collect_references(y, into);
  }
  for (const Expectation& expectation : scenario.expectations) {
    for (const Term* term : {&expectation.that, &expectation.bound, &expectation.upper})
      collect_references(*term, into);
    collect(expectation.rtol, into);
    collect(expectation.atol, into);
  }
}

}  // namespace orrery::scenario
