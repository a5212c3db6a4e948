// The points of a drawn line: thinned where there are more than a picture can show.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace orrery::report {

struct PlotPoint {
  double x = 0, y = 0;  ///< in pixels
  bool gap = false;     ///< nothing joins it to the point before it
};

constexpr std::size_t most_plot_points = 2000;

/// The points themselves if they are few. Otherwise, of a line whose x never falls or never rises, the lowest and the
/// highest point of each column of pixels, and the first and the last; of any other line those of short pieces of it,
/// to all four sides.
std::vector<PlotPoint> thinned(const std::vector<PlotPoint>& points);

}  // namespace orrery::report
