// A small door to SQLite; the only file that includes it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>

#include "engine/base/text.hpp"
#include "engine/store/files.hpp"

namespace orrery::store {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

int bind(sqlite3_stmt* statement, int at, const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return sqlite3_bind_int64(statement, at, *whole);
  if (const auto* real = std::get_if<double>(&cell)) return sqlite3_bind_double(statement, at, *real);
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  return sqlite3_bind_null(statement, at);
}

Cell cell_at(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return std::monostate{};
    default:
      break;
  }
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  return std::string(bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
}

Row row_at(sqlite3_stmt* statement) {
  Row row(static_cast<std::size_t>(sqlite3_column_count(statement)));
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = cell_at(statement, static_cast<int>(i));
  return row;
}

sqlite3* connect(const std::filesystem::path& path, int flags) {
  sqlite3* connection = nullptr;
  sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  return connection;
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

base::Result<Database> Database::create(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  Database made(path, connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), true);
  if (!made.connection_ || sqlite3_errcode(made.connection_.get()) != SQLITE_OK) return made.failure();
  for (const char* setting : {"PRAGMA journal_mode = memory", "PRAGMA synchronous = full"}) {
    if (auto done = made.query(setting); !done) return std::move(done).errors();
  }
  return made;
}

base::Result<Database> Database::open(const std::filesystem::path& path) {
  Database made(path, connect(path, SQLITE_OPEN_READONLY), false);
  if (!made.connection_ || sqlite3_errcode(made.connection_.get()) != SQLITE_OK) return made.failure();
  return made;
}

base::Result<std::vector<Row>> Database::query(const std::string& statement, std::span<const Cell> cells) {
  sqlite3_stmt* prepared = nullptr;
  const int length = static_cast<int>(statement.size());
  if (sqlite3_prepare_v2(connection_.get(), statement.c_str(), length, &prepared, nullptr) != SQLITE_OK)
    return failure();
  const Statement owner(prepared);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (bind(prepared, static_cast<int>(i) + 1, cells[i]) != SQLITE_OK) return failure();
  }
  std::vector<Row> rows;
  int status = sqlite3_step(prepared);
  for (; status == SQLITE_ROW; status = sqlite3_step(prepared)) rows.push_back(row_at(prepared));
  if (status != SQLITE_DONE) return failure();
  return rows;
}

base::Result<base::Done> Database::insert(const std::string& table, const Row& cells) {
  std::string statement = "INSERT INTO " + table + " VALUES (";
  for (std::size_t i = 0; i < cells.size(); ++i) statement += i ? ", ?" : "?";
  auto done = query(statement + ")", cells);
  if (!done) return std::move(done).errors();
  return base::Done{};
}

base::Error Database::failure() const {
  sqlite3* const connection = connection_.get();
  const int reason = connection ? sqlite3_system_errno(connection) : ENOMEM;
  const int code = connection ? sqlite3_errcode(connection) & 0xFF : SQLITE_NOMEM;
  if (!writes_) {
    return {base::ErrorCode::damaged_run, "cannot read '" + path_.string() + "': " + sqlite3_errstr(code)};
  }
  if (code == SQLITE_FULL) return cannot_write(path_, ENOSPC);
  if (reason != 0) return cannot_write(path_, reason);
  return {base::ErrorCode::cannot_write, "cannot write '" + path_.string() + "': " + sqlite3_errmsg(connection)};
}

std::string text_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return base::shortest(*real);
  return {};
}

double number_of(const Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  double number = 0.0;
  const std::string text = text_of(cell);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace orrery::store
