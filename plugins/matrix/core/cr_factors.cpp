// The factors of a product that is approximated by few of their columns and rows.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_factors.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

// Products of four elements of this size, summed, stay far from both ends of the range of double; float never leaves
// it.
constexpr double largest_tame = 1e60, smallest_tame = 1e-60;

int taming_exponent(double largest) {
  return largest == 0.0 || (largest < largest_tame && largest > smallest_tame) ? 0 : -std::ilogb(largest);
}

template <class T>
Matrix<T> scaled(View<const T> a, int exponent) {
  auto made = Matrix<T>::uninitialised(a.rows, a.cols);
  const auto scale = [exponent](Real<T> v) { return static_cast<Real<T>>(std::ldexp(v, exponent)); };
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) {
      if constexpr (is_complex<T>) made(i, j) = T(scale(a(i, j).real()), scale(a(i, j).imag()));
      else made(i, j) = scale(a(i, j));
    }
  return made;
}

// Four sums side by side, over every fourth element.
template <class T>
double sum_of_squares(std::span<const T> row) {
  double lanes[4] = {};
  std::size_t j = 0;
  const auto square = [](const T& v) -> double {
    if constexpr (is_complex<T>) return square_magnitude(v);
    else return static_cast<double>(v) * static_cast<double>(v);
  };
  for (; j + 4 <= row.size(); j += 4)
    for (std::size_t l = 0; l < 4; ++l) lanes[l] += square(row[j + l]);
  for (; j < row.size(); ++j) lanes[j & 3] += square(row[j]);
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

template <class T>
void add_squares(std::span<const T> row, std::span<double> sums) {
  for (std::size_t j = 0; j < row.size(); ++j) {
    if constexpr (is_complex<T>) sums[j] += square_magnitude(row[j]);
    else sums[j] += static_cast<double>(row[j]) * static_cast<double>(row[j]);
  }
}

}  // namespace

template <class T>
void require_factors(In<T> x, In<T> y) {
  const auto size = [](Index rows, Index cols) { return std::to_string(rows) + " x " + std::to_string(cols); };
  if (x.cols != y.rows)
    throw std::invalid_argument("X must have as many columns as Y has rows; X is " + size(x.rows, x.cols) +
                                " and Y is " + size(y.rows, y.cols));
  if (x.empty() || y.empty())
    throw std::invalid_argument("X and Y must have elements; X is " + size(x.rows, x.cols) + " and Y is " +
                                size(y.rows, y.cols));
}

template <class T>
TameFactors<T>::TameFactors(In<T> x, In<T> y, const Workers& workers) : x_(x), y_(y) {
  require_factors<T>(x, y);
  if constexpr (std::is_same_v<T, float>) return;
  const int ex = taming_exponent(largest_magnitude<T>(x, workers));
  const int ey = taming_exponent(largest_magnitude<T>(y, workers));
  if (ex != 0) x_ = (x_scaled_ = scaled<T>(x, ex)).view();
  if (ey != 0) y_ = (y_scaled_ = scaled<T>(y, ey)).view();
  exponent_ = ex + ey;
}

template <class T>
double TameFactors<T>::unscaled(double norm) const {
  const double result = std::ldexp(norm, -exponent_);
  if (std::isinf(result)) throw std::overflow_error("the norm of the product exceeds the range of double");
  return result;
}

template <class T>
std::vector<double> outer_norms(In<T> x, In<T> y, const Workers& workers) {
  // Parts of X of fixed height, each with its own sums, added up in order.
  constexpr Index height = 512;
  const auto l = static_cast<std::size_t>(x.cols);
  const Index parts = (x.rows + height - 1) / height;
  std::vector<double> sums(static_cast<std::size_t>(parts) * l, 0.0);
  workers.for_each(parts, 1, [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      const std::span<double> here(sums.data() + static_cast<std::size_t>(part) * l, l);
      for (Index i = part * height; i < std::min((part + 1) * height, x.rows); ++i) add_squares<T>(x.row(i), here);
    }
  });
  std::vector<double> norms(sums.begin(), sums.begin() + x.cols);
  for (std::size_t part = 1; part < static_cast<std::size_t>(parts); ++part)
    for (std::size_t j = 0; j < l; ++j) norms[j] += sums[part * l + j];
  workers.for_each(y.rows, 64, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      double& norm = norms[static_cast<std::size_t>(i)];
      norm = std::sqrt(norm) * std::sqrt(sum_of_squares<T>(y.row(i)));
    }
  });
  return norms;
}

template <class T>
Matrix<T> gather_columns(In<T> x, std::span<const Index> indices, std::span<const T> weights, const Workers& workers) {
  auto made = Matrix<T>::uninitialised(x.rows, static_cast<Index>(indices.size()));
  workers.for_each(x.rows, 64, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      const T* row = x.data + i * x.stride;
      T* out = made.data() + i * made.cols();
      for (std::size_t j = 0; j < indices.size(); ++j) out[j] = row[indices[j]];
      for (std::size_t j = 0; j < weights.size(); ++j) out[j] *= weights[j];
    }
  });
  return made;
}

template <class T>
Matrix<T> gather_rows(In<T> y, std::span<const Index> indices, const Workers& workers) {
  auto made = Matrix<T>::uninitialised(static_cast<Index>(indices.size()), y.cols);
  workers.for_each(made.rows(), 16, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i)
      std::copy_n(y.data + indices[static_cast<std::size_t>(i)] * y.stride, y.cols, made.data() + i * made.cols());
  });
  return made;
}

template <class T>
void multiply_selected(In<T> x, In<T> y, std::span<const Index> indices, std::span<const T> weights, View<T> out,
                       const Workers& workers) {
  const Matrix<T> c = gather_columns<T>(x, indices, weights, workers), r = gather_rows<T>(y, indices, workers);
  multiply<T>(Op::none, c, Op::none, r, out, workers);
}

#define ORRERY_INSTANTIATE(T)                                                                              \
  template void require_factors<T>(In<T>, In<T>);                                                          \
  template class TameFactors<T>;                                                                           \
  template std::vector<double> outer_norms<T>(In<T>, In<T>, const Workers&);                               \
  template Matrix<T> gather_columns<T>(In<T>, std::span<const Index>, std::span<const T>, const Workers&); \
  template Matrix<T> gather_rows<T>(In<T>, std::span<const Index>, const Workers&);                        \
  template void multiply_selected<T>(In<T>, In<T>, std::span<const Index>, std::span<const T>, View<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
