// results.sqlite: steps, records, expectations and saved values of a run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/run/run.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/store.hpp"

namespace orrery::store {

/// What results.sqlite holds: the tables, in the order in which they are written.
struct Results {
  std::vector<std::pair<std::string, std::string>> run;  ///< keys and values
  std::vector<run::StepReport> steps;
  std::vector<run::NamedValue> records;
  std::vector<run::Verdict> verdicts;
  std::vector<ResultFile> files;
};

/// Writes the whole database beside its name and moves it into place. Error: cannot_write.
base::Result<base::Done> write_results(const std::filesystem::path& path, const Results& results);

/// Errors: damaged_run, also for a schema that this engine does not know.
base::Result<Results> read_results(const std::filesystem::path& path);

}  // namespace orrery::store
