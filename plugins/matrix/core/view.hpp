// Rectangular views of row-major matrices, and matrices that own their memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace orrery::matrix {

using Index = std::int64_t;
using Complex = std::complex<double>;

/// float for float, double for double and Complex.
template <class T>
struct RealPart {
  using type = T;
};
template <class T>
struct RealPart<std::complex<T>> {
  using type = T;
};
template <class T>
using Real = typename RealPart<std::remove_const_t<T>>::type;

template <class T>
inline constexpr bool is_complex = !std::is_same_v<Real<T>, std::remove_const_t<T>>;

/// x for a real number, its conjugate for a complex one.
template <class T>
constexpr T conjugate(const T& x) {
  if constexpr (is_complex<T>) return T(x.real(), -x.imag());
  else return x;
}

/// |x|^2.
template <class T>
constexpr Real<T> square_magnitude(const T& x) {
  if constexpr (is_complex<T>) return x.real() * x.real() + x.imag() * x.imag();
  else return x * x;
}

template <class T>
constexpr Real<T> real_part(const T& x) {
  if constexpr (is_complex<T>) return x.real();
  else return x;
}

/// A rectangle of a row-major matrix: element (i, j) is data[i * stride + j]. It owns nothing.
template <class T>
struct View {
  T* data = nullptr;
  Index rows = 0, cols = 0, stride = 0;

  View() = default;
  View(T* first, Index n_rows, Index n_cols, Index row_stride)
      : data(first), rows(n_rows), cols(n_cols), stride(row_stride) {}
  View(T* first, Index n_rows, Index n_cols) : View(first, n_rows, n_cols, n_cols) {}
  /// A view for reading of one for writing.
  template <class U>
  requires(std::is_same_v<T, const U>) View(const View<U>& other)  // NOLINT(google-explicit-constructor)
      : View(other.data, other.rows, other.cols, other.stride) {}

  T& operator()(Index i, Index j) const { return data[i * stride + j]; }
  std::span<T> row(Index i) const { return {data + i * stride, static_cast<std::size_t>(cols)}; }
  View block(Index row, Index col, Index n_rows, Index n_cols) const {
    return {data + row * stride + col, n_rows, n_cols, stride};
  }
  View columns(Index first, Index count) const { return block(0, first, rows, count); }
  View row_range(Index first, Index count) const { return block(first, 0, count, cols); }
  bool empty() const { return rows == 0 || cols == 0; }
};

/// A row-major matrix that owns its memory, aligned to 64 bytes and without gaps. It can be moved; copy() copies it.
template <class T>
class Matrix {
 public:
  Matrix() = default;
  /// All elements 0.
  Matrix(Index rows, Index cols) : Matrix(uninitialised(rows, cols)) { std::fill_n(data(), rows * cols, T{}); }
  /// The elements have no value yet.
  static Matrix uninitialised(Index rows, Index cols) {
    Matrix made;
    made.rows_ = rows, made.cols_ = cols;
    made.data_.reset(static_cast<T*>(
        ::operator new[](static_cast<std::size_t>(std::max<Index>(rows * cols, 1)) * sizeof(T), alignment)));
    return made;
  }
  static Matrix copy_of(View<const T> from) {
    Matrix made = uninitialised(from.rows, from.cols);
    for (Index i = 0; i < from.rows; ++i)
      std::copy_n(from.data + i * from.stride, from.cols, made.data() + i * from.cols);
    return made;
  }
  static Matrix identity(Index n) {
    Matrix made(n, n);
    for (Index i = 0; i < n; ++i) made(i, i) = T{1};
    return made;
  }
  Matrix copy() const { return copy_of(view()); }

  Index rows() const { return rows_; }
  Index cols() const { return cols_; }
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  T& operator()(Index i, Index j) { return data_.get()[i * cols_ + j]; }
  const T& operator()(Index i, Index j) const { return data_.get()[i * cols_ + j]; }
  View<T> view() { return {data(), rows_, cols_}; }
  View<const T> view() const { return {data(), rows_, cols_}; }
  operator View<T>() { return view(); }              // NOLINT(google-explicit-constructor)
  operator View<const T>() const { return view(); }  // NOLINT(google-explicit-constructor)

 private:
  static constexpr std::align_val_t alignment{64};
  struct Free {
    void operator()(T* data) const { ::operator delete[](data, alignment); }
  };
  std::unique_ptr<T[], Free> data_;
  Index rows_ = 0, cols_ = 0;
};

/// A parameter for reading that takes views and matrices alike; T is deduced from another parameter or given.
template <class T>
using In = View<const std::type_identity_t<T>>;

/// A view for reading, wherever a template parameter would not be deduced through a conversion.
template <class T>
View<const T> reading(const Matrix<T>& matrix) {
  return matrix.view();
}
template <class T>
View<const T> reading(const View<T>& view) {
  return view;
}

/// Copies the elements of a view into one of the same size; the two do not overlap.
template <class T>
void copy(View<const T> from, View<T> to) {
  for (Index i = 0; i < from.rows; ++i) std::copy_n(from.data + i * from.stride, from.cols, to.data + i * to.stride);
}

/// to(j, i) = from(i, j), conjugated if `conjugated`.
template <class T>
void transpose_into(View<const T> from, View<T> to, bool conjugated = false) {
  constexpr Index tile = 16;
  for (Index i0 = 0; i0 < from.rows; i0 += tile)
    for (Index j0 = 0; j0 < from.cols; j0 += tile)
      for (Index j = j0; j < std::min(j0 + tile, from.cols); ++j)
        for (Index i = i0; i < std::min(i0 + tile, from.rows); ++i)
          to(j, i) = conjugated ? conjugate(from(i, j)) : from(i, j);
}

/// A^T, or A^H if `conjugated`.
template <class T>
Matrix<T> transposed(View<const T> from, bool conjugated = false) {
  auto to = Matrix<T>::uninitialised(from.cols, from.rows);
  transpose_into(from, to.view(), conjugated);
  return to;
}

}  // namespace orrery::matrix
