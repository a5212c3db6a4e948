// Statistics of rows of attention weights, and where 1/sqrt(n) runs out of digits.
// SPDX-License-Identifier: Apache-2.0
//
// Xiao et al. 2024 for sinks. For values of variance v the weighted mean has variance v sum a^2 (Chi et al. 2023).
#pragma once

#include <cstdint>
#include <span>

namespace orrery::attention {

struct RowStatistics {
  double entropy = 0.0;        ///< [nat] -sum a ln a
  double participation = 0.0;  ///< sum a^2
  double sink = 0.0;           ///< weight of the first keys
  double distance = 0.0;       ///< mean of |position - key|
};

/// @param weights [-] of one query, >= 0, of sum 1 within 1e-5   @param position [-] of the query, counted in keys
/// @param sinks [-] how many first keys   @returns see there   @throws std::domain_error if weights are not such
/// @accuracy relative keys x 1.1e-16   @source Shannon 1948
RowStatistics row_statistics(std::span<const double> weights, std::int64_t position, std::int64_t sinks);

enum class FloatFormat { bfloat16, float16, float32 };

/// The first n >= 1 for which 1/sqrt(n) and 1/sqrt(n + 1), rounded correctly to the format, are equal.
/// @returns exact   @source by search, from where a unit in the last place may exceed the difference
std::int64_t first_collision(FloatFormat format);

/// Positions up to n are told apart at z standard deviations by the mean square of d Gaussian values: n <= sqrt(d/2)/z,
/// since the relative error of a mean square is sqrt(2/d).
/// @param depth [-] d > 0   @param deviations [-] z > 0   @returns sqrt(d/2)/z   @throws std::domain_error
double resolved_positions(double depth, double deviations);

}  // namespace orrery::attention
