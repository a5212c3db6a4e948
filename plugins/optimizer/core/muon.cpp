// Muon: steps along the orthogonal factor of the momentum, by a Newton-Schulz iteration; Jordan et al. 2024.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/muon.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/optimizer/core/norms.hpp"

namespace orrery::optimizer {
namespace {

using Matrix = std::vector<double>;

/// a b of n x k and k x m.
Matrix product(const Matrix& a, const Matrix& b, std::size_t n, std::size_t k, std::size_t m) {
  Matrix c(n * m, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t l = 0; l < k; ++l)
      for (std::size_t j = 0; j < m; ++j) c[i * m + j] += a[i * k + l] * b[l * m + j];
  return c;
}

Matrix transposed(std::span<const double> a, std::size_t n, std::size_t m) {
  Matrix t(n * m);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < m; ++j) t[j * n + i] = a[i * m + j];
  return t;
}

/// X (a + b A + c A^2) with A = X X^T, for no more rows than columns.
Matrix iterated(const Matrix& x, std::size_t rows, std::size_t columns) {
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  const Matrix gram = product(x, transposed(x, rows, columns), rows, columns, rows);
  Matrix polynomial = product(gram, gram, rows, rows, rows);
  for (std::size_t i = 0; i < polynomial.size(); ++i) polynomial[i] = b * gram[i] + c * polynomial[i];
  for (std::size_t i = 0; i < rows; ++i) polynomial[i * rows + i] += a;
  return product(polynomial, x, rows, rows, columns);
}

}  // namespace

std::vector<double> newton_schulz(std::span<const double> matrix, std::size_t rows, std::size_t columns,
                                  int iterations) {
  const bool tall = rows > columns;
  Matrix x = tall ? transposed(matrix, rows, columns) : Matrix(matrix.begin(), matrix.end());
  const std::size_t n = std::min(rows, columns), m = std::max(rows, columns);
  const double norm = euclidean_norm<double>(x);
  if (norm == 0.0) return x;
  // By powers of two first, since the reciprocal of a tiny norm is no number.
  const int exponent = std::ilogb(norm);
  const double rest = std::scalbn(norm, -exponent);
  for (double& value : x) value = std::scalbn(value, -exponent) / rest;
  for (int i = 0; i < iterations; ++i) x = iterated(x, n, m);
  return tall ? transposed(x, n, m) : x;
}

template <class Real>
void muon_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> momentum, std::size_t rows,
               const MuonSettings& settings) {
  const std::size_t columns = rows ? gradient.size() / rows : 0;
  const auto mu = static_cast<Real>(settings.momentum);
  Matrix direction(gradient.size());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    momentum[i] = mu * momentum[i] + gradient[i];
    direction[i] = static_cast<double>(settings.nesterov ? gradient[i] + mu * momentum[i] : momentum[i]);
  }
  direction = newton_schulz(direction, rows, columns, settings.iterations);
  const auto n = static_cast<double>(rows), m = static_cast<double>(columns);
  const double scale =
      settings.scale == MuonScale::rms ? 0.2 * std::sqrt(std::max(n, m)) : std::sqrt(std::max(1.0, n / m));
  const auto kept = static_cast<Real>(1.0 - settings.learning_rate * settings.weight_decay);
  for (std::size_t i = 0; i < gradient.size(); ++i)
    parameters[i] = kept * parameters[i] - static_cast<Real>(settings.learning_rate * scale * direction[i]);
}

template void muon_step(std::span<const double>, std::span<double>, std::span<double>, std::size_t,
                        const MuonSettings&);
template void muon_step(std::span<const float>, std::span<float>, std::span<float>, std::size_t, const MuonSettings&);

}  // namespace orrery::optimizer
