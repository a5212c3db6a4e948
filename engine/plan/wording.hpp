// Words of messages: articles, dimensions, shapes and lists of names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/value/unit.hpp"

namespace orrery::plan {

/// "a length", "an angle".
std::string with_article(std::string_view noun);

/// "a length", "an inverse length", "a number"; "a value in kg m^2/s^3" for dimensions that have no name.
std::string a_value_of(const value::Dimension& dimension);

/// "a, b, c"; of many names the first, and how many there are more.
std::string listed(const std::vector<std::string>& names);

}  // namespace orrery::plan
