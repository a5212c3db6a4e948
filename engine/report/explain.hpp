// A page on each error code.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/report/layout.hpp"

namespace orrery::report {

/// What a code means, how it comes about, and how to mend it.
struct Explanation {
  base::ErrorCode code;
  std::string_view meaning;  ///< paragraphs
  std::string_view example;  ///< what brings it about: lines of a scenario, or a command
  std::string_view remedy;   ///< paragraphs
};

/// The page of a code; null would be a defect, and a test sees to it that there is none.
const Explanation* explanation_of(base::ErrorCode code);

std::optional<base::ErrorCode> code_named(std::string_view name);
std::vector<std::string> code_names();

std::string explain_text(base::ErrorCode code, const Paint& paint = Paint());
/// {"code", "sentence", "meaning", "example", "remedy"}
std::string explain_json(base::ErrorCode code);

/// All codes, one a line, with their sentences.
std::string codes_text(const Paint& paint = Paint());
std::string codes_json();

}  // namespace orrery::report
