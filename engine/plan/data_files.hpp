// The data files that a scenario reads: found once, read once, remembered for the record.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/plan/plan.hpp"
#include "engine/scenario/expression.hpp"
#include "engine/value/value.hpp"

namespace orrery::plan {

class DataFiles {
 public:
  /// Files lie below the scenario's folder, or below one of the others.
  DataFiles(std::filesystem::path folder, std::vector<std::filesystem::path> others);

  /// The value of "file:...": CSV as a table or one of its columns, NPY as a tensor.
  /// Errors carry their position: file_outside, file_not_found, bad_data_file, bad_selector, unknown_unit.
  base::Result<value::Value> value(const scenario::Term& term);
  /// The text of a file, whatever its ending. At most 64 MiB, UTF-8.
  base::Result<value::Value> text(const scenario::Term& term);
  const std::vector<DataFile>& used() const { return used_; }

 private:
  base::Result<std::filesystem::path> locate(const scenario::Term& term) const;
  std::optional<std::string> nearest_file(const std::filesystem::path& named) const;
  base::Result<value::Value> content(const scenario::Term& term, const std::filesystem::path& path);

  std::vector<std::filesystem::path> folders_;
  std::map<std::filesystem::path, value::Value> read_;
  std::map<std::filesystem::path, std::string> texts_;
  std::vector<DataFile> used_;
};

}  // namespace orrery::plan
