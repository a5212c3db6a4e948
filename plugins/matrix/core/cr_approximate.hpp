// The CR approximation of a product X Y as a whole: columns by any of the methods, weights, expected and actual errors.
// SPDX-License-Identifier: Apache-2.0
// Source: Drineas, Kannan, Mahoney 2006; the parts name theirs.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "plugins/matrix/core/cr_error.hpp"
#include "plugins/matrix/core/cr_factors.hpp"
#include "plugins/matrix/core/cr_sampling.hpp"

namespace orrery::matrix {

enum class CrMethod {
  norm,             ///< the largest |v_i|
  exhaustive,       ///< the best set of all
  ktuple,           ///< drops k at a time
  greedy_residual,  ///< the plain sum that improves most
  greedy_ls,        ///< the weighted sum that improves most
  sample_norm,
  sample_uniform,
  sample_leverage,
  sample_given  ///< with the probabilities that are given
};

enum class CrWeighting {
  none,      ///< all 1
  unbiased,  ///< of sampling: the mean of the approximation is X Y
  diag_ls,   ///< the best diagonal for the chosen set
  full_pinv  ///< the best full matrix for the chosen set
};

struct CrOptions {
  Index r = 1;  ///< 1 or more; from l on the product is exact
  CrMethod method = CrMethod::norm;
  CrWeighting weighting = CrWeighting::none;
  Index k = 1;                             ///< of ktuple
  double limit = 1e7;                      ///< sets that ktuple and exhaustive look at
  bool replacement = true;                 ///< of sampling
  std::vector<double> probabilities = {};  ///< of sample_given: l numbers
};

template <class T>
struct CrApproximation {
  CrChoice choice;         ///< its weights are those of sampling, or 1
  std::vector<T> weights;  ///< of the columns of choice; empty with a full core
  Matrix<T> core;          ///< full_pinv only
  bool is_exact = false;   ///< all columns were taken
};

/// Two factors, and what is computed of them once. They must outlive it.
template <class T>
class CrProblem {
 public:
  /// @param x [*] n x l   @param y [*] l x m, both finite
  CrProblem(In<T> x, In<T> y, const Workers& workers = in_caller());

  View<const T> x() const { return factors_.x(); }
  View<const T> y() const { return factors_.y(); }
  Index size() const { return x().cols; }
  /// |v_i| of the tamed factors; norms below are in the units of what was given.
  const std::vector<double>& norms() const { return norms_; }
  const CrGram<T>& gram() const;
  const TameFactors<T>& factors() const { return factors_; }

  /// @throws std::invalid_argument for a method and weighting that do not belong together, and as the parts do
  CrApproximation<T> approximate(const CrOptions& options, const Random& random) const;
  /// |X Y - approximation|_F.   @accuracy 1e-13 |X|_F |Y|_F absolute
  double frobenius_error(const CrApproximation<T>& approximation) const;
  double spectral_error(const CrApproximation<T>& approximation, const Random& random) const;
  NormEstimate estimated_error(const CrApproximation<T>& approximation, Index probes, const Random& random) const;

  /// |X Y|_F without forming X Y at once.
  double product_norm() const;
  NormEstimate estimated_product_norm(Index probes, const Random& random) const;
  /// Z = sum of |v_i|.
  double norm_sum() const;
  /// The probabilities of a method that samples.   @throws std::invalid_argument for one that does not
  std::vector<double> probabilities(const CrOptions& options) const;
  /// The root of the expected squared error of sampling with unbiased weights.
  /// @param product_norm [*] |X Y|_F; not used by systematic sampling, which needs the Gram matrix
  double expected_error(const CrOptions& options, double product_norm) const;
  /// Squared errors of independent trials with unbiased weights, trial t with the stream t of `random`.
  std::vector<double> trial_errors(const CrOptions& options, Index trials, const Random& random) const;

 private:
  CrChoice sample(const CrOptions& options, const std::vector<double>& p, const Random& random) const;
  std::vector<Index> select(const CrOptions& options) const;
  CrResidual<T> residual(const CrApproximation<T>& approximation) const;
  std::vector<T> spread(const CrApproximation<T>& approximation) const;

  TameFactors<T> factors_;
  const Workers& workers_;
  std::vector<double> norms_;
  mutable std::unique_ptr<CrGram<T>> gram_;  // made when it is first needed, by one thread
};

bool is_sampling(CrMethod method);

}  // namespace orrery::matrix
