// Does the normal law hold on real gradients: the shape of one sample's, and the sign of a batch's beside erf.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// One coordinate over samples.
struct Shape {
  double skewness = 0.0, excess_kurtosis = 0.0;
  double jarque_bera = 0.0;  ///< n (skewness^2 + kurtosis^2/4)/6
  double p_value = 0.0;      ///< exp(-jarque_bera/2): of chi^2 with two degrees, for many samples
};

/// @param gradients [-] samples x n, samples >= 4   @returns n; NaN where a coordinate is the same in all samples
/// @source Jarque and Bera, Economics Letters 6 (1980) 255
std::vector<Shape> sample_shapes(std::span<const double> gradients, std::size_t n);

/// The mean sign of a batch's gradient, measured, and by the normal law with the samples' own mean and deviation.
struct SignLaw {
  double measured = 0.0, error = 0.0;  ///< standard error; 0 for one sample a batch, where all batches are counted
  double law = 0.0;                    ///< erf(g sqrt(B/2)/sigma)
};

/// Batches are drawn with replacement; draw k of batch r is a function of the key.
/// @param gradients [-] samples x n   @param batch [-] B >= 1   @param draws batches, >= 2   @returns n
std::vector<SignLaw> sign_law(std::span<const double> gradients, std::size_t n, std::size_t batch, std::size_t draws,
                              std::uint64_t key);

}  // namespace orrery::optimizer
