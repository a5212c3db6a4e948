// What a CR approximation leaves of a product.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_error.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/matrix/core/cr_factors.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/pinv.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

// Solves g z = b for a positive semidefinite g with a diagonal of 1 or 0.
template <class T>
std::vector<T> solve_semidefinite(const Matrix<T>& g, const std::vector<T>& b) {
  const Index s = g.rows();
  Matrix<T> solution(s, 1), factor(s, s);
  for (Index i = 0; i < s; ++i) solution(i, 0) = b[at(i)];
  if (cholesky<T>(g, factor.view(), 1e-10)) {
    const Matrix<T> lower = transposed<T>(reading(factor), true);
    for (Index i = 0; i < s; ++i) {
      T sum = solution(i, 0);
      for (Index k = 0; k < i; ++k) sum -= lower(i, k) * solution(k, 0);
      solution(i, 0) = sum / lower(i, i);
    }
    solve_triangular_left<T>(factor, solution.view());
  } else {
    const HermitianEigen<T> eigen = small_eigen<T>(g);
    Matrix<T> coordinates = product<T>(Op::adjoint, eigen.vectors, Op::none, solution);
    const double cutoff = 4.0 * static_cast<double>(s) * 2.2e-16 * std::max(eigen.values.front(), 0.0);
    for (Index k = 0; k < s; ++k)
      coordinates(k, 0) = eigen.values[at(k)] > cutoff ? coordinates(k, 0) / eigen.values[at(k)] : T{};
    solution = product<T>(Op::none, eigen.vectors, Op::none, coordinates);
  }
  return {solution.data(), solution.data() + s};
}

template <class T>
Matrix<T> beside(In<T> a, In<T> b) {
  auto made = Matrix<T>::uninitialised(a.rows, a.cols + b.cols);
  copy<T>(a, made.view().columns(0, a.cols));
  copy<T>(b, made.view().columns(a.cols, b.cols));
  return made;
}

template <class T>
Matrix<T> above(In<T> a, In<T> b) {
  auto made = Matrix<T>::uninitialised(a.rows + b.rows, a.cols);
  copy<T>(a, made.view().row_range(0, a.rows));
  copy<T>(b, made.view().row_range(a.rows, b.rows));
  return made;
}

}  // namespace

template <class T>
std::vector<T> least_squares_weights(const CrGram<T>& gram, std::span<const Index> indices) {
  const auto s = static_cast<Index>(indices.size());
  if (s == 0) return {};
  std::vector<double> inverse_norm(indices.size());
  for (std::size_t a = 0; a < indices.size(); ++a) {
    const double square = real_part(gram(indices[a], indices[a]));
    inverse_norm[a] = square > 0.0 ? 1.0 / std::sqrt(square) : 0.0;
  }
  Matrix<T> g(s, s);
  std::vector<T> b(indices.size());
  for (Index i = 0; i < s; ++i) {
    b[at(i)] = gram.row_sums()[at(indices[at(i)])] * inverse_norm[at(i)];
    for (Index j = 0; j < s; ++j)
      g(i, j) = gram(indices[at(i)], indices[at(j)]) * inverse_norm[at(i)] * inverse_norm[at(j)];
  }
  std::vector<T> weights = solve_semidefinite(g, b);
  for (std::size_t a = 0; a < indices.size(); ++a) weights[a] *= inverse_norm[a];
  return weights;
}

template <class T>
Matrix<T> least_squares_core(In<T> x, In<T> y, std::span<const Index> indices, const Workers& workers) {
  const auto left = pinv_by_svd<T>(gather_columns<T>(x, indices, {}, workers), {}, workers);
  const auto right = pinv_by_svd<T>(gather_rows<T>(y, indices, workers), {}, workers);
  const Matrix<T> a = product<T>(Op::none, left.inverse, Op::none, x, workers);
  const Matrix<T> b = product<T>(Op::none, y, Op::none, right.inverse, workers);
  return product<T>(Op::none, a, Op::none, b, workers);
}

template <class T>
CrResidual<T>::CrResidual(In<T> x, In<T> y, std::vector<T> weights) {
  std::vector<Index> there;
  std::vector<T> missing;
  for (Index i = 0; i < x.cols; ++i)
    if (weights[at(i)] != T(1)) there.push_back(i), missing.push_back(T(1) - weights[at(i)]);
  left_ = gather_columns<T>(x, there, missing);
  right_ = gather_rows<T>(y, there);
}

template <class T>
CrResidual<T>::CrResidual(In<T> x, In<T> y, std::span<const Index> indices, Matrix<T> core) {
  Matrix<T> c = product<T>(Op::none, gather_columns<T>(x, indices), Op::none, core);
  for (Index i = 0; i < c.rows(); ++i)
    for (T& element : c.view().row(i)) element = -element;
  left_ = beside<T>(x, c);
  right_ = above<T>(y, gather_rows<T>(y, indices));
}

template <class T>
Matrix<T> CrResidual<T>::times(In<T> v, const Workers& workers) const {
  return product<T>(Op::none, left_, Op::none, product<T>(Op::none, right_, Op::none, v, workers), workers);
}

template <class T>
Matrix<T> CrResidual<T>::adjoint_times(In<T> u, const Workers& workers) const {
  return product<T>(Op::adjoint, right_, Op::none, product<T>(Op::adjoint, left_, Op::none, u, workers), workers);
}

template <class T>
double CrResidual<T>::frobenius(const Workers& workers) const {
  constexpr Index height = 256;
  double norm = 0.0;
  for (Index first = 0; first < rows(); first += height) {
    workers.poll();
    const Index count = std::min(height, rows() - first);
    const Matrix<T> block = product<T>(Op::none, reading(left_).row_range(first, count), Op::none, right_, workers);
    norm = std::hypot(norm, frobenius_norm<T>(block, workers));
  }
  return norm;
}

template <class T>
double CrResidual<T>::frobenius_flops() const {
  return 2.0 * static_cast<double>(rows()) * static_cast<double>(left_.cols()) * static_cast<double>(cols());
}

template <class T>
double spectral_norm(const CrResidual<T>& residual, const Random& random, const Workers& workers) {
  const Index n = residual.rows(), m = residual.cols(), least = std::min(n, m);
  constexpr Index small = 64, most_steps = 300;
  if (least <= small) {
    const Matrix<T> formed = m <= n ? residual.times(Matrix<T>::identity(m), workers)
                                    : residual.adjoint_times(Matrix<T>::identity(n), workers);
    return small_singular_values<T>(formed).front();
  }
  // With orthonormal bases p of the right and q of the left side, residual p = q b with b upper bidiagonal.
  const Index steps = std::min(least, most_steps);
  Matrix<T> p(m, steps), q(n, steps);
  Matrix<double> b(steps, steps);
  Matrix<T> v(m, 1);
  fill_normal<T>(v.view(), random);
  double value = 0.0;
  for (Index k = 0; k < steps; ++k) {
    workers.poll();
    project_out<T>(reading(p).columns(0, k), v.view());
    const double beta = frobenius_norm<T>(v);
    if (k > 0) b(k - 1, k) = beta;
    if (!(beta > 1e-14 * value)) break;
    for (Index i = 0; i < m; ++i) p(i, k) = v(i, 0) / beta;
    Matrix<T> u = residual.times(reading(p).columns(k, 1), workers);
    project_out<T>(reading(q).columns(0, k), u.view());
    const double alpha = b(k, k) = frobenius_norm<T>(u);
    const double before = value;
    value = small_singular_values<double>(reading(b).block(0, 0, k + 1, k + 1)).front();
    if (!(alpha > 1e-14 * value) || (k > 8 && value - before < 1e-11 * value)) break;
    for (Index i = 0; i < n; ++i) q(i, k) = u(i, 0) / alpha;
    v = residual.adjoint_times(reading(q).columns(k, 1), workers);
  }
  return value;
}

template <class T>
NormEstimate estimated_norm(const CrResidual<T>& residual, Index probes, const Random& random, const Workers& workers) {
  Matrix<T> vectors(residual.cols(), probes);
  fill_normal<T>(vectors.view(), random);
  const std::vector<double> norms = column_norms<T>(residual.times(vectors, workers), workers);
  const auto count = static_cast<double>(probes);
  double mean = 0.0, spread = 0.0;
  for (const double norm : norms) mean += norm * norm / count;
  for (const double norm : norms) spread += (norm * norm - mean) * (norm * norm - mean);
  const double value = std::sqrt(mean);
  const double of_square = std::sqrt(spread / (count * (count - 1.0)));
  return {value, value > 0.0 ? of_square / (2.0 * value) : 0.0};
}

#define ORRERY_INSTANTIATE(T)                                                                     \
  template std::vector<T> least_squares_weights<T>(const CrGram<T>&, std::span<const Index>);     \
  template Matrix<T> least_squares_core<T>(In<T>, In<T>, std::span<const Index>, const Workers&); \
  template class CrResidual<T>;                                                                   \
  template double spectral_norm<T>(const CrResidual<T>&, const Random&, const Workers&);          \
  template NormEstimate estimated_norm<T>(const CrResidual<T>&, Index, const Random&, const Workers&);
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
