// Timing and the plans that benchmarks run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/host/plugins.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run/executor.hpp"
#include "engine/scenario/scenario.hpp"

namespace bench {

/// Seconds that f takes: the best of several tries, since noise only ever adds.
template <class F>
double best_of(int tries, F&& f) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const auto start = Clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

inline void fail(const orrery::base::Errors& errors) {
  for (const auto& error : errors) std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(1);
}

inline orrery::catalog::Catalog catalog() {
  orrery::catalog::Catalog catalog;
  auto loaded = orrery::host::load_one(ORRERY_BENCH_PLUGIN,
                                       {.folders = {}, .scan_executable = ORRERY_PROGRAM, .cache = {}}, catalog);
  if (!loaded) fail(loaded.errors());
  return catalog;
}

inline orrery::plan::Plan plan_of(const std::string& text, const orrery::catalog::Catalog& catalog) {
  auto scenario = orrery::scenario::parse(text, "bench.toml", ".");
  if (!scenario) fail(scenario.errors());
  auto plan = orrery::plan::make_plan(std::move(*scenario), catalog);
  if (!plan) fail(plan.errors());
  return std::move(*plan);
}

/// A chain of trivial steps, each reading the one before.
inline std::string chain_text(int steps) {
  std::string text = "orrery = 1\n";
  for (int i = 0; i < steps; ++i)
    text += "[step.s" + std::to_string(i) +
            "]\nuse = \"bench.step\"\nx = " + (i == 0 ? std::string("[1]") : "\"@s" + std::to_string(i - 1) + ".y\"") +
            "\n";
  return text;
}

}  // namespace bench
