// Values read from files beside the scenario.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/value/csv.hpp"
#include "engine/value/npy.hpp"

namespace orrery::plan {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;
using scenario::Term;

bool lies_in(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// The file's true path, if it lies in one of the folders after all links are followed.
Result<fs::path> locate(const Term& term, const fs::path& folder, const std::vector<fs::path>& data_folders) {
  const fs::path named = term.file;
  std::vector<fs::path> roots{folder};
  roots.insert(roots.end(), data_folders.begin(), data_folders.end());
  bool outside = named.is_absolute();
  for (const fs::path& root : roots) {
    std::error_code failed;
    const fs::path base_folder = fs::canonical(root, failed);
    if (failed) continue;
    const fs::path found = fs::weakly_canonical(base_folder / named, failed);
    if (failed) continue;
    if (!lies_in(found, base_folder)) outside = true;
    else if (fs::exists(found, failed)) return found;
  }
  const std::string shown = "'" + base::printable(term.file) + "'";
  if (outside)
    return Error(ErrorCode::file_outside, shown + " does not lie below the scenario's folder")
        .at(term.span)
        .help("put the file beside the scenario, or name its folder with --data");
  return Error(ErrorCode::file_not_found, "there is no file " + shown).at(term.span);
}

Result<value::Value> column_of(const Term& term, const value::Table& table) {
  if (const value::Column* column = table.find(term.file_column)) {
    if (!column->is_text()) return value::Value(column->tensor());
    return Error(ErrorCode::bad_selector, "column '" + term.file_column + "' holds texts").at(term.span);
  }
  const auto near = base::nearest(term.file_column, table.names());
  return Error(ErrorCode::bad_selector, "the file has no column '" + base::printable(term.file_column) + "'")
      .at(term.span, near ? "did you mean '" + *near + "'?" : "")
      .note("columns: " + base::join(table.names()));
}

Result<value::Value> read_table(const Term& term, const fs::path& path) {
  auto table = value::read_csv(path);
  if (!table) return located(std::move(table).errors(), term.span);
  if (!term.file_column.empty()) return column_of(term, *table);
  return value::Value(std::make_shared<const value::Table>(std::move(*table)));
}

Result<value::Value> read_tensor(const Term& term, const fs::path& path) {
  if (!term.file_column.empty())
    return Error(ErrorCode::bad_selector, "an NPY file has no columns").at(term.span);
  auto tensor = value::read_npy(path);
  if (!tensor) return located(std::move(tensor).errors(), term.span);
  return value::Value(std::move(*tensor));
}

}  // namespace

Result<value::Value> file_value(const Term& term, const fs::path& folder, const std::vector<fs::path>& data_folders) {
  auto path = locate(term, folder, data_folders);
  if (!path) return std::move(path).errors();
  const std::string ending = path->extension().string();
  if (ending != ".csv" && ending != ".npy")
    return Error(ErrorCode::bad_data_file, "'" + base::printable(term.file) + "' is neither .csv nor .npy").at(term.span);
  auto value = ending == ".csv" ? read_table(term, *path) : read_tensor(term, *path);
  if (!value || term.file_unit.empty()) return value;
  auto unit = value::parse_unit(term.file_unit);
  if (!unit) return located(std::move(unit).errors(), term.span);
  auto* tensor = std::get_if<value::Tensor>(&*value);
  if (!tensor) return Error(ErrorCode::bad_selector, "a unit can be given to a column, not to a table").at(term.span);
  tensor->set_unit(std::move(*unit));
  return value;
}

}  // namespace orrery::plan
