// Muon: steps along the orthogonal factor of the momentum, by a Newton-Schulz iteration; Jordan et al. 2024.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// How a step is scaled by the shape of the matrix.
enum class MuonScale {
  shape,  ///< sqrt(max(1, rows/columns))
  rms     ///< 0.2 sqrt(max(rows, columns)), the root mean square of a step of Adam
};

struct MuonSettings {
  double learning_rate = 0.02;  ///< [-] >= 0
  double momentum = 0.95;       ///< [-] 0 <= mu < 1
  double weight_decay = 0.0;    ///< [-] >= 0, decoupled
  bool nesterov = true;
  int iterations = 5;  ///< of Newton and Schulz, >= 1
  MuonScale scale = MuonScale::shape;
};

/// The matrix with its singular values taken near to one, each between 0.67 and 1.21 if it was not far below the
/// largest: five iterations X (a + b A + c A^2), A = X X^T, of the matrix over its Frobenius norm.
/// @param matrix [-] rows x columns, finite   @param rows >= 1   @param columns >= 1   @param iterations >= 1
/// @returns [-] rows x columns; zero of a zero matrix
/// @accuracy relative 1e-14 of the map of singular values   @source Jordan et al. 2024: a, b, c = 3.4445,
/// -4.7750, 2.0315
std::vector<double> newton_schulz(std::span<const double> matrix, std::size_t rows, std::size_t columns,
                                  int iterations);

/// One step in place: b' = mu b + g; u = g + mu b' (Nesterov) or b'; x' = (1 - lr wd) x - lr scale newton_schulz(u).
/// @param gradient [-] rows x columns, finite   @param parameters [-] the same, updated
/// @param momentum [-] the same, updated   @param rows >= 1   @param settings as their comments say
/// @accuracy as newton_schulz, which is computed in double for either type   @source Jordan et al. 2024
template <class Real>
void muon_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> momentum, std::size_t rows,
               const MuonSettings& settings);

}  // namespace orrery::optimizer
