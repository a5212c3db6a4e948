// Tables as CSV text that value::parse_csv reads back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/value/table.hpp"

namespace orrery::store {

/// RFC 4180 with a header row; a column's unit follows its name in brackets. Numbers read back as exactly themselves.
std::string to_csv(const value::Table& table);

}  // namespace orrery::store
