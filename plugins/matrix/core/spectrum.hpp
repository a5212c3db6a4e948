// What singular values say of a matrix: rank, condition, norms, and the least errors of lower rank.
// SPDX-License-Identifier: Apache-2.0
// Sources: Eckart, Young 1936; Roy, Vetterli 2007 (effective rank); Tropp 2015 (stable rank).
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

struct SpectrumFigures {
  Index rank = 0;
  double condition = 0.0, frobenius = 0.0, nuclear = 0.0, stable_rank = 0.0, effective_rank = 0.0;
};

/// Figures of a matrix with these singular values.
/// @param values [*] p >= 1 numbers, falling, none negative   @param threshold [*] values above it count for the rank
/// @returns condition infinite if the last value is 0, and NaN if all are; the two other ranks 0 for a zero matrix
/// @accuracy 1e-15 p relative   @source Roy, Vetterli 2007; Tropp 2015
SpectrumFigures spectrum_figures(std::span<const double> values, double threshold);

/// sqrt of the sum of the squares of values[r] and all after it, for r = 0 to p.
/// @returns [*] p + 1   @accuracy 1e-15 p relative, without overflow or underflow   @source Eckart, Young 1936
std::vector<double> errors_by_rank(std::span<const double> values);

}  // namespace orrery::matrix
