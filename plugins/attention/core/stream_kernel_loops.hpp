// The inner loops of streaming attention for vectors of any width; each build includes this once, for itself.
// SPDX-License-Identifier: Apache-2.0
//
// Before it is included: ORRERY_VECTOR_BYTES, and multiply_add(a, b, c) for vectors of float and of double. Everything
// lives in an unnamed namespace and calls nothing inline from elsewhere, so that no build lends code to another.
#pragma once

#include "plugins/attention/core/stream_kernels.hpp"

namespace orrery::attention {
namespace {

constexpr std::int64_t bytes = ORRERY_VECTOR_BYTES;

// How many rows a tile has, beside the 64 or 128 bytes of a row that it takes: as fit into the registers.
constexpr std::int64_t tile_rows = bytes == 64 ? 14 : bytes == 32 ? 6 : 3;
constexpr std::int64_t tile_vectors = 2;

template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  typedef float type __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
  typedef std::uint32_t integers __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
};
template <>
struct VectorOf<double> {
  typedef double type __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
  typedef std::uint64_t integers __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
};
template <class T>
using Vector = typename VectorOf<T>::type;
template <class T>
constexpr std::int64_t width_of = bytes / static_cast<std::int64_t>(sizeof(T));

template <class T>
inline Vector<T> load(const T* p) {
  Vector<T> v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
template <class T>
inline void store(T* p, Vector<T> v) {
  __builtin_memcpy(p, &v, sizeof v);
}
template <class T>
inline Vector<T> all(T x) {
  return Vector<T>{} + x;
}

// exp of numbers from about -log(1/least normal) to 0; what is below gives 0, and NaN stays NaN. Cody and Waite's
// reduction, and Taylor's series on |r| <= log(2)/2.
template <class T>
struct ExpNumbers;
template <>
struct ExpNumbers<float> {
  static constexpr float least = -87.0f, shifter = 12582912.0f, per_log2 = 1.44269504f, log2_high = 0.693359375f,
                         log2_low = -2.12194440e-4f;
  static constexpr int mantissa = 23;
  static constexpr float taylor[] = {1.0f / 5040, 1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f};
};
template <>
struct ExpNumbers<double> {
  static constexpr double least = -708.0, shifter = 6755399441055744.0, per_log2 = 1.4426950408889634,
                          log2_high = 0.693147180369123816490, log2_low = 1.90821492927058770002e-10;
  static constexpr int mantissa = 52;
  static constexpr double taylor[] = {
      1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
      1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1.0,         1.0};
};

template <class T>
inline Vector<T> exponential(Vector<T> x) {
  using N = ExpNumbers<T>;
  using Integers = typename VectorOf<T>::integers;
  const Vector<T> shifted = multiply_add(x, all<T>(N::per_log2), all<T>(N::shifter));
  const Vector<T> n = shifted - N::shifter;
  Vector<T> r = multiply_add(-n, all<T>(N::log2_high), x);
  r = multiply_add(-n, all<T>(N::log2_low), r);
  Vector<T> sum = all<T>(N::taylor[0]);
  for (int i = 1; i < static_cast<int>(sizeof N::taylor / sizeof(T)); ++i)
    sum = multiply_add(sum, r, all<T>(N::taylor[i]));
  const Integers power = (((Integers)shifted << N::mantissa) + ((Integers)all<T>(T(1))));
  return x < N::least ? Vector<T>{} : sum * (Vector<T>)power;
}

template <class T, std::int64_t Rows, std::int64_t Vectors>
inline void score_tile(const T* query, std::int64_t depth, const T* panel, T scale, T* scores, std::int64_t stride) {
  Vector<T> sum[Rows][Vectors] = {};
  for (std::int64_t k = 0; k < depth; ++k) {
    Vector<T> key[Vectors];
    for (std::int64_t v = 0; v < Vectors; ++v) key[v] = load(panel + k * 2 * lanes<T> + v * width_of<T>);
    for (std::int64_t r = 0; r < Rows; ++r) {
      const Vector<T> q = all<T>(query[r * depth + k]);
      for (std::int64_t v = 0; v < Vectors; ++v) sum[r][v] = multiply_add(q, key[v], sum[r][v]);
    }
  }
  for (std::int64_t r = 0; r < Rows; ++r)
    for (std::int64_t v = 0; v < Vectors; ++v) store<T>(scores + r * stride + v * width_of<T>, sum[r][v] * scale);
}

template <class T, std::int64_t Rows>
inline void score_rows(const T* query, std::int64_t depth, const T* panel, T scale, T* scores, std::int64_t stride) {
  constexpr std::int64_t step = tile_vectors * width_of<T>;
  for (std::int64_t part = 0; part < 2 * lanes<T>; part += step)
    score_tile<T, Rows, tile_vectors>(query, depth, panel + part, scale, scores + part, stride);
}

template <class T>
void score(const T* query, std::int64_t rows, std::int64_t depth, const T* panel, std::int64_t panels, T scale,
           T* scores, std::int64_t stride) {
  for (std::int64_t p = 0; p < panels; ++p, panel += depth * 2 * lanes<T>, scores += 2 * lanes<T>) {
    std::int64_t r = 0;
    for (; r + tile_rows <= rows; r += tile_rows)
      score_rows<T, tile_rows>(query + r * depth, depth, panel, scale, scores + r * stride, stride);
    for (; r < rows; ++r) score_rows<T, 1>(query + r * depth, depth, panel, scale, scores + r * stride, stride);
  }
}

template <class T>
T soften(T* scores, std::int64_t count, T* largest, T* sum) {
  constexpr std::int64_t parts = lanes<T> / width_of<T>;
  const T before = *largest;
  Vector<T> most[parts];
  for (std::int64_t v = 0; v < parts; ++v) most[v] = all<T>(before);
  for (std::int64_t j = 0; j < count; j += lanes<T>)
    for (std::int64_t v = 0; v < parts; ++v) {
      const Vector<T> s = load(scores + j + v * width_of<T>);
      most[v] = s > most[v] ? s : most[v];
    }
  T m = before;
  for (std::int64_t v = 0; v < parts; ++v)
    for (std::int64_t i = 0; i < width_of<T>; ++i) m = most[v][i] > m ? most[v][i] : m;
  // Where nothing has been seen yet, 0 stands for the largest: scores of -infinity become 0, NaN stays.
  const T reference = m == -__builtin_inf() ? T(0) : m;
  Vector<T> sums[parts] = {};
  for (std::int64_t j = 0; j < count; j += lanes<T>)
    for (std::int64_t v = 0; v < parts; ++v) {
      const Vector<T> e = exponential<T>(load(scores + j + v * width_of<T>) - reference);
      store<T>(scores + j + v * width_of<T>, e);
      sums[v] += e;
    }
  T here = 0;
  for (std::int64_t v = 0; v < parts; ++v)
    for (std::int64_t i = 0; i < width_of<T>; ++i) here += sums[v][i];
  const T factor = exponential<T>(all<T>(before - reference))[0];
  *largest = m;
  *sum = *sum * factor + here;
  return factor;
}

template <class T, std::int64_t Rows, std::int64_t Vectors>
inline void accumulate_tile(const T* weights, std::int64_t stride, std::int64_t keys, const T* value,
                            std::int64_t width, const T* factor, T* output) {
  Vector<T> sum[Rows][Vectors];
  for (std::int64_t r = 0; r < Rows; ++r)
    for (std::int64_t v = 0; v < Vectors; ++v) sum[r][v] = load(output + r * width + v * width_of<T>) * factor[r];
  for (std::int64_t j = 0; j < keys; ++j) {
    Vector<T> x[Vectors];
    for (std::int64_t v = 0; v < Vectors; ++v) x[v] = load(value + j * width + v * width_of<T>);
    for (std::int64_t r = 0; r < Rows; ++r) {
      const Vector<T> w = all<T>(weights[r * stride + j]);
      for (std::int64_t v = 0; v < Vectors; ++v) sum[r][v] = multiply_add(w, x[v], sum[r][v]);
    }
  }
  for (std::int64_t r = 0; r < Rows; ++r)
    for (std::int64_t v = 0; v < Vectors; ++v) store<T>(output + r * width + v * width_of<T>, sum[r][v]);
}

template <class T, std::int64_t Rows>
inline void accumulate_rows(const T* weights, std::int64_t stride, std::int64_t keys, const T* value,
                            std::int64_t width, const T* factor, T* output) {
  constexpr std::int64_t step = tile_vectors * width_of<T>;
  std::int64_t c = 0;
  for (; c + step <= width; c += step)
    accumulate_tile<T, Rows, tile_vectors>(weights, stride, keys, value + c, width, factor, output + c);
  for (; c < width; c += width_of<T>)
    accumulate_tile<T, Rows, 1>(weights, stride, keys, value + c, width, factor, output + c);
}

template <class T>
void accumulate(const T* weights, std::int64_t stride, std::int64_t rows, std::int64_t keys, const T* value,
                std::int64_t width, const T* factor, T* output) {
  std::int64_t r = 0;
  for (; r + tile_rows <= rows; r += tile_rows)
    accumulate_rows<T, tile_rows>(weights + r * stride, stride, keys, value, width, factor + r, output + r * width);
  for (; r < rows; ++r)
    accumulate_rows<T, 1>(weights + r * stride, stride, keys, value, width, factor + r, output + r * width);
}

template <class T>
T multiply_add_one(T a, T b, T c) {
  return multiply_add(all<T>(a), all<T>(b), all<T>(c))[0];
}

template <class T>
constexpr StreamKernels<T> kernels{score<T>, soften<T>, accumulate<T>, multiply_add_one<T>};

}  // namespace
}  // namespace orrery::attention
