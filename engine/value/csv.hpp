// Reading CSV files as tables with units.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/value/table.hpp"

namespace orrery::value {

/// RFC 4180 with a header row; lines that begin with # are comments. A column's unit follows its name in brackets:
/// "semi_major_axis [km]". A column whose cells are all numbers (or empty: NaN) becomes f64 - i64 if all are whole
/// numbers and there is no unit - any other becomes text. Errors carry no span but name row and column:
/// file_not_found, file_unreadable, file_too_large, not_utf8, bad_data_file.
base::Result<Table> read_csv(const std::filesystem::path& path);
base::Result<Table> parse_csv(std::string_view text, std::string_view name);

}  // namespace orrery::value
