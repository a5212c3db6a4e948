// The inner loop of matrix products: a tile of the result, compiled for several instruction sets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix::detail {

/// Terms that are summed in one chain of fused multiply-adds; the chains of a longer sum are added up. The same for all
/// kernels, since it decides about the bits.
inline constexpr Index chain = 256;

/// Where the left factor of a tile is: element (i, l) is data[i * row + l * step].
template <class R>
struct LeftPart {
  const R* data;
  Index row, step;
};

/// rows x cols elements of the result, from `inner` <= chain terms each.
template <class R>
struct Tile {
  LeftPart<R> left;
  const R* right;  ///< inner x width, packed, with width = cols rounded up to whole vectors
  Index inner;
  R* out;
  Index out_stride;
  Index rows, cols;  ///< at most the kernel's
  R factor;
  bool add;  ///< out += factor * sum; otherwise out = factor * sum
};

template <class R>
struct ProductKernel {
  const char* name;
  Index rows, cols, lanes;  ///< of the largest tile, and of a vector
  void (*run)(const Tile<R>& tile);
};

/// What this machine can run, the slowest first. All give the same bits.
template <class R>
std::span<const ProductKernel<R>> product_kernels();

}  // namespace orrery::matrix::detail
