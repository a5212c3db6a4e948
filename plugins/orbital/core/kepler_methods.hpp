// The classical iterations for Kepler's equation, kept apart so that their failures can be studied.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/kepler.hpp"

namespace orrery::orbital::detail {

/// @param mean_anomaly finite   @param eccentricity finite, e >= 0   @param options any method but automatic
KeplerSolution solve_by_method(double mean_anomaly, Eccentricity eccentricity, const KeplerOptions& options);

}  // namespace orrery::orbital::detail
