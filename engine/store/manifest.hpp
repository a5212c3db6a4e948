// manifest.json: where a run's numbers come from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"
#include "engine/run/run.hpp"
#include "engine/store/files.hpp"
#include "engine/store/json.hpp"
#include "engine/store/store.hpp"

namespace orrery::store {

/// A saved value and the file that holds it.
struct ResultFile {
  std::string name, file, dtype, shape, unit, sha256;
};

struct PlotEntry {
  std::string name, file, sha256;
};

/// What a run wrote beside its numbers.
struct WrittenFiles {
  std::vector<ResultFile> values;
  std::vector<PlotEntry> plots;
};

/// The manifest of a run that has just begun: all that is known before the first step.
Json starting_manifest(const plan::Plan& plan, const Provenance& provenance, Clock::time_point started,
                       const std::string& merged_text);

/// Fills in how the run ended.
void finish_manifest(Json& manifest, const run::RunResult& result, const WrittenFiles& written, int exit_code,
                     const std::vector<base::Error>& problems);

/// "done", "failed" or "interrupted"
std::string state_of(const run::RunResult& result);

}  // namespace orrery::store
