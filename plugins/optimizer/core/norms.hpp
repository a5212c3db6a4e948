// Euclidean norms that neither overflow nor lose small numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::optimizer {

/// The Euclidean norm.
/// @param values [-] n, finite   @returns [-] sqrt of the sum of squares; 0 of none; infinite only where the norm is
/// @accuracy 2 ulp, by a compensated sum of squares of scaled numbers   @source Neumaier 1974
template <class Real>
double euclidean_norm(std::span<const Real> values);

}  // namespace orrery::optimizer
