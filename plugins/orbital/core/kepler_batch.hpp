// A batch of Kepler's equations by a kernel of one's choice.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/kepler.hpp"
#include "plugins/orbital/core/kepler_block.hpp"

namespace orrery::orbital::detail {

/// As solve_kepler with the automatic method, which takes the quickest kernel; all kernels give the same bits.
/// @param eccentricity n or 1   @param results spans of n or 0, unchecked
/// @returns the number of rows that failed
std::size_t solve_by_kernel(const KeplerKernel& kernel, std::span<const double> mean_anomaly,
                            std::span<const Eccentricity> eccentricity, const KeplerBatch& results);
std::size_t solve_by_kernel(const KeplerKernel& kernel, std::span<const double> mean_anomaly,
                            std::span<const double> eccentricity, const KeplerBatch& results);

}  // namespace orrery::orbital::detail
