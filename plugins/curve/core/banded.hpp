// Linear systems with a band matrix, plain or cyclic, without row exchanges.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// An n x n matrix with entries only at |column - row| <= width; after factor() it holds its triangles.
class BandMatrix {
 public:
  BandMatrix(std::size_t n, std::size_t width) : n_(n), width_(width), entries_(n * (2 * width + 1), 0.0) {}

  /// Requires |column - row| <= width.
  double& at(std::size_t row, std::size_t column) { return entries_[row * (2 * width_ + 1) + column + width_ - row]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return entries_[row * (2 * width_ + 1) + column + width_ - row];
  }

  /// Replaces the matrix by its triangles. Safe for totally positive matrices, as spline interpolation gives them.
  /// @throws std::invalid_argument for a zero pivot   @source de Boor, Pinkus 1977
  void factor();

  /// Solves for d right-hand sides at once; call factor() first.   @param rhs n x d, replaced by the solution
  void solve(std::span<double> rhs, std::size_t d) const;

  [[nodiscard]] std::size_t size() const { return n_; }

 private:
  std::size_t n_;
  std::size_t width_;
  std::vector<double> entries_;
};

/// Solves a cyclic band system: entry (i, (i + o) mod n) is bands[i * (2 width + 1) + o + width], |o| <= width.
/// @param bands n x (2 width + 1)   @param rhs n x d, replaced by the solution; n > 2 * width
/// @throws std::invalid_argument for a matrix that is singular to rounding
/// @source Golub, Van Loan 2013, section 4.5 (bordering: the last `width` unknowns are eliminated last)
void solve_cyclic_band(std::span<const double> bands, std::size_t n, std::size_t width, std::span<double> rhs,
                       std::size_t d);

}  // namespace orrery::curve
