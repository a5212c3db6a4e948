// The numbers of a plot, as a run leaves them: lines in one unit, with the words around them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/plan/plan.hpp"

namespace orrery::run {

struct PlotLine {
  std::string label;
  std::shared_ptr<const std::vector<double>> x;  ///< shared by the lines of a plot
  std::vector<double> y;                         ///< as many
};

struct Plot {
  std::string name, title, doc, x_label, y_label;
  bool log_x = false, log_y = false, equal = false;
  scenario::Plot::Style style{};
  std::vector<PlotLine> lines;
};

/// The lines of a plot from the values of its x and its y, in the unit of the first y.
/// Errors, each naming the plot: those of plan::plot_problems(), which the run alone may show.
base::Result<Plot> make_plot(const plan::PlannedPlot& planned, const std::optional<value::Value>& x,
                             const std::vector<value::Value>& y);

}  // namespace orrery::run
