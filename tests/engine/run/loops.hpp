// Scenarios of one loop "l", and what a run of it left.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/engine/run/lambdas.hpp"

namespace test {

inline std::string inner(const std::string& name, const std::string& operation, const std::string& inputs) {
  return "[loop.l.step." + name + "]\nuse = \"test." + operation + "\"\n" + inputs + "\n";
}

/// Counts in steps of b from x.
inline std::string counting(const std::string& ends, const std::string& first = "0.0", const std::string& b = "1") {
  return "[loop.l]\n" + ends + "\n[loop.l.state]\nx = " + first + "\n" +
         inner("more", "sum", "a = \"@state.x\"\nb = " + b) + "[loop.l.next]\nx = \"@more.y\"\n";
}

inline std::string failure(const orrery::run::RunResult& result) {
  const auto& error = report(result, "l").error;
  return error ? error->message : "none";
}

}  // namespace test
