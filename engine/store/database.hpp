// A small door to SQLite: statements with cells in, rows of cells out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.hpp"

struct sqlite3;

namespace orrery::store {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

class Database {
 public:
  /// A new file for writing; what stood there is gone. Its journal lives in memory, so it must be made under a
  /// temporary name and moved into place when it is complete. Error: cannot_write.
  static base::Result<Database> create(const std::filesystem::path& path);
  /// An existing file, only for reading. Error: damaged_run.
  static base::Result<Database> open(const std::filesystem::path& path);

  /// One statement with its parameters. Errors: cannot_write, or damaged_run of a file opened for reading.
  base::Result<std::vector<Row>> query(const std::string& statement, std::span<const Cell> cells = {});
  /// Inserts a row into a table with as many columns as there are cells.
  base::Result<base::Done> insert(const std::string& table, const Row& cells);

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Database(std::filesystem::path path, sqlite3* connection, bool writes)
      : path_(std::move(path)), connection_(connection), writes_(writes) {}
  base::Error failure() const;

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> connection_;
  bool writes_ = false;
};

std::string text_of(const Cell& cell);
double number_of(const Cell& cell);

}  // namespace orrery::store
