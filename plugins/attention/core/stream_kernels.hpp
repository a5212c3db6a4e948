// The three inner loops of streaming attention, as tables of functions built for several instruction sets.
// SPDX-License-Identifier: Apache-2.0
//
// Every build gives the same bits: a score is one chain of multiply-adds over components, an output one over keys, and
// a sum of exponentials sixteen (or, in double, eight) chains that are joined in a fixed order. In single precision a
// multiply-add rounds once (the plain build emulates it in double by rounding to odd, Boldo and Melquiond 2008); in
// double precision products and sums round separately everywhere.
#pragma once

#include <cstdint>

namespace orrery::attention {

/// Elements of 64 bytes: keys are packed in panels of twice as many, and rows of values are padded to a multiple.
template <class T>
inline constexpr std::int64_t lanes = 64 / static_cast<std::int64_t>(sizeof(T));

/// Rows of queries that a block holds at most; what each build takes at once divides it.
inline constexpr std::int64_t block_rows = 84;

template <class T>
struct StreamKernels {
  /// scores(row, key) = scale (query . key) for `panels` panels; rows of queries are `depth` apart, of scores `stride`.
  void (*score)(const T* query, std::int64_t rows, std::int64_t depth, const T* panel, std::int64_t panels, T scale,
                T* scores, std::int64_t stride);
  /// One row: the largest score is kept in *largest, scores become exp(score - largest), *sum is scaled and added to.
  /// Returns what the earlier output has to be multiplied by. Exponentials below about the least normal number are 0.
  T (*soften)(T* scores, std::int64_t count, T* largest, T* sum);
  /// output(row, :) = factor(row) output(row, :) + sum over keys of weights(row, key) value(key, :).
  void (*accumulate)(const T* weights, std::int64_t stride, std::int64_t rows, std::int64_t keys, const T* value,
                     std::int64_t width, const T* factor, T* output);
  /// round(a b + c) as this build forms it.
  T (*multiply_add)(T a, T b, T c);
};

enum class InstructionSet { baseline, avx2, avx512 };

/// The kernels of an instruction set; those of the best that this machine has without an argument.
/// @throws std::invalid_argument if the machine or the build does not have it
template <class T>
const StreamKernels<T>& stream_kernels(InstructionSet set);
template <class T>
const StreamKernels<T>& stream_kernels();
bool has(InstructionSet set);

// One for each build; where a compiler has no such instructions they are those of the plain build.
const StreamKernels<float>& baseline_kernels(float);
const StreamKernels<double>& baseline_kernels(double);
const StreamKernels<float>& avx2_kernels(float);
const StreamKernels<double>& avx2_kernels(double);
const StreamKernels<float>& avx512_kernels(float);
const StreamKernels<double>& avx512_kernels(double);

}  // namespace orrery::attention
