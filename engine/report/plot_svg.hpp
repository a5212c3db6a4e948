// A plot as SVG text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/run/plot.hpp"

namespace orrery::report {

/// A picture of 760 x 480 that needs nothing else: white ground, thin grid, colours that most kinds of colour blindness
/// keep apart, a legend beside the axes where there are several lines. NaN, infinities and, on logarithmic axes,
/// numbers that are not positive leave gaps. The same plot gives the same bytes.
std::string plot_svg(const run::Plot& plot);

}  // namespace orrery::report
