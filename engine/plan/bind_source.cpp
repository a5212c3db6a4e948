// Binding data sources: their step in the plan, and the batches that loops read.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"
#include "engine/plan/call_binder.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/own_parts.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::ItemSource;
using scenario::Reference;
using value::DType;

namespace {

const std::vector<std::string>& layout_outputs() {
  static const std::vector<std::string> names{"items", "batch", "batches"};
  return names;
}

/// What every pass of a loop sees beside the items.
const std::vector<std::string>& batch_outputs() {
  static const std::vector<std::string> names{"index", "epoch", "valid"};
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Port count_port(const std::string& name) {
  Port port;
  port.name = name;
  port.dtypes = value::mask_of(DType::i64);
  port.minimum = 1;
  return port;
}

}  // namespace

void Binder::look_up(const ItemSource& source) {
  const std::size_t index = operations_.size() + loops_.size() + probes_.size() + sources_.size();
  if (take_name(source.step.name, source.step.name_span, index)) sources_.push_back({&source, {}, {}, false});
}

/// Of the operation that makes an item, whoever asks for it.
std::optional<PlannedItems> Binder::bind_items(Binder& around, const ItemSource& source) {
  auto calls = CallBinder(*this, around, source.step, {"index", "epoch"}).bind();
  if (!calls) return std::nullopt;
  for (const Port& port : calls->facts().outputs)
    if (contains(layout_outputs(), port.name) || contains(batch_outputs(), port.name)) {
      errors_.push_back(Error(ErrorCode::bad_name, "'" + calls->facts().name +
                                                       "' cannot make items, since its output '" + port.name +
                                                       "' has a name that every source has")
                            .at(source.step.operation_span));
      return std::nullopt;
    }
  const std::string& stream = source.step.stream.empty() ? source.step.name : source.step.stream;
  return PlannedItems{source, std::move(*calls),
                      base::sha256_prefix("orrery-order-1\n" + std::to_string(scenario_.seed) + "\n" + stream)};
}

namespace {

/// Names that wires outside of loops read of a source.
std::set<std::string> read_outside(const scenario::Scenario& scenario, const std::string& name) {
  std::vector<const Reference*> wires, inside;
  scenario::collect_references(scenario, wires);
  for (const scenario::Loop& loop : scenario.loops) {
    scenario::collect_references(loop, inside);
    std::vector<const Reference*> passes;
    if (loop.passes) scenario::collect_references(*loop.passes, passes);
    for (const scenario::Input& state : loop.state) scenario::collect_references(state.value, passes);
    std::erase_if(inside,
                  [&](const auto* wire) { return std::find(passes.begin(), passes.end(), wire) != passes.end(); });
  }
  for (const scenario::Observer& observer : scenario.observers) scenario::collect_references(observer.step, inside);
  std::set<std::string> names;
  for (const Reference* wire : wires)
    if (wire->step == name && std::find(inside.begin(), inside.end(), wire) == inside.end()) names.insert(wire->output);
  return names;
}

std::vector<std::string> output_names(const PlannedItems& items) {
  std::vector<std::string> names;
  for (const Port& port : items.calls.facts().outputs) names.push_back(port.name);
  return names;
}

}  // namespace

PlannedStep Binder::bind_source(std::size_t index) {
  SourceOutputs& outputs = sources_[index];
  const ItemSource& given = *outputs.source;
  PlannedStep planned;
  planned.name = given.step.name;
  planned.span = given.step.name_span;
  catalog::OperationFacts facts;
  facts.name = "source";
  facts.title = "Items of a data source";
  facts.cancellable = true;
  const auto add_count = [&](const std::string& name, const std::optional<scenario::Term>& term) {
    facts.inputs.push_back(count_port(name));
    PlannedInput input;
    input.given = term.has_value();
    if (!term) input.elements.push_back(constant(value::Tensor::scalar<std::int64_t>(1), planned.span));
    else if (auto source = this->source(*term, {facts.inputs.back(), value::Unit{}, planned.name}))
      input.elements.push_back(std::move(*source));
    planned.inputs.push_back(std::move(input));
    return !planned.inputs.back().elements.empty();
  };
  std::vector<const Reference*> wires;
  scenario::collect_references(given.step, wires);
  for (const Reference* wire : wires) {
    const auto found = index_.find(wire->step);
    const bool source = found != index_.end() && found->second >= operations_.size() + loops_.size() + probes_.size();
    if (!source || contains(layout_outputs(), wire->output)) continue;
    errors_.push_back(Error(ErrorCode::wrong_wire, "a source cannot read the items of another one").at(wire->span));
    return {};
  }
  const bool items = add_count("items", given.items), batch = add_count("batch", given.batch);
  auto made = std::make_shared<PlannedSource>();
  auto calls = bind_items(*this, given);
  if (!calls || !items || !batch) return {};
  made->items = std::move(*calls);
  for (const PlannedCalls::Given& one : made->items.calls.first.given) {
    facts.inputs.push_back(port_of("given" + std::to_string(facts.inputs.size()), *slots_[one.around]));
    PlannedInput input;
    input.given = true;
    Source source;
    source.kind = Source::Kind::wire;
    source.wire.slot = one.around;
    source.signature = *slots_[one.around];
    source.span = planned.span;
    input.unit = source.signature.unit;
    input.unit_known = source.signature.unit_known;
    input.elements.push_back(std::move(source));
    planned.inputs.push_back(std::move(input));
  }
  const auto wanted = read_outside(scenario_, planned.name);
  const auto add_output = [&](const std::string& name, Signature signature, bool always) {
    facts.outputs.push_back(port_of(name, signature));
    facts.outputs.back().optional = !always;
    made->wanted.push_back(always || wanted.contains(name));
    planned.signatures.push_back(signature);
    planned.outputs.push_back(add_slot(std::move(signature)));
    outputs.slots.emplace(name, planned.outputs.back());
  };
  for (const std::string& name : layout_outputs()) add_output(name, whole_numbers({}), true);
  add_output("index", whole_numbers({std::nullopt}), false);
  for (std::size_t i = 0; i < made->items.calls.facts().outputs.size(); ++i)
    add_output(output_names(made->items)[i], rows_of(made->items.calls.step().signatures[i]), false);
  outputs.bound = true;
  made->facts = std::make_unique<OwnStepFacts>(std::move(facts));
  planned.operation = made->facts.get();
  planned.source = std::move(made);
  return planned;
}

base::Result<Slot> Binder::find_in_source(const SourceOutputs& outputs, const Reference& reference) const {
  const auto found = outputs.slots.find(reference.output);
  if (found != outputs.slots.end()) return found->second;
  if (!outputs.bound) return reported();
  std::vector<std::string> names;
  for (const auto& [name, slot] : outputs.slots) names.push_back(name);
  Error error(ErrorCode::unknown_output,
              "source '" + reference.step + "' has no value '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  error.at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "");
  if (contains(batch_outputs(), reference.output))
    error.notes.push_back("'" + reference.output + "' is known in the passes of a loop only");
  return std::move(error).note("values of the source: " + listed(names));
}

/// Of a body: the source that a wire reads batch by batch.
const Binder::SourceOutputs* Binder::source_read(const Reference& reference) const {
  const Binder* root = this;
  while (root->around_) {
    if (root->index_.contains(reference.step)) return nullptr;
    root = root->around_;
  }
  const auto found = root->index_.find(reference.step);
  const std::size_t before = root->operations_.size() + root->loops_.size() + root->probes_.size();
  if (root == this || found == root->index_.end() || found->second < before) return nullptr;
  return contains(layout_outputs(), reference.output) ? nullptr : &root->sources_[found->second - before];
}

/// A slot of the body that gets the batch of each pass.
base::Result<Slot> Binder::find_batch(const SourceOutputs& outputs, const Reference& reference) {
  if (!outputs.bound) return reported();
  const std::string name = reference.step + "/" + reference.output;
  if (const auto known = states_.find(name); known != states_.end()) return known->second;
  if (reference.output == "epoch" || reference.output == "valid") return declare_state(name, whole_numbers({}));
  const Binder* root = this;
  while (root->around_) root = root->around_;
  auto slot = root->find_in_source(outputs, reference);
  if (!slot) return slot;
  return declare_state(name, root->slots_[*slot]);
}

/// What the steps of a body read of sources, once they are bound.
std::optional<std::vector<PlannedBatches>> Binder::bind_batches(Binder& body) {
  std::vector<PlannedBatches> all;
  for (const SourceOutputs& outputs : sources_) {
    const std::string& name = outputs.source->step.name;
    std::vector<std::pair<std::string, Slot>> read;
    for (const auto& [state, slot] : body.states_)
      if (state.starts_with(name + "/")) read.emplace_back(state.substr(name.size() + 1), slot);
    if (read.empty()) continue;
    auto items = bind_items(body, *outputs.source);
    if (!items) return std::nullopt;
    PlannedBatches batches{std::move(*items), 0, 0, {}, {}, {}, {}};
    const auto layout = [&](const char* output) {
      const base::Span& span = outputs.source->step.name_span;
      return *body.find_slot({name, output, {}, span, span, span});
    };
    batches.item_count = layout("items");
    batches.batch_size = layout("batch");
    const auto names = output_names(batches.items);
    for (const auto& [output, slot] : read) {
      if (output == "index") batches.index = slot;
      else if (output == "epoch") batches.epoch = slot;
      else if (output == "valid") batches.valid = slot;
      else batches.outputs.emplace_back(std::find(names.begin(), names.end(), output) - names.begin(), slot);
    }
    all.push_back(std::move(batches));
  }
  return all;
}

}  // namespace orrery::plan
