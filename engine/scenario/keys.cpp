// The tables and keys that the format knows.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/keys.hpp"

#include <algorithm>

namespace orrery::scenario {

const Keys& top_level_keys() {
  static const Keys keys{"orrery", "include", "scenario", "plugins",  "let",    "step",   "loop",
                         "source", "observe", "probe",    "sweep",    "record", "search", "expect",
                         "plot",   "save",    "limits",   "override", "profile"};
  return keys;
}

const Keys& later_tables() {
  static const Keys keys{"sweep", "search"};
  return keys;
}

const Keys& plot_keys() {
  static const Keys keys{"title", "x", "y", "labels", "scale", "style", "equal", "x_label", "y_label", "doc", "by"};
  return keys;
}

const Keys& later_plot_keys() {
  static const Keys keys{"by"};
  return keys;
}

const Keys& scenario_keys() {
  static const Keys keys{"name", "title", "doc", "seed"};
  return keys;
}

const Keys& plugins_keys() {
  static const Keys keys{"require", "paths"};
  return keys;
}

const Keys& save_keys() {
  static const Keys keys{"values", "tables", "tensors"};
  return keys;
}

const Keys& limits_keys() {
  static const Keys keys{"time", "memory"};
  return keys;
}

const Keys& expectation_keys() {
  static const Keys keys{"that", "equals", "below", "above", "between", "rtol",
                         "atol", "ulps",   "why",   "where", "group",   "same_bits_as"};
  return keys;
}

const Keys& later_expectation_keys() {
  static const Keys keys{"where", "group", "same_bits_as"};
  return keys;
}

const Keys& loop_keys() {
  static const Keys keys{"passes", "stop_when", "on_nan", "state",  "step",      "next",
                         "doc",    "clock",     "solve",  "record", "checkpoint"};
  return keys;
}

const Keys& clock_keys() {
  static const Keys keys{"from", "to", "by"};
  return keys;
}

const Keys& solve_keys() {
  static const Keys keys{"over", "tol", "atol", "max", "method"};
  return keys;
}

const Keys& recording_keys() {
  static const Keys keys{"every"};
  return keys;
}

const Keys& probe_keys() {
  static const Keys keys{"at", "keep", "every", "window", "bins", "doc"};
  return keys;
}

const Keys& observer_keys() {
  static const Keys keys{"use", "watch", "every", "apply", "on_error", "stream", "doc"};
  return keys;
}

const Keys& source_keys() {
  static const Keys keys{"use",    "items",  "batch",   "last",   "shuffle", "shard",
                         "epochs", "window", "workers", "stream", "doc"};
  return keys;
}

const Keys& profile_keys() {
  static const Keys keys{"override"};
  return keys;
}

const Keys& reserved_step_keys() {
  static const Keys keys{"use", "after", "when", "every", "stream", "cache", "limits", "isolate", "retry", "doc"};
  return keys;
}

const Keys& later_step_keys() {
  static const Keys keys{"when", "cache", "limits", "isolate", "retry"};
  return keys;
}

bool contains(const Keys& keys, std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

bool always_exists(std::string_view table) {
  return table == "scenario" || table == "save" || table == "limits" || table == "plugins";
}

bool may_be_new(std::span<const std::string> path) {
  if (path.size() == 2) {
    if (path[0] == "scenario") return contains(scenario_keys(), path[1]);
    if (path[0] == "save") return contains(save_keys(), path[1]);
    if (path[0] == "limits") return contains(limits_keys(), path[1]);
    if (path[0] == "plugins") return contains(plugins_keys(), path[1]);
  }
  if (path.size() == 3 && path[0] == "loop") return contains(loop_keys(), path[2]);
  if (path.size() == 4 && path[0] == "loop" && path[2] == "solve") return contains(solve_keys(), path[3]);
  if (path.size() == 5 && path[0] == "loop" && path[2] == "step") return true;
  // Whether an operation has such an input is known only when plugins are.
  if (path.size() == 3 && (path[0] == "step" || path[0] == "observe" || path[0] == "source")) return true;
  if (path.size() == 3 && path[0] == "probe") return contains(probe_keys(), path[2]);
  if (path.size() == 3 && path[0] == "plot") return contains(plot_keys(), path[2]);
  return path.size() == 3 && path[0] == "expect" && contains(expectation_keys(), path[2]);
}

}  // namespace orrery::scenario
