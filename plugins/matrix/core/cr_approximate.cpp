// The CR approximation of a product as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_approximate.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/cr_select.hpp"

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

CrChoice plain(std::vector<Index> indices) {
  const std::size_t s = indices.size();
  return {std::move(indices), std::vector<Index>(s, 1), std::vector<double>(s, 1.0)};
}

}  // namespace

bool is_sampling(CrMethod method) { return method >= CrMethod::sample_norm; }

template <class T>
CrProblem<T>::CrProblem(In<T> x, In<T> y, const Workers& workers)
    : factors_(x, y, workers), workers_(workers), norms_(outer_norms<T>(factors_.x(), factors_.y(), workers)) {}

template <class T>
const CrGram<T>& CrProblem<T>::gram() const {
  if (!gram_) gram_ = std::make_unique<CrGram<T>>(x(), y(), workers_);
  return *gram_;
}

template <class T>
std::vector<double> CrProblem<T>::probabilities(const CrOptions& options) const {
  switch (options.method) {
    case CrMethod::sample_norm:
      return norm_probabilities(norms_);
    case CrMethod::sample_uniform:
      return uniform_probabilities(norms_);
    case CrMethod::sample_leverage:
      return score_probabilities(leverage_of_factors<T>(x(), y(), workers_), norms_);
    case CrMethod::sample_given:
      if (options.probabilities.size() != norms_.size())
        throw std::invalid_argument("there must be as many probabilities as columns of X, " +
                                    std::to_string(norms_.size()) + "; there are " +
                                    std::to_string(options.probabilities.size()));
      return score_probabilities(options.probabilities, norms_);
    default:
      throw std::invalid_argument("only methods that sample have probabilities");
  }
}

template <class T>
CrChoice CrProblem<T>::sample(const CrOptions& options, const std::vector<double>& p, const Random& random) const {
  if (options.replacement) return sample_with_replacement(p, options.r, random);
  if (options.method == CrMethod::sample_uniform) return sample_simple(norms_, options.r, random);
  return sample_systematic(inclusion_probabilities(p, options.r), random);
}

template <class T>
std::vector<Index> CrProblem<T>::select(const CrOptions& options) const {
  switch (options.method) {
    case CrMethod::exhaustive:
      return select_exhaustively<T>(gram(), options.r, options.limit, workers_);
    case CrMethod::ktuple:
      return drop_in_tuples<T>(gram(), options.r, options.k, options.limit, workers_);
    case CrMethod::greedy_residual:
      return select_by_residual<T>(gram(), options.r, workers_);
    case CrMethod::greedy_ls:
      return select_by_least_squares<T>(gram(), options.r, workers_);
    default:
      return select_by_norm(norms_, options.r);
  }
}

template <class T>
CrApproximation<T> CrProblem<T>::approximate(const CrOptions& options, const Random& random) const {
  const bool samples = is_sampling(options.method);
  if (options.r < 1) throw std::invalid_argument("r must be 1 or more; it is " + std::to_string(options.r));
  if (options.weighting == CrWeighting::unbiased && !samples)
    throw std::invalid_argument("weighting 'unbiased' belongs to methods that sample");
  const std::vector<double> p = samples ? probabilities(options) : std::vector<double>();
  CrApproximation<T> result;
  if (options.r >= size()) {
    std::vector<Index> all(at(size()));
    std::iota(all.begin(), all.end(), Index{0});
    result.choice = plain(std::move(all));
    result.is_exact = true;
  } else {
    result.choice = samples ? sample(options, p, random) : plain(select(options));
  }
  const std::vector<Index>& indices = result.choice.indices;
  result.weights.assign(indices.size(), T(1));
  if (result.is_exact) {
    if (options.weighting == CrWeighting::full_pinv) result.core = Matrix<T>::identity(size()), result.weights.clear();
    return result;
  }
  if (options.weighting == CrWeighting::unbiased)
    for (std::size_t j = 0; j < indices.size(); ++j) result.weights[j] = T(result.choice.weights[j]);
  if (options.weighting == CrWeighting::diag_ls) result.weights = least_squares_weights<T>(gram(), indices);
  if (options.weighting == CrWeighting::full_pinv) {
    result.core = least_squares_core<T>(x(), y(), indices, workers_);
    result.weights.clear();
  }
  return result;
}

template <class T>
std::vector<T> CrProblem<T>::spread(const CrApproximation<T>& approximation) const {
  std::vector<T> all(at(size()), T{});
  for (std::size_t j = 0; j < approximation.weights.size(); ++j)
    all[at(approximation.choice.indices[j])] = approximation.weights[j];
  return all;
}

template <class T>
CrResidual<T> CrProblem<T>::residual(const CrApproximation<T>& approximation) const {
  if (!approximation.weights.empty()) return CrResidual<T>(x(), y(), spread(approximation));
  return CrResidual<T>(x(), y(), approximation.choice.indices, approximation.core.copy());
}

template <class T>
double CrProblem<T>::frobenius_error(const CrApproximation<T>& approximation) const {
  if (approximation.is_exact) return 0.0;
  if (gram_ && !approximation.weights.empty()) {
    // The quadratic form is cheap, and good while it does not cancel.
    const std::vector<T> weights = spread(approximation);
    const double square = gram_->residual_square(weights);
    if (square > 1e-4 * gram_->residual_scale(weights)) return factors_.unscaled(std::sqrt(square));
  }
  return factors_.unscaled(residual(approximation).frobenius(workers_));
}

template <class T>
double CrProblem<T>::spectral_error(const CrApproximation<T>& approximation, const Random& random) const {
  if (approximation.is_exact) return 0.0;
  return factors_.unscaled(spectral_norm<T>(residual(approximation), random, workers_));
}

template <class T>
NormEstimate CrProblem<T>::estimated_error(const CrApproximation<T>& approximation, Index probes,
                                           const Random& random) const {
  if (approximation.is_exact) return {};
  const NormEstimate norm = estimated_norm<T>(residual(approximation), probes, random, workers_);
  return {factors_.unscaled(norm.value), factors_.unscaled(norm.standard_error)};
}

template <class T>
double CrProblem<T>::product_norm() const {
  const auto n = static_cast<double>(x().rows), l = static_cast<double>(size()), m = static_cast<double>(y().cols);
  if (!gram_ && (n + m) * l > n * m)
    return factors_.unscaled(CrResidual<T>(x(), y(), std::vector<T>(at(size()), T{})).frobenius(workers_));
  return factors_.unscaled(std::sqrt(gram().product_square()));
}

template <class T>
NormEstimate CrProblem<T>::estimated_product_norm(Index probes, const Random& random) const {
  const CrResidual<T> whole(x(), y(), std::vector<T>(at(size()), T{}));
  const NormEstimate norm = estimated_norm<T>(whole, probes, random, workers_);
  return {factors_.unscaled(norm.value), factors_.unscaled(norm.standard_error)};
}

template <class T>
double CrProblem<T>::norm_sum() const {
  return factors_.unscaled(std::accumulate(norms_.begin(), norms_.end(), 0.0));
}

template <class T>
double CrProblem<T>::expected_error(const CrOptions& options, double product_norm) const {
  const std::vector<double> p = probabilities(options);
  if (options.r >= size()) return 0.0;
  const double tame_norm = std::ldexp(product_norm, factors_.exponent());
  double square = 0.0;
  if (options.replacement) square = expected_square(norms_, p, options.r, tame_norm * tame_norm);
  else if (options.method == CrMethod::sample_uniform)
    square = expected_square_simple(norms_, options.r, tame_norm * tame_norm);
  else square = expected_square_systematic<T>(gram(), inclusion_probabilities(p, options.r));
  return factors_.unscaled(std::sqrt(square));
}

template <class T>
std::vector<double> CrProblem<T>::trial_errors(const CrOptions& options, Index trials, const Random& random) const {
  std::vector<double> errors(at(trials), 0.0);
  const std::vector<double> p = probabilities(options);
  if (options.r >= size()) return errors;
  const CrGram<T>& g = gram();
  workers_.for_each(trials, 16, [&](Index begin, Index end) {
    workers_.poll();
    for (Index trial = begin; trial < end; ++trial) {
      const CrChoice choice = sample(options, p, random.stream(static_cast<std::uint64_t>(trial)));
      // |X Y - sum w_j v_j|^2 = |X Y|^2 + sum over j of w_j (sum over k of w_k G_jk - 2 Re <v_j, X Y>).
      double square = g.product_square();
      for (std::size_t j = 0; j < choice.indices.size(); ++j) {
        double sum = -2.0 * real_part(g.row_sums()[at(choice.indices[j])]);
        for (std::size_t k = 0; k < choice.indices.size(); ++k)
          sum += choice.weights[k] * real_part(g(choice.indices[j], choice.indices[k]));
        square += choice.weights[j] * sum;
      }
      errors[at(trial)] = factors_.unscaled(std::sqrt(std::max(0.0, square)));
    }
  });
  return errors;
}

template class CrProblem<double>;
template class CrProblem<Complex>;

}  // namespace orrery::matrix
