// Ordering steps: Kahn's algorithm, then a walk along what is left for the cycles.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/order.hpp"

#include <algorithm>
#include <queue>

namespace orrery::plan {
namespace {

using Path = std::vector<const Need*>;

/// So many edges of a cycle are shown; of a longer one the rest is counted.
constexpr std::size_t most_in_cycle = 24;

class CycleFinder {
 public:
  CycleFinder(const std::vector<Need>& needs, const std::vector<bool>& stuck) : stuck_(stuck), edges_(stuck.size()) {
    for (const Need& need : needs)
      if (stuck[need.needs] && stuck[need.made_by]) edges_[need.needs].push_back(&need);
  }

  std::vector<Path> cycles() {
    std::vector<Path> found;
    std::vector<bool> explained(stuck_.size(), false);
    for (std::size_t step = 0; step < stuck_.size(); ++step) {
      if (!stuck_[step] || explained[step]) continue;
      Path path = walk_from(step);
      const bool fresh = std::none_of(path.begin(), path.end(), [&](const Need* n) { return explained[n->needs]; });
      for (const Need* need : path) explained[need->needs] = true;
      explained[step] = true;
      if (fresh && !path.empty()) found.push_back(std::move(path));
    }
    return found;
  }

 private:
  /// Follows needs until a step comes again; returns the part that closes. A stuck step always needs a stuck one.
  Path walk_from(std::size_t step) const {
    std::vector<std::size_t> seen_at(stuck_.size(), SIZE_MAX);
    Path path;
    while (seen_at[step] == SIZE_MAX) {
      seen_at[step] = path.size();
      path.push_back(edges_[step].front());
      step = path.back()->made_by;
    }
    path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(seen_at[step]));
    return path;
  }

  const std::vector<bool>& stuck_;
  std::vector<std::vector<const Need*>> edges_;
};

base::Error cycle_error(const Path& path, const std::vector<std::string>& names) {
  std::string text = names[path.front()->needs];
  const std::size_t shown = std::min(path.size(), most_in_cycle), hidden = path.size() - shown;
  for (std::size_t i = 0; i + 1 < shown; ++i) text += " -> " + names[path[i]->made_by];
  if (hidden > 0) text += " -> (" + std::to_string(hidden) + " more)";
  text += " -> " + names[path.back()->made_by];
  const bool itself = path.size() == 1;
  base::Error error(base::ErrorCode::cycle, itself ? "step '" + names[path.front()->needs] + "' waits for itself"
                                                   : "steps wait for each other: " + text);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string edge = "'" + names[path[i]->needs] + "' needs '" + names[path[i]->made_by] + "'";
    const bool only = path.size() == 1;
    error.labels.push_back({path[i]->span, only ? edge : i == 0 ? edge + " ..." : "... and " + edge});
  }
  return std::move(error).help(
      "feedback needs a loop: put the steps in [loop.NAME] and carry one of the values in its 'state'");
}

}  // namespace

Order order_steps(const std::vector<std::string>& names, const std::vector<Need>& needs) {
  std::vector<std::size_t> waiting(names.size(), 0);
  std::vector<std::vector<std::size_t>> dependents(names.size());
  for (const Need& need : needs) {
    ++waiting[need.needs];
    dependents[need.made_by].push_back(need.needs);
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t step = 0; step < names.size(); ++step)
    if (waiting[step] == 0) ready.push(step);
  Order order;
  while (!ready.empty()) {
    const std::size_t step = ready.top();
    ready.pop();
    order.steps.push_back(step);
    for (const std::size_t dependent : dependents[step])
      if (--waiting[dependent] == 0) ready.push(dependent);
  }
  if (order.steps.size() == names.size()) return order;
  std::vector<bool> stuck(names.size());
  for (std::size_t step = 0; step < names.size(); ++step) stuck[step] = waiting[step] > 0;
  for (const Path& path : CycleFinder(needs, stuck).cycles()) order.errors.push_back(cycle_error(path, names));
  for (std::size_t step = 0; step < names.size(); ++step)
    if (stuck[step]) order.steps.push_back(step);
  return order;
}

}  // namespace orrery::plan
