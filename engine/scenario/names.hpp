// What may be a name in a scenario.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace orrery::scenario {

/// [A-Za-z_], then [A-Za-z0-9_]; with `dashes` also '-' inside.
bool is_name_start(char c);
bool is_name_part(char c);
/// The length of the name that a text begins with; 0 if it begins with none.
std::size_t name_length(std::string_view text, bool dashes);
/// True if the whole text is a name, of at most 200 bytes.
bool is_name(std::string_view text, bool dashes);

}  // namespace orrery::scenario
