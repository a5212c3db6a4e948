// A whole value as text: rows of numbers, a table, a text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/value/value.hpp"

namespace orrery::report {

/// One line says what it is; then its rows, each behind its index. Of more rows than the limit the first and the last
/// are shown, and a line between them says how many are not.
std::string value_text(const value::Value& value, std::int64_t row_limit = 40);

}  // namespace orrery::report
