// Random sketches of a matrix.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketch.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

constexpr Index passes = 4;  // signs of a column of the sparse matrix: fewer fail on rows that stand out

void require_count(Index count, Index most, const char* what) {
  if (count < 1 || count > most)
    throw std::invalid_argument("the rows of a " + std::string(what) + " must number from 1 to " +
                                std::to_string(most) + "; " + std::to_string(count) + " are asked for");
}

template <class T>
Matrix<T> gaussian(In<T> a, Index count, const Random& random, const Workers& workers) {
  Matrix<T> s(count, a.rows);
  fill_normal(s.view(), random);
  const Real<T> scale = Real<T>(1.0 / std::sqrt(static_cast<double>(count)));
  for (Index i = 0; i < count * a.rows; ++i) s.data()[i] *= scale;
  return product<T>(Op::none, s, Op::none, a, workers);
}

/// Where the rows of A go: every block of `count` rows goes to all rows of the sketch, once in each pass, so that all
/// rows of the sketch receive as many; where within the block they begin, by which step they go on, and the signs are
/// random.
class Targets {
 public:
  Targets(Index rows, Index count, const Random& random) : count_(count) {
    targets_.reserve(static_cast<std::size_t>(rows * passes));
    std::vector<std::array<Index, 2>> rule(passes);
    for (Index i = 0; i < rows; ++i) {
      const Index block = i / count, place = i % count;
      const std::uint64_t bits = random.stream(1).words(static_cast<std::uint64_t>(i))[0];
      for (Index pass = 0; pass < passes; ++pass) {
        auto& [first, step] = rule[static_cast<std::size_t>(pass)];
        if (place == 0) draw(random, block * passes + pass, first, step);
        const Index target = (first + place * step) % count;
        targets_.push_back(2 * target + static_cast<Index>((bits >> pass) & 1u));
      }
    }
  }
  /// Twice the target, plus 1 for a negative sign.
  const Index* of(Index row) const { return targets_.data() + row * passes; }

 private:
  void draw(const Random& random, Index index, Index& first, Index& step) const {
    const auto n = static_cast<std::uint64_t>(count_);
    const auto at = static_cast<std::uint64_t>(index) * 64;
    first = static_cast<Index>(random.below(n, at));
    step = 1;
    for (std::uint64_t attempt = 1; attempt < 64; ++attempt) {
      const auto tried = static_cast<Index>(random.below(n, at + attempt));
      if (std::gcd(tried, count_) == 1) return void(step = tried);
    }
  }

  Index count_;
  std::vector<Index> targets_;
};

/// For each row of the sketch the rows of A within one run of them that go to it, in order.
class Arrivals {
 public:
  Arrivals(const Targets& targets, Index count, Index begin, Index end) : begins_(static_cast<std::size_t>(count + 1)) {
    for (Index i = begin; i < end; ++i)
      for (Index pass = 0; pass < passes; ++pass) ++begins_[static_cast<std::size_t>((targets.of(i)[pass] >> 1) + 1)];
    for (std::size_t t = 1; t < begins_.size(); ++t) begins_[t] += begins_[t - 1];
    codes_.resize(static_cast<std::size_t>(begins_.back()));
    std::vector<std::int32_t> next(begins_.begin(), begins_.end() - 1);
    for (Index i = begin; i < end; ++i)
      for (Index pass = 0; pass < passes; ++pass) {
        const Index code = targets.of(i)[pass];
        codes_[static_cast<std::size_t>(next[static_cast<std::size_t>(code >> 1)]++)] =
            static_cast<std::int32_t>(2 * (i - begin) + (code & 1));
      }
  }
  /// Twice the place within the run, plus 1 for a negative sign.
  std::span<const std::int32_t> of(Index target) const {
    const auto t = static_cast<std::size_t>(target);
    return std::span(codes_).subspan(static_cast<std::size_t>(begins_[t]),
                                     static_cast<std::size_t>(begins_[t + 1] - begins_[t]));
  }

 private:
  std::vector<std::int32_t> begins_, codes_;
};

// Sums of `width` columns of a tile for one row of the sketch, in registers.
template <class T, Index width>
void gather(const T* tile, Index stride, std::span<const std::int32_t> codes, T* to) {
  T sums[width];
  std::copy_n(to, width, sums);
  for (const std::int32_t code : codes) {
    const T* from = tile + (code >> 1) * stride;
    const auto sign = static_cast<Real<T>>(1 - 2 * (code & 1));
    for (Index j = 0; j < width; ++j) sums[j] += sign * from[j];
  }
  std::copy_n(sums, width, to);
}

template <class T>
void gather_any(const T* tile, Index stride, std::span<const std::int32_t> codes, Index width, T* to) {
  for (const std::int32_t code : codes) {
    const auto sign = static_cast<Real<T>>(1 - 2 * (code & 1));
    for (Index j = 0; j < width; ++j) to[j] += sign * tile[(code >> 1) * stride + j];
  }
}

// A tile of A is read once and stays in the cache while all rows of the sketch take from it.
template <class T>
Matrix<T> sparse_sign(In<T> a, Index count, const Random& random, const Workers& workers) {
  constexpr Index rows_at_once = 512, columns_at_once = 512 / sizeof(T), at_once = 128 / sizeof(T);
  const Targets targets(a.rows, count, random);
  std::vector<Arrivals> arrivals;
  for (Index begin = 0; begin < a.rows; begin += rows_at_once)
    arrivals.emplace_back(targets, count, begin, std::min(begin + rows_at_once, a.rows));
  Matrix<T> sketch(count, a.cols);
  const Real<T> scale = Real<T>(1.0 / std::sqrt(static_cast<double>(passes)));
  workers.for_each(a.cols, columns_at_once, [&](Index from, Index to) {
    const Index cols = to - from;
    Matrix<T> tile = Matrix<T>::uninitialised(std::min(rows_at_once, a.rows), cols);
    for (Index begin = 0; begin < a.rows; begin += rows_at_once) {
      const Index rows = std::min(rows_at_once, a.rows - begin);
      copy<T>(a.block(begin, from, rows, cols), tile.view().row_range(0, rows));
      for (Index t = 0; t < count; ++t) {
        const auto codes = arrivals[static_cast<std::size_t>(begin / rows_at_once)].of(t);
        T* out = &sketch(t, from);
        Index j = 0;
        for (; j + at_once <= cols; j += at_once) gather<T, at_once>(tile.data() + j, cols, codes, out + j);
        gather_any(tile.data() + j, cols, codes, cols - j, out + j);
      }
    }
    for (Index t = 0; t < count; ++t)
      for (T& x : sketch.view().row(t).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(cols)))
        x *= scale;
  });
  return sketch;
}

// The unnormalised Walsh-Hadamard transform of the columns of a tile; its rows are a power of two.
template <class T>
void hadamard(View<T> tile) {
  for (Index half = 1; half < tile.rows; half *= 2)
    for (Index i = 0; i < tile.rows; i += 2 * half)
      for (Index k = i; k < i + half; ++k) {
        T *up = tile.data + k * tile.stride, *down = up + half * tile.stride;
        for (Index j = 0; j < tile.cols; ++j) {
          const T x = up[j], y = down[j];
          up[j] = x + y, down[j] = x - y;
        }
      }
}

template <class T>
Matrix<T> srht(In<T> a, Index count, const Random& random, const Workers& workers) {
  const auto padded = static_cast<Index>(std::bit_ceil(static_cast<std::uint64_t>(std::max<Index>(a.rows, 1))));
  require_count(count, padded, "subsampled Hadamard transform");
  const std::vector<Index> kept = sample_without_replacement(padded, count, random);
  Matrix<T> sketch(count, a.cols);
  // sqrt(padded/count) of the sample, and 1/sqrt(padded) of the transform.
  const Real<T> scale = Real<T>(1.0 / std::sqrt(static_cast<double>(count)));
  constexpr Index columns_at_once = 16;
  workers.for_each(a.cols, columns_at_once, [&](Index begin, Index end) {
    Matrix<T> tile(padded, end - begin);
    for (Index i = 0; i < a.rows; ++i) {
      const auto sign = Real<T>(random.stream(1).sign(static_cast<std::uint64_t>(i)));
      for (Index j = begin; j < end; ++j) tile(i, j - begin) = sign * a(i, j);
    }
    hadamard(tile.view());
    for (Index i = 0; i < count; ++i)
      for (Index j = begin; j < end; ++j) sketch(i, j) = scale * tile(kept[static_cast<std::size_t>(i)], j - begin);
  });
  return sketch;
}

template <class T>
Matrix<T> sampled(In<T> a, Index count, const Random& random) {
  require_count(count, a.rows, "sample of rows");
  const std::vector<Index> kept = sample_without_replacement(a.rows, count, random);
  const Real<T> scale = Real<T>(std::sqrt(static_cast<double>(a.rows) / static_cast<double>(count)));
  Matrix<T> sketch(count, a.cols);
  for (Index i = 0; i < count; ++i)
    for (Index j = 0; j < a.cols; ++j) sketch(i, j) = scale * a(kept[static_cast<std::size_t>(i)], j);
  return sketch;
}

}  // namespace

template <class T>
Matrix<T> sketched(SketchKind kind, In<T> a, Index count, const Random& random, const Workers& workers) {
  require_count(count, std::numeric_limits<Index>::max() / std::max<Index>(1, a.cols * Index{sizeof(T)}), "sketch");
  switch (kind) {
    case SketchKind::gaussian:
      return gaussian<T>(a, count, random, workers);
    case SketchKind::sparse_sign:
      return sparse_sign<T>(a, count, random, workers);
    case SketchKind::srht:
      return srht<T>(a, count, random, workers);
    case SketchKind::sampled:
      return sampled<T>(a, count, random);
  }
  return {};
}

template <class T>
Matrix<T> sketched_columns(SketchKind kind, In<T> a, Index count, const Random& random, const Workers& workers) {
  const Matrix<T> turned = transposed(a, true);
  return transposed(reading(sketched<T>(kind, turned, count, random, workers)), true);
}

#define ORRERY_INSTANTIATE(T)                                                              \
  template Matrix<T> sketched<T>(SketchKind, In<T>, Index, const Random&, const Workers&); \
  template Matrix<T> sketched_columns<T>(SketchKind, In<T>, Index, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
