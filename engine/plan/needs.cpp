// Which parts of a scenario need which others, by the wires between them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "engine/plan/binder.hpp"

namespace orrery::plan {
namespace {

using Wires = std::vector<const scenario::Reference*>;

}  // namespace

std::vector<Need> Binder::needs() const {
  std::vector<Need> all;
  constexpr auto nobody = static_cast<std::size_t>(-1);
  std::vector<std::size_t> noted_for(operations_.size() + loops_.size() + probes_.size() + sources_.size(),
                                     nobody);  // by producer: its last user
  const auto add_needs = [&](std::size_t user, const Wires& wires, const scenario::Step* step) {
    const auto need = [&](const std::string& name, const base::Span& span) {
      const auto found = index_.find(name);
      if (found == index_.end() || std::exchange(noted_for[found->second], user) == user) return;
      all.push_back({user, found->second, span});
    };
    for (const scenario::Reference* wire : wires) need(wire->step, wire->span);
    if (!step) return;
    for (const auto& [name, span] : step->after) need(name, span);
  };
  for (std::size_t i = 0; i < scenario_.steps.size(); ++i) {
    Wires wires;
    scenario::collect_references(scenario_.steps[i], wires);
    add_needs(i, wires, &scenario_.steps[i]);
  }
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    Wires wires = scenario::references_out_of(*loops_[i].loop);
    for (const scenario::Observer* observer : loops_[i].observers) scenario::collect_references(observer->step, wires);
    std::erase_if(wires, [&](const scenario::Reference* wire) {
      const auto found = index_.find(wire->step);
      return found != index_.end() && found->second == operations_.size() + i;
    });
    add_needs(operations_.size() + i, wires, nullptr);
  }
  for (std::size_t i = 0; i < probes_.size(); ++i)
    for (const WatchedTap& tap : probes_[i].taps) {
      const auto watched = index_.find(tap.loop.empty() ? tap.step : tap.loop)->second;
      all.push_back({operations_.size() + loops_.size() + i, watched, probes_[i].probe->name_span});
    }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    Wires wires;
    scenario::collect_references(*sources_[i].source, wires);
    add_needs(operations_.size() + loops_.size() + probes_.size() + i, wires, nullptr);
  }
  return all;
}

}  // namespace orrery::plan
