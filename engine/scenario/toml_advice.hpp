// Advice for the usual slips in TOML: a bare quantity, a text without quotes, a colon for an equals sign.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace orrery::scenario {

/// A line cut into its parts, as far as it has them. Nothing is checked.
struct Statement {
  bool header = false;          ///< "[table]"
  std::string key;              ///< with the space before it, or the whole header
  std::string value;            ///< without the space around it and without a comment
  std::size_t value_begin = 0;  ///< byte of the value in the line
};
Statement split_statement(std::string_view line);

/// Adds a help, and where one is safe a suggestion, to an error whose first label lies in this line.
void add_advice(base::Error& error, std::string_view line);

}  // namespace orrery::scenario
