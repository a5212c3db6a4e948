// Norms of an error from a few products with random vectors, with bounds that hold with a stated confidence.
// SPDX-License-Identifier: Apache-2.0
// Sources: Gratton, Titley-Peloquin 2018 (small-sample estimates of the Frobenius norm); Dixon 1983, Kuczynski,
// Wozniakowski 1992 (the power method from a random start).
#pragma once

#include "plugins/matrix/core/operator.hpp"
#include "plugins/matrix/core/random.hpp"

namespace orrery::matrix {

struct NormEstimate {
  double frobenius = 0.0;        ///< its square is unbiased
  double frobenius_bound = 0.0;  ///< at least |E|_F, with the confidence
  double spectral = 0.0;         ///< at most |E|_2, and close to it where its largest singular values are apart
  double spectral_bound = 0.0;   ///< at least |E|_2, with the confidence
};

/// Frobenius and spectral norm of E from its products with `probes` normal vectors and `power` further multiplications
/// by E^H E. The bounds hold for every E. With s probes of degrees of freedom f = s (2s for complex), the Frobenius
/// bound is frobenius/sqrt(t) with (f/2) (1 - t + ln t) = ln(1 - confidence); the spectral bound is (max |E (E^H
/// E)^power g| / q)^(1/(2 power + 1)) where the first component of none of s normal vectors exceeds q in size with
/// probability 1 - confidence.
/// @param probes [-] 1 or more   @param power [-] 0 or more   @param confidence [-] 0 < confidence < 1
/// @throws std::domain_error for a value outside its range
/// @source Gratton, Titley-Peloquin 2018; Dixon 1983
template <class T>
NormEstimate estimate_norms(const LinearOperator<T>& e, Index probes, Index power, double confidence,
                            const Random& random, const Workers& workers = in_caller());

/// What the estimates and bounds are divided by: the t above, and the q.
double frobenius_share(double degrees, double confidence);
double component_share(double probes, bool complex, double confidence);

}  // namespace orrery::matrix
