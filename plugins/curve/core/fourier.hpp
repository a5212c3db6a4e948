// A discrete Fourier transform of any length.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace orrery::curve {

/// exp(2 pi i k / n), its angle reduced exactly.   @param n > 0   @accuracy 1.5 ulp of 1
std::complex<double> unit_root(std::size_t k, std::size_t n);

/// Transforms of one length.
/// Life: 1. The constructor works the roots out, once. 2. forward() and inverse() may be called from any thread.
class FourierPlan {
 public:
  /// @param n length, n >= 1
  explicit FourierPlan(std::size_t n);

  /// X[k] = sum_j x[j] exp(-2 pi i j k / n), not normalised.   @param values n numbers, replaced by the result
  /// @accuracy 1e-15 of the root mean square times sqrt(n) for powers of two up to 128, 4e-15 for other lengths
  /// @source Cooley, Tukey 1965 (powers of two); Bluestein 1970 (all other lengths)
  void forward(std::vector<std::complex<double>>& values) const;

  /// Undoes forward(), with its factor 1 / n.
  void inverse(std::vector<std::complex<double>>& values) const;

 private:
  void transform_power_of_two(std::vector<std::complex<double>>& values) const;
  void transform_any(std::vector<std::complex<double>>& values) const;

  std::size_t n_;
  std::size_t padded_;                          // the power of two that is worked in; n_ itself if it is one
  std::vector<std::complex<double>> roots_;     // exp(-2 pi i k / padded_), k < padded_ / 2
  std::vector<std::complex<double>> chirp_;     // exp(-pi i j^2 / n_)
  std::vector<std::complex<double>> spectrum_;  // transform of the conjugate chirp, wrapped around
};

}  // namespace orrery::curve
