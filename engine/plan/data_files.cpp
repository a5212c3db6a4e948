// Reading the data files of a scenario.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"
#include "engine/plan/data_files.hpp"
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

/// The file by the name that the scenario gives it, which is the same on every machine.
base::Errors by_name(base::Errors errors, const std::string& name, const fs::path& path) {
  for (Error& error : errors)
    if (const auto at = error.message.find(path.string()); at != std::string::npos)
      error.message.replace(at, path.string().size(), base::printable(name));
  return errors;
}

}  // namespace

DataFiles::DataFiles(fs::path folder, std::vector<fs::path> others) : folders_(std::move(others)) {
  folders_.insert(folders_.begin(), std::move(folder));
}

/// The file in the same folder whose name is nearest.
std::optional<std::string> DataFiles::nearest_file(const fs::path& named) const {
  std::vector<std::string> names;
  for (const fs::path& root : folders_) {
    std::error_code failed;
    const fs::path folder = fs::weakly_canonical(root / named.parent_path(), failed);
    if (failed || !lies_in(folder, fs::weakly_canonical(root, failed))) continue;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
      if (entry.is_regular_file(failed)) names.push_back(entry.path().filename().string());
      if (names.size() > 1000) break;
    }
  }
  std::sort(names.begin(), names.end());
  const auto near = base::nearest(named.filename().string(), names);
  return near ? std::optional((named.parent_path() / *near).string()) : std::nullopt;
}

/// The file's true path, if it lies in one of the folders after all links are followed.
Result<fs::path> DataFiles::locate(const Term& term) const {
  const fs::path named = term.file;
  bool outside = named.is_absolute();
  for (const fs::path& root : folders_) {
    std::error_code failed;
    const fs::path folder = fs::canonical(root, failed);
    if (failed) continue;
    const fs::path found = fs::weakly_canonical(folder / named, failed);
    if (failed) continue;
    if (!lies_in(found, folder)) outside = true;
    else if (fs::exists(found, failed)) return found;
  }
  const std::string shown = "'" + base::printable(term.file) + "'";
  if (outside)
    return Error(ErrorCode::file_outside, shown + " does not lie below the scenario's folder")
        .at(term.span)
        .help("put the file beside the scenario, or name its folder with --data");
  const auto near = nearest_file(term.file);
  return Error(ErrorCode::file_not_found, "there is no file " + shown)
      .at(term.span, near ? "did you mean 'file:" + *near + "'?" : "")
      .note("files are looked for below the scenario's folder, and below those of --data");
}

Result<value::Value> DataFiles::content(const Term& term, const fs::path& path) {
  if (const auto found = read_.find(path); found != read_.end()) return found->second;
  const std::string ending = path.extension().string();
  if (ending != ".csv" && ending != ".npy")
    return Error(ErrorCode::bad_data_file, "'" + base::printable(term.file) + "' is neither .csv nor .npy")
        .at(term.span);
  auto read = [&]() -> Result<value::Value> {
    if (ending == ".npy") {
      auto tensor = value::read_npy(path);
      if (!tensor) return std::move(tensor).errors();
      return value::Value(std::move(*tensor));
    }
    auto table = value::read_csv(path);
    if (!table) return std::move(table).errors();
    return value::Value(std::make_shared<const value::Table>(std::move(*table)));
  }();
  if (!read) return located(by_name(std::move(read).errors(), term.file, path), term.span);
  used_.push_back({term.file, path});
  return read_.emplace(path, std::move(*read)).first->second;
}

Result<value::Value> DataFiles::value(const Term& term) {
  auto path = locate(term);
  if (!path) return std::move(path).errors();
  auto value = content(term, *path);
  if (!value) return value;
  const auto* table = std::get_if<std::shared_ptr<const value::Table>>(&*value);
  if (!term.file_column.empty()) {
    if (!table) return Error(ErrorCode::bad_selector, "an NPY file has no columns").at(term.span);
    value = column_of(term, **table);
    if (!value) return value;
  }
  if (term.file_unit.empty()) return value;
  auto unit = value::parse_unit(term.file_unit);
  if (!unit) return located(std::move(unit).errors(), term.span);
  auto* tensor = std::get_if<value::Tensor>(&*value);
  if (!tensor) return Error(ErrorCode::bad_selector, "a unit can be given to a column, not to a table").at(term.span);
  tensor->set_unit(std::move(*unit));
  return value;
}

Result<value::Value> DataFiles::text(const Term& term) {
  constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20;
  auto path = locate(term);
  if (!path) return std::move(path).errors();
  if (!term.file_column.empty() || !term.file_unit.empty())
    return Error(ErrorCode::bad_selector, "a text input takes the whole file").at(term.span, "a column is named here");
  if (const auto found = texts_.find(*path); found != texts_.end()) return value::Value(found->second);
  auto content = base::read_file(*path, most_bytes);
  if (!content) return located(by_name(std::move(content).errors(), term.file, *path), term.span);
  if (const auto at = base::first_invalid_utf8(*content))
    return Error(ErrorCode::bad_data_file,
                 "'" + base::printable(term.file) + "' is not UTF-8 at byte " + std::to_string(*at))
        .at(term.span);
  used_.push_back({term.file, *path});
  return value::Value(texts_.emplace(*path, std::move(*content)).first->second);
}

}  // namespace orrery::plan
