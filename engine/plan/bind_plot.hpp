// Binding the values of a plot, and checking that they can be drawn together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/plan/binder.hpp"

namespace orrery::plan {

/// Empty after errors, which the binder gathers.
std::optional<PlannedPlot> bind_plot(Binder& binder, const scenario::Plot& given);

/// What keeps values of these signatures from being drawn: before the run as far as that is known, after it all of it.
/// Each error names the plot.
base::Errors plot_problems(const PlannedPlot& plot, const std::optional<Signature>& x, const std::vector<Signature>& y);

constexpr std::int64_t most_plot_lines = 64;

}  // namespace orrery::plan
