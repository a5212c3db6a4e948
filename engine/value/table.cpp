// Looking into tables.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/table.hpp"

#include <algorithm>

namespace orrery::value {

const Column* Table::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> all;
  all.reserve(columns.size());
  for (const Column& column : columns) all.push_back(column.name);
  return all;
}

}  // namespace orrery::value
