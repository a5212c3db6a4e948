// What came of a run, as an exit code and as what is complained of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run.hpp"

namespace orrery::cli {

int code_of(const run::RunResult& result);

/// Of its steps, in their order, then of what was made of them.
base::Errors errors_of(const run::RunResult& result);

}  // namespace orrery::cli
