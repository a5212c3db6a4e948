// The InfoNCE loss and its exact gradients by the embeddings, in memory that grows with the batch alone.
// SPDX-License-Identifier: Apache-2.0
//
// With s_ij = <u_i, v_j>/tau the loss of row i is -sum_j t_ij s_ij + log sum_j exp s_ij, and its gradients are
// (P - T) V/tau and (P - T)' U/tau. Sources: van den Oord, Li and Vinyals, arXiv:1807.03748 (2018); Khosla et al.,
// NeurIPS 2020 (several positives); the running maximum of the sum: Milakov and Gimelshein, arXiv:1805.02867 (2018).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// Calls a function for each i in [0, n), in any order, on any threads.
using RunBlocks = std::function<void(std::size_t n, const std::function<void(std::size_t)>&)>;

/// One after the other, on this thread.
void run_in_order(std::size_t n, const std::function<void(std::size_t)>& f);

struct InfonceOptions {
  double temperature = 1.0;  ///< [-] tau > 0
  bool mask_self = false;    ///< one tower: no row is compared with itself
  bool mean = true;          ///< divided by the number of rows
  bool both_ways = false;    ///< two towers: the mean of the row and the column loss
};

/// Embeddings, row by row. One tower: `right` is empty.
struct Embeddings {
  std::span<const double> left, right;  ///< [-] b x d
  std::size_t width = 0;                ///< d
  /// [-] b: rows i and j are positives if their labels agree, each with an equal part of t_i. Without labels two towers
  /// have t_ii = 1. One tower needs labels; its row i is no positive of itself if it is masked.
  std::span<const std::int64_t> labels;
};

/// @param left_gradient, right_gradient [-] b x d, overwritten; right empty for one tower
/// @returns the loss
/// @throws std::domain_error tau, a row without positive, by its number, numbers that are not finite
/// @throws std::invalid_argument sizes
/// @accuracy 1e-14 of the loss, absolute, for scores of order one; memory besides the arrays: 4 b numbers
double infonce(const Embeddings& embeddings, const InfonceOptions& options, std::span<double> left_gradient,
               std::span<double> right_gradient, const RunBlocks& run = run_in_order);

/// Row `i` of P, from the embeddings alone.
/// @param row [-] b, overwritten
void infonce_probabilities(const Embeddings& embeddings, const InfonceOptions& options, std::size_t i,
                           std::span<double> row);

/// Rows divided by their norms, and what that makes of a gradient: (g - (g.h) h)/|u|.
/// @throws std::domain_error a row of length zero, by its number
std::vector<double> normalise_rows(std::span<double> rows, std::size_t width);
void normalise_rows_backward(std::span<const double> unit_rows, std::span<const double> norms, std::size_t width,
                             std::span<double> gradient);

}  // namespace orrery::optimizer
