// What a scan found out about a plugin file, and its form on one line of text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace orrery::host {

struct Verdict {
  std::string plugin;                ///< its name, if it is good
  std::optional<base::Error> error;  ///< why it is refused; without labels and suggestions

  bool good() const { return !error; }
};

/// Many errors as one: the others become notes of the first.
base::Error joined(base::Errors errors);

/// Fields separated by tabs, without a line break.
std::string to_line(const Verdict& verdict);
/// Empty if the line is not one of to_line.
std::optional<Verdict> verdict_of_line(std::string_view line);

/// The parts of a line between tabs.
std::vector<std::string_view> fields_of(std::string_view line);

}  // namespace orrery::host
