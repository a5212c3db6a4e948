// Norms of an error from a few products with random vectors.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/error_estimate.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

void require(bool holds, const char* what, const char* range, double given) {
  if (!holds)
    throw std::domain_error(std::string("the ") + what + " must " + range + "; it is " + std::to_string(given));
}

// Columns of length 1, their old lengths returned; those of length 0 stay.
template <class T>
std::vector<double> normalise(View<T> x, const Workers& workers) {
  const std::vector<double> lengths = column_norms<T>(x, workers);
  for (Index i = 0; i < x.rows; ++i)
    for (Index j = 0; j < x.cols; ++j) {
      const double length = lengths[static_cast<std::size_t>(j)];
      if (length > 0.0) x(i, j) = T(x(i, j) / static_cast<Real<T>>(length));
    }
  return lengths;
}

}  // namespace

// For positive weights w with sum 1 and independent chi-square x of f/s degrees each, P(sum w x < t) is by Chernoff at
// most prod (1 + 2 u w)^(-f/2) exp(u t ...), which is largest for a single weight: the bound is that of E of rank 1.
double frobenius_share(double degrees, double confidence) {
  const double target = 2.0 * std::log1p(-confidence) / degrees;  // 1 - t + ln t on 0 < t < 1
  double low = 1e-300, high = 1.0;
  for (int i = 0; i < 2000 && high / low > 1.0 + 1e-12; ++i) {
    const double middle = std::sqrt(low) * std::sqrt(high);
    (1.0 - middle + std::log(middle) < target ? low : high) = middle;
  }
  return low;
}

double component_share(double probes, bool complex, double confidence) {
  const double each = std::pow(1.0 - confidence, 1.0 / probes);  // P(|component| <= q) of one vector
  // Of a complex normal of variance 1, |component|^2 is exponential.
  if (complex) return std::sqrt(-std::log1p(-each));
  return normal_quantile(0.5 + 0.5 * each);
}

template <class T>
NormEstimate estimate_norms(const LinearOperator<T>& e, Index probes, Index power, double confidence,
                            const Random& random, const Workers& workers) {
  require(probes >= 1, "number of probes", "be at least 1", static_cast<double>(probes));
  require(power >= 0, "number of power steps", "be at least 0", static_cast<double>(power));
  require(confidence > 0.0 && confidence < 1.0, "confidence", "lie in (0, 1)", confidence);
  Matrix<T> x(e.cols(), probes), y(e.rows(), probes);
  fill_normal(x.view(), random);
  e.apply(x, y.view(), workers);
  NormEstimate estimate;
  // log |E (E^H E)^j g| of each probe; logarithms, since powers overflow.
  std::vector<double> grown(static_cast<std::size_t>(probes), 0.0), lengths = normalise(y.view(), workers);
  double squares = 0.0;
  const double largest = *std::max_element(lengths.begin(), lengths.end());
  if (!(largest > 0.0)) return estimate;
  for (std::size_t j = 0; j < lengths.size(); ++j) {
    squares += (lengths[j] / largest) * (lengths[j] / largest);
    grown[j] = std::log(lengths[j]);
  }
  estimate.frobenius = largest * std::sqrt(squares / static_cast<double>(probes));
  const double degrees = static_cast<double>(probes) * (is_complex<T> ? 2.0 : 1.0);
  estimate.frobenius_bound = estimate.frobenius / std::sqrt(frobenius_share(degrees, confidence));
  for (Index step = 0; step < power; ++step) {
    workers.poll();
    e.apply_adjoint(y, x.view(), workers);
    const std::vector<double> back = normalise(x.view(), workers);
    e.apply(x, y.view(), workers);
    lengths = normalise(y.view(), workers);
    for (std::size_t j = 0; j < lengths.size(); ++j) grown[j] += std::log(back[j]) + std::log(lengths[j]);
  }
  if (power == 0) {  // |E x| of a unit vector
    fill_normal(x.view(), random);
    const std::vector<double> given = normalise(x.view(), workers);
    for (std::size_t j = 0; j < lengths.size(); ++j) lengths[j] = given[j] > 0.0 ? lengths[j] / given[j] : 0.0;
  }
  estimate.spectral = *std::max_element(lengths.begin(), lengths.end());
  const double share = component_share(static_cast<double>(probes), is_complex<T>, confidence);
  const double top = *std::max_element(grown.begin(), grown.end()) - std::log(share);
  estimate.spectral_bound = std::min(std::exp(top / static_cast<double>(2 * power + 1)), estimate.frobenius_bound);
  return estimate;
}

template NormEstimate estimate_norms<float>(const LinearOperator<float>&, Index, Index, double, const Random&,
                                            const Workers&);
template NormEstimate estimate_norms<double>(const LinearOperator<double>&, Index, Index, double, const Random&,
                                             const Workers&);
template NormEstimate estimate_norms<Complex>(const LinearOperator<Complex>&, Index, Index, double, const Random&,
                                              const Workers&);

}  // namespace orrery::matrix
