// What came of a run, as an exit code and as what is complained of.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/outcome.hpp"

#include <signal.h>

#include "engine/cli/session.hpp"
#include "engine/cli/signals.hpp"

namespace orrery::cli {

int code_of(const run::RunResult& result) {
  if (result.interrupted) return caught_signal() == SIGTERM ? exit_code::terminated : exit_code::interrupted;
  if (!result.all_done() || !result.errors.empty()) return exit_code::step_failed;
  return result.expectations_met() ? exit_code::done : exit_code::expectation_failed;
}

base::Errors errors_of(const run::RunResult& result) {
  base::Errors errors;
  for (const run::StepReport& step : result.steps) {
    if (step.error) errors.push_back(*step.error);
  }
  errors.insert(errors.end(), result.errors.begin(), result.errors.end());
  return errors;
}

}  // namespace orrery::cli
