// Values that are given from outside instead of those that a step or a loop would make.
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

namespace {

Port any_tensor(const std::string& name) {
  Signature signature;
  signature.dtypes = any_dtype();
  return port_of(name, signature);
}

}  // namespace

/// What the value has to be: that which the output would be, as far as its operation says it.
std::optional<Port> Binder::fed_port(const scenario::Question::Feed& feed) {
  const scenario::Reference& reference = feed.reference;
  std::vector<std::string> names;
  if (feed.operation.empty()) {
    for (const scenario::Loop& loop : scenario_.loops)
      if (loop.name == reference.step)
        for (const scenario::Input& state : loop.state) names.push_back(state.name);
    // A loop that nobody else needs is not there any more.
    if (names.empty() || std::find(names.begin(), names.end(), reference.output) != names.end())
      return any_tensor(reference.output);
  } else {
    const catalog::Operation* operation = catalog_.find(feed.operation);
    if (!operation) return any_tensor(reference.output);
    if (const auto output = operation->facts().output(reference.output)) return operation->facts().outputs[*output];
    for (const Port& port : operation->facts().outputs) names.push_back(port.name);
  }
  Error error(ErrorCode::unknown_output,
              "'" + reference.step + "' has no '" + base::printable(reference.output) + "' that could be fed");
  const auto near = base::nearest(reference.output, names);
  errors_.push_back(std::move(error)
                        .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
                        .note("it has: " + listed(names)));
  return std::nullopt;
}

void Binder::take_feed(const scenario::Question::Feed& feed) {
  // Also after an error: what depends on it is silent then.
  const Slot slot = fed_.emplace(std::pair(feed.reference.step, feed.reference.output), add_slot({})).first->second;
  auto port = fed_port(feed);
  if (!port) return;
  const bool fixed = !port->unit.any && port->unit.factors.empty();
  if (!fixed) port->unit.any = true;
  auto source = this->source(feed.value, {*port, fixed ? std::optional(port->unit.fixed) : std::nullopt, "--feed"});
  if (!source) return;
  if (source->signature.shape)
    if (const auto wrong = ShapeScope().bind(port->shape, *source->signature.shape, port->name))
      return errors_.push_back(Error(ErrorCode::wrong_shape, *wrong).at(source->span));
  slots_[slot] = source->signature;
  given_.emplace_back(slot, std::move(source->constant));
}

}  // namespace orrery::plan
