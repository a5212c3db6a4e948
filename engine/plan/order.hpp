// Ordering steps by what they need, and drawing the cycle when there is one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace orrery::plan {

/// Step `needs` reads something of step `made_by`, or comes after it; `span` is where the scenario says so.
struct Need {
  std::size_t needs = 0, made_by = 0;
  base::Span span;
};

struct Order {
  std::vector<std::size_t> steps;  ///< all of them; those on a cycle come last
  base::Errors errors;             ///< one for each cycle, every edge shown once
};

/// Keeps the order of the file among steps that do not need each other.
Order order_steps(const std::vector<std::string>& names, const std::vector<Need>& needs);

}  // namespace orrery::plan
