// Errors of interpolations: in full, from probes, and in the spectral norm.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/interpolative.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

constexpr Index probes = 32;

// P(x <= at) of a chi-square variable of 2 h degrees of freedom.
double chi_square_below(int h, double at) {
  // From the smaller side: the terms of the tail that is wanted, all positive.
  double term = std::exp(-at / 2.0), sum = 0.0;
  for (int i = 1; i <= h; ++i) term *= at / 2.0 / i;
  for (int i = h + 1; term > 1e-18 * sum && i < 100000; ++i) sum += term, term *= at / 2.0 / i;
  return sum;
}

}  // namespace

double chi_square_quantile(int degrees, double p) {
  double low = 0.0, high = 4.0 * degrees + 100.0;
  for (int step = 0; step < 200 && high - low > 1e-15 * high; ++step) {
    const double middle = 0.5 * (low + high);
    (chi_square_below(degrees / 2, middle) < p ? low : high) = middle;
  }
  return high;
}

template <class T>
ErrorEstimate error_of(In<T> a, const Interpolation<T>& found, double confidence, const Random& random,
                       const Workers& workers) {
  if (!(confidence > 0.0 && confidence <= 1.0))
    throw std::domain_error("a confidence must be above 0 and at most 1; it is " + std::to_string(confidence));
  if (confidence == 1.0) {
    const double error = residual<T>(a, found, workers).frobenius;
    return {error, error, 1.0};
  }
  Matrix<T> mix(probes, a.rows);
  fill_normal<T>(mix, random);
  Matrix<T> left = product<T>(Op::none, mix, Op::none, a, workers);
  if (!found.skeleton.empty())
    multiply_add<T>(-1, Op::none, columns_of<T>(left, found.skeleton), Op::none, found.z, left.view(), workers);
  const double norm = frobenius_norm<T>(left, workers);
  constexpr int degrees = static_cast<int>(probes) * (is_complex<T> ? 2 : 1);
  const double scale = is_complex<T> ? std::sqrt(2.0) : 1.0;
  return {norm / std::sqrt(static_cast<double>(probes)),
          norm * scale / std::sqrt(chi_square_quantile(degrees, 1.0 - confidence)), confidence};
}

template <class T>
double spectral_estimate(In<T> a, const Interpolation<T>& found, int steps, const Random& random,
                         const Workers& workers) {
  Matrix<T> x(a.cols, 1);
  fill_normal<T>(x, random);
  const Matrix<T> c = columns_of<T>(a, found.skeleton);
  double norm = 0.0;
  for (int step = 0; step < steps; ++step) {
    workers.poll();
    const double length = frobenius_norm<T>(x);
    if (length == 0.0) return 0.0;
    for (Index j = 0; j < a.cols; ++j) x(j, 0) /= static_cast<Real<T>>(length);
    Matrix<T> y = product<T>(Op::none, a, Op::none, x, workers);
    if (!found.skeleton.empty())
      multiply_add<T>(-1, Op::none, c, Op::none, product<T>(Op::none, found.z, Op::none, x, workers), y.view(),
                      workers);
    norm = frobenius_norm<T>(y);
    x = product<T>(Op::adjoint, a, Op::none, y, workers);
    if (!found.skeleton.empty())
      multiply_add<T>(-1, Op::adjoint, found.z, Op::none, product<T>(Op::adjoint, c, Op::none, y, workers), x.view(),
                      workers);
  }
  return norm;
}

#define ORRERY_INSTANTIATE(T)                                                                                \
  template ErrorEstimate error_of<T>(In<T>, const Interpolation<T>&, double, const Random&, const Workers&); \
  template double spectral_estimate<T>(In<T>, const Interpolation<T>&, int, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
