// results.sqlite.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/results.hpp"

#include <algorithm>

#include "engine/store/database.hpp"
#include "engine/store/record_text.hpp"

namespace orrery::store {
namespace {

using base::Done;
using base::Result;

constexpr std::int64_t schema_version = 1;

constexpr const char* schema[] = {
    "CREATE TABLE run (key TEXT PRIMARY KEY, value)",
    "CREATE TABLE steps (name TEXT PRIMARY KEY, operation TEXT, state TEXT, seconds REAL, error_code TEXT, error TEXT, "
    "because TEXT)",
    "CREATE TABLE records (name TEXT PRIMARY KEY, value, unit TEXT, text TEXT, dtype TEXT)",
    "CREATE TABLE expectations (name TEXT PRIMARY KEY, state TEXT, value TEXT, bound TEXT, detail TEXT, why TEXT, "
    "file TEXT, line INTEGER, column INTEGER)",
    "CREATE TABLE saved (name TEXT PRIMARY KEY, file TEXT, dtype TEXT, shape TEXT, unit TEXT, sha256 TEXT)",
};

Row step_row(const run::StepReport& step) {
  Row row{step.name, step.operation, std::string(run::name_of(step.state)), step.seconds, {}, {}, {}};
  if (step.error) {
    row[4] = std::string(base::name_of(step.error->code));
    row[5] = step.error->message;
  }
  if (!step.because.empty()) row[6] = step.because;
  return row;
}

Row record_row(const run::NamedValue& record) {
  StoredValue kept = stored(record.value);
  return {record.name, std::move(kept.value), kept.unit, value::preview(record.value), kept.dtype};
}

Row verdict_row(const run::Verdict& verdict) {
  Row row{verdict.name,
          std::string(run::name_of(verdict.state)),
          verdict.value,
          verdict.limit,
          verdict.detail,
          verdict.why,
          {},
          {},
          {}};
  if (verdict.span) {
    row[6] = verdict.span.source->name;
    row[7] = std::int64_t{verdict.span.line};
    row[8] = std::int64_t{verdict.span.column};
  }
  return row;
}

Row file_row(const ResultFile& file) { return {file.name, file.file, file.dtype, file.shape, file.unit, file.sha256}; }

std::vector<std::pair<const char*, Row>> all_rows(const Results& results) {
  std::vector<std::pair<const char*, Row>> rows;
  for (const auto& [key, value] : results.run) rows.push_back({"run", {key, value}});
  for (const auto& step : results.steps) rows.push_back({"steps", step_row(step)});
  for (const auto& record : results.records) rows.push_back({"records", record_row(record)});
  for (const auto& verdict : results.verdicts) rows.push_back({"expectations", verdict_row(verdict)});
  for (const auto& file : results.files) rows.push_back({"saved", file_row(file)});
  return rows;
}

Result<Done> fill(Database& database, const Results& results) {
  std::vector<std::string> statements{"BEGIN", "PRAGMA user_version = " + std::to_string(schema_version)};
  statements.insert(statements.end(), std::begin(schema), std::end(schema));
  for (const std::string& statement : statements) {
    if (auto done = database.query(statement); !done) return std::move(done).errors();
  }
  for (const auto& [table, row] : all_rows(results)) {
    if (auto done = database.insert(table, row); !done) return done;
  }
  if (auto done = database.query("COMMIT"); !done) return std::move(done).errors();
  return Done{};
}

/// The value whose printed name this is; the first one for a name that nothing has.
template <class E>
E state_named(const std::string& name, std::initializer_list<E> all) {
  const auto found = std::find_if(all.begin(), all.end(), [&](E state) { return run::name_of(state) == name; });
  return found == all.end() ? *all.begin() : *found;
}

base::ErrorCode code_named(const std::string& name) {
  for (const base::ErrorCode code : base::all_error_codes()) {
    if (base::name_of(code) == name) return code;
  }
  return base::ErrorCode::step_failed;
}

run::StepReport step_of(const Row& row) {
  using enum run::StepState;
  run::StepReport step{text_of(row[0]), text_of(row[1])};
  step.state = state_named(text_of(row[2]), {waiting, running, done, failed, stopped, not_run});
  step.seconds = number_of(row[3]);
  if (const std::string code = text_of(row[4]); !code.empty())
    step.error = base::Error(code_named(code), text_of(row[5]));
  step.because = text_of(row[6]);
  return step;
}

run::Verdict verdict_of(const Row& row) {
  using enum run::Verdict::State;
  run::Verdict verdict;
  verdict.name = text_of(row[0]);
  verdict.state = state_named(text_of(row[1]), {not_judged, met, failed});
  verdict.value = text_of(row[2]);
  verdict.limit = text_of(row[3]);
  verdict.detail = text_of(row[4]);
  verdict.why = text_of(row[5]);
  if (const std::string file = text_of(row[6]); !file.empty()) {
    const auto column = static_cast<std::uint32_t>(number_of(row[8]));
    verdict.span = {std::make_shared<const base::Source>(base::Source{file, ""}),
                    static_cast<std::uint32_t>(number_of(row[7])), column, column};
  }
  return verdict;
}

Result<run::NamedValue> record_of(const Row& row) {
  auto value = restored({row[1], text_of(row[2]), text_of(row[4])});
  if (!value) return std::move(value).errors();
  return run::NamedValue{text_of(row[0]), std::move(*value)};
}

Result<Done> check_version(Database& database, const std::filesystem::path& path) {
  auto version = database.query("PRAGMA user_version");
  if (!version) return std::move(version).errors();
  const std::string found = version->empty() ? "0" : text_of(version->front().front());
  if (found == std::to_string(schema_version)) return Done{};
  return base::Error(base::ErrorCode::damaged_run, "'" + path.string() + "' has schema version " + found +
                                                       "; this engine reads version " + std::to_string(schema_version));
}

}  // namespace

Result<Done> write_results(const std::filesystem::path& path, const Results& results) {
  const std::filesystem::path temporary = path.parent_path() / ("." + path.filename().string() + ".new");
  const auto written = [&]() -> Result<Done> {
    auto database = Database::create(temporary);
    if (!database) return std::move(database).errors();
    return fill(*database, results);
  }();
  if (written) return move_into_place(temporary, path);
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  return written;
}

Result<Results> read_results(const std::filesystem::path& path) {
  auto database = Database::open(path);
  if (!database) return std::move(database).errors();
  if (auto known = check_version(*database, path); !known) return std::move(known).errors();
  Results results;
  std::vector<Row> tables[5];
  constexpr const char* names[] = {"run", "steps", "records", "expectations", "saved"};
  for (std::size_t i = 0; i < 5; ++i) {
    auto rows = database->query(std::string("SELECT * FROM ") + names[i] + " ORDER BY rowid");
    if (!rows) return std::move(rows).errors();
    tables[i] = std::move(*rows);
  }
  for (const Row& row : tables[0]) results.run.emplace_back(text_of(row[0]), text_of(row[1]));
  for (const Row& row : tables[1]) results.steps.push_back(step_of(row));
  for (const Row& row : tables[2]) {
    auto record = record_of(row);
    if (!record) return std::move(record).errors();
    results.records.push_back(std::move(*record));
  }
  for (const Row& row : tables[3]) results.verdicts.push_back(verdict_of(row));
  for (const Row& row : tables[4]) {
    results.files.push_back(
        {text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3]), text_of(row[4]), text_of(row[5])});
  }
  return results;
}

}  // namespace orrery::store
