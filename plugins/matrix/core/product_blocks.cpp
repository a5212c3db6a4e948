// Products of dense matrices: packing, blocking, and the cut into parts.
// SPDX-License-Identifier: Apache-2.0
// A complex product is done as a real one of twice the columns and twice the terms: a row of the left factor is the
// real numbers that it is stored as, and to an element x + iy of the right factor belong the rows (x, y) and (-y, x).
#include "plugins/matrix/core/product_blocks.hpp"

#include <algorithm>
#include <vector>

namespace orrery::matrix::detail {
namespace {

// Rows of a packed block of the left factor, which stays in the second cache, and columns of one of the right factor.
constexpr Index left_rows = 192, right_cols = 1920;
// With at most so many columns the left factor is not packed: it would cost more than it brings.
constexpr Index few_cols = 240;
// A long sum for a small result is cut into this many terms or more, so that all threads take part.
constexpr Index slab = 8192, most_slabs = 32, small_result = 512 * 512;

template <class T>
struct Factors {
  Op op_a;
  View<const T> a;
  Op op_b;
  View<const T> b;
};

constexpr Index round_up(Index n, Index by) { return (n + by - 1) / by * by; }

template <class T>
constexpr Index parts = is_complex<T> ? 2 : 1;  // real numbers of an element

// Elements [row, row + rows) x [term, term + terms) of the left factor, as panels of `height` rows, term after term.
template <class T>
void pack_left(Op op, View<const T> a, Index row, Index rows, Index term, Index terms, Index height, Real<T>* to) {
  for (Index panel = 0; panel < rows; panel += height, to += height * terms * parts<T>) {
    const Index count = std::min(height, rows - panel);
    for (Index l = 0; l < terms; ++l)
      for (Index i = 0; i < count; ++i) {
        const T& x = op == Op::none ? a(row + panel + i, term + l) : a(term + l, row + panel + i);
        if constexpr (is_complex<T>) {
          to[2 * l * height + i] = x.real();
          to[(2 * l + 1) * height + i] = op == Op::adjoint ? -x.imag() : x.imag();
        } else {
          to[l * height + i] = x;
        }
      }
  }
}

// Full panels of a real factor that is transposed: `height` neighbours are moved at once, from a few rows that stay in
// the first cache, since the panels lie a power of two apart and would push each other out.
template <int height, class R>
void pack_transposed(View<const R> a, Index row, Index rows, Index term, Index terms, R* to) {
  constexpr Index terms_at_once = 16;
  const Index whole = rows / height * height;
  for (Index first = 0; first < terms; first += terms_at_once) {
    const Index last = std::min(first + terms_at_once, terms);
    for (Index panel = 0; panel < whole; panel += height) {
      const R* from = a.data + (term + first) * a.stride + row + panel;
      R* place = to + panel * terms + first * height;
      for (Index l = first; l < last; ++l, from += a.stride, place += height)
        for (int i = 0; i < height; ++i) place[i] = from[i];
    }
  }
  if (whole < rows) pack_left<R>(Op::transpose, a, row + whole, rows - whole, term, terms, height, to + whole * terms);
}

// A full strip of a real factor: `width` neighbours are moved at once.
template <int width, class R>
void pack_strip(const R* from, Index stride, Index terms, R* to) {
  for (Index l = 0; l < terms; ++l, from += stride, to += width)
    for (int j = 0; j < width; ++j) to[j] = from[j];
}

// The widths of the kernels. @returns false for another
template <class R>
bool pack_full_strip(const R* from, Index stride, Index terms, Index width, R* to) {
  if (width == 48) pack_strip<48>(from, stride, terms, to);
  else if (width == 24) pack_strip<24>(from, stride, terms, to);
  else if (width == 12) pack_strip<12>(from, stride, terms, to);
  else return false;
  return true;
}

template <class T>
void pack_left_block(Op op, View<const T> a, Index row, Index rows, Index term, Index terms, Index height,
                     Real<T>* to) {
  if constexpr (!is_complex<T>) {
    if (op != Op::none && height == 8) return pack_transposed<8>(a, row, rows, term, terms, to);
    if (op != Op::none && height == 4) return pack_transposed<4>(a, row, rows, term, terms, to);
  }
  pack_left(op, a, row, rows, term, terms, height, to);
}

// `width` numbers of a row of the right factor in their order, zeros behind the last.
template <class T>
void pack_right_row(Op op, View<const T> b, Index term, Index col, Index cols, Index width, Real<T>* to) {
  if constexpr (is_complex<T>) {
    Real<T>* below = to + width;
    for (Index j = 0; j < cols; ++j) {
      const T& x = op == Op::none ? b(term, col + j) : b(col + j, term);
      const double im = op == Op::adjoint ? -x.imag() : x.imag();
      to[2 * j] = x.real(), to[2 * j + 1] = im;
      below[2 * j] = -im, below[2 * j + 1] = x.real();
    }
    std::fill(to + 2 * cols, to + width, 0.0), std::fill(below + 2 * cols, below + width, 0.0);
  } else {
    if (op == Op::none) std::copy_n(b.data + term * b.stride + col, cols, to);
    else
      for (Index j = 0; j < cols; ++j) to[j] = b(col + j, term);
    std::fill(to + cols, to + width, Real<T>{});
  }
}

/// One part of the result, by one thread.
template <class T>
class Part {
  using R = Real<T>;

 public:
  Part(const ProductKernel<R>& kernel, R factor, const Factors<T>& factors, View<T> out)
      : kernel_(kernel), factor_(factor), factors_(factors), out_(out) {}

  // Rows and columns of the result, and terms of the sum.
  void run(Index row, Index rows, Index col, Index cols, Index term, Index terms, bool add) {
    const Index most = round_up(std::min(right_cols, cols * parts<T>), kernel_.lanes);
    right_ = Matrix<R>::uninitialised(std::min(chain, terms * parts<T>), most);
    const bool packed = !(factors_.op_a == Op::none && cols * parts<T> <= few_cols);
    if (packed)
      left_ = Matrix<R>::uninitialised(round_up(std::min(left_rows, rows), kernel_.rows),
                                       std::min(chain, terms * parts<T>));
    constexpr Index terms_at_once = chain / parts<T>, cols_at_once = right_cols / parts<T>;
    for (Index j = 0; j < cols; j += cols_at_once) {
      const Index count = std::min(cols_at_once, cols - j);
      for (Index l = 0; l < terms; l += terms_at_once) {
        const Index some = std::min(terms_at_once, terms - l);
        pack_right(col + j, count, term + l, some);
        if (packed) run_packed(row, rows, col + j, count, term + l, some, add || l > 0);
        else run_in_place(row, rows, col + j, count, term + l, some, add || l > 0);
      }
    }
  }

 private:
  // In strips of the kernel's width, the last one of as many whole vectors as it needs.
  void pack_right(Index col, Index cols, Index term, Index terms) {
    const Index strip = kernel_.cols / parts<T>;
    R* to = right_.data();
    for (Index j = 0; j < cols; j += strip) {
      const Index count = std::min(strip, cols - j), width = round_up(count * parts<T>, kernel_.lanes);
      if constexpr (!is_complex<T>)
        if (factors_.op_b == Op::none && count == strip &&
            pack_full_strip(&factors_.b(term, col + j), factors_.b.stride, terms, width, to)) {
          to += width * terms;
          continue;
        }
      for (Index l = 0; l < terms; ++l, to += width * parts<T>)
        pack_right_row(factors_.op_b, factors_.b, term + l, col + j, count, width, to);
    }
  }

  void run_packed(Index row, Index rows, Index col, Index cols, Index term, Index terms, bool add) {
    const Index strip = kernel_.cols / parts<T>, inner = terms * parts<T>;
    for (Index i = 0; i < rows; i += left_rows) {
      const Index count = std::min(left_rows, rows - i);
      pack_left_block(factors_.op_a, factors_.a, row + i, count, term, terms, kernel_.rows, left_.data());
      for (Index j = 0; j < cols; j += strip)
        for (Index p = 0; p < count; p += kernel_.rows)
          run_tile({left_.data() + p * inner, 1, kernel_.rows}, inner, j, std::min(strip, cols - j), row + i + p,
                   std::min(kernel_.rows, count - p), col, add);
    }
  }

  void run_in_place(Index row, Index rows, Index col, Index cols, Index term, Index terms, bool add) {
    const Index strip = kernel_.cols / parts<T>, inner = terms * parts<T>;
    const auto* left = reinterpret_cast<const R*>(factors_.a.data + term);
    const Index stride = factors_.a.stride * parts<T>;
    for (Index i = 0; i < rows; i += kernel_.rows)
      for (Index j = 0; j < cols; j += strip)
        run_tile({left + (row + i) * stride, stride, 1}, inner, j, std::min(strip, cols - j), row + i,
                 std::min(kernel_.rows, rows - i), col, add);
  }

  void run_tile(const LeftPart<R>& left, Index inner, Index strip_col, Index cols, Index row, Index rows, Index col,
                bool add) {
    // All strips before this one are of the kernel's width.
    const R* right = right_.data() + strip_col * parts<T> * inner;
    auto* out = reinterpret_cast<R*>(out_.data + row * out_.stride + col + strip_col);
    kernel_.run({left, right, inner, out, out_.stride * parts<T>, rows, cols * parts<T>, factor_, add});
  }

  const ProductKernel<R>& kernel_;
  R factor_;
  const Factors<T>& factors_;
  View<T> out_;
  Matrix<R> left_, right_;
};

// The result in parts, which change nothing but who computes them.
template <class T>
void cut_result(const ProductKernel<Real<T>>& kernel, Real<T> factor, bool add, const Factors<T>& factors, View<T> out,
                Index term, Index terms, const Workers& workers) {
  const bool by_rows = out.rows >= out.cols;
  const Index extent = by_rows ? out.rows : out.cols;
  const double work = static_cast<double>(out.rows) * static_cast<double>(out.cols) * static_cast<double>(terms);
  const Index wanted = workers.threads() == 1 || work < 1e5 ? 1 : 4 * workers.threads();
  const Index unit = by_rows ? 8 * kernel.rows : 2 * kernel.cols / parts<T>;
  const Index grain = std::max(unit, round_up((extent + wanted - 1) / wanted, unit));
  const auto body = [&](Index begin, Index end) {
    Part<T> part(kernel, factor, factors, out);
    if (by_rows) part.run(begin, end - begin, 0, out.cols, term, terms, add);
    else part.run(0, out.rows, begin, end - begin, term, terms, add);
  };
  if (wanted == 1) return body(0, extent);
  workers.for_each(extent, grain, body);
}

// A small result of a long sum: each slab has its own, and they are added up in their order.
template <class T>
void cut_sum(const ProductKernel<Real<T>>& kernel, Real<T> factor, bool add, const Factors<T>& factors, View<T> out,
             Index terms, const Workers& workers) {
  const Index length = std::max(slab, round_up((terms + most_slabs - 1) / most_slabs, chain));
  std::vector<Matrix<T>> sums(static_cast<std::size_t>((terms + length - 1) / length));
  workers.for_each(static_cast<Index>(sums.size()), 1, [&](Index begin, Index end) {
    for (Index s = begin; s < end; ++s) {
      Matrix<T>& sum = sums[static_cast<std::size_t>(s)];
      sum = Matrix<T>::uninitialised(out.rows, out.cols);
      Part<T>(kernel, factor, factors, sum.view())
          .run(0, out.rows, 0, out.cols, s * length, std::min(length, terms - s * length), false);
    }
  });
  for (std::size_t s = 0; s < sums.size(); ++s)
    for (Index i = 0; i < out.rows; ++i)
      for (Index j = 0; j < out.cols; ++j) out(i, j) = s == 0 && !add ? sums[s](i, j) : out(i, j) + sums[s](i, j);
}

}  // namespace

template <class T>
void multiply_with(const ProductKernel<Real<T>>& kernel, Real<T> factor, bool add, Op op_a, View<const T> a, Op op_b,
                   View<const T> b, View<T> out, const Workers& workers) {
  const Factors<T> factors{op_a, a, op_b, b};
  const Index terms = op_a == Op::none ? a.cols : a.rows;
  if (out.empty()) return;
  if (terms == 0) {
    for (Index i = 0; i < out.rows && !add; ++i) std::fill_n(out.data + i * out.stride, out.cols, T{});
    return;
  }
  if (out.rows * out.cols <= small_result && terms >= 2 * slab)
    return cut_sum(kernel, factor, add, factors, out, terms, workers);
  cut_result(kernel, factor, add, factors, out, 0, terms, workers);
}

#define ORRERY_INSTANTIATE(T)                                                                                        \
  template void multiply_with<T>(const ProductKernel<Real<T>>&, Real<T>, bool, Op, View<const T>, Op, View<const T>, \
                                 View<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix::detail
