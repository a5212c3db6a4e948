// The command line's share of a scenario: --set and --profile.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/base/error.hpp"
#include "engine/scenario/node.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {

/// Lays one --set over the tree. A path of one word is a name of [let]. The value is TOML if it can be read as that,
/// and plain text otherwise. Error: unknown_setting.
void lay_setting(Node& tree, const Setting& setting, bool report, base::Errors& errors);

/// True for what stands on the command line and not in a file.
bool is_on_command_line(const base::Span& span);

/// A text of the command line, and a value: TOML if it can be read as that, else plain text. `before` is what stands
/// before it, at least three characters of a value.
Node command_line_node(const std::string& before, const std::string& text);
Node command_line_value(const std::string& before, const std::string& value);

/// The place of a word of the command line that is reconstructed as `before` + `word`.
base::Span command_line_span(const std::string& before, const std::string& word);

}  // namespace orrery::scenario
