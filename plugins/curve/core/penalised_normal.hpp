// Symmetric positive matrices with a band and a border, as penalised splines give them: factors, solutions, inverse.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// A symmetric n x n matrix whose entries lie within `width` of the diagonal or in the last `border` rows and columns;
/// a cyclic band matrix is one with border = width.
class BorderedMatrix {
 public:
  BorderedMatrix(std::size_t n, std::size_t width, std::size_t border)
      : n_(n), width_(width), border_(border), stride_(1 + width + border), entries_(n * stride_, 0.0) {}

  /// Entry (row, column), which has to lie in the pattern; (column, row) is the same one.
  double& at(std::size_t row, std::size_t column) { return entries_[index(row, column)]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return entries_[index(row, column)]; }

  /// this + factor * other, of one pattern.
  [[nodiscard]] BorderedMatrix plus(double factor, const BorderedMatrix& other) const;

  /// Replaces the matrix by L and D of L D L^T, within the pattern.
  /// @returns log of the determinant, or nan if a pivot is not positive
  /// @source Golub, Van Loan 2013, sections 4.3 and 4.5
  double factor();

  /// Solves for d right-hand sides; after factor().   @param rhs n x d, replaced by the solution
  void solve(std::span<double> rhs, std::size_t d) const;

  /// The entries of the inverse inside the pattern; after factor().
  /// @source Takahashi, Fagan, Chen 1973; Hutchinson, de Hoog 1985
  [[nodiscard]] BorderedMatrix inverse() const;

  /// Sum over the pattern of this times other, both symmetric: the trace of their product.
  [[nodiscard]] double trace_of_product(const BorderedMatrix& other) const;

  /// Sum over the columns c of rows (n x d) of c^T A c.
  [[nodiscard]] double quadratic_form(std::span<const double> rows, std::size_t d) const;

  [[nodiscard]] std::size_t size() const { return n_; }

 private:
  // The pattern below the diagonal of a column: `band` rows from the next one, then `rest` of the border's rows; both
  // lie in a row in the column's store, and so do the entries of the matrix between any two of them.
  struct Column {
    std::size_t band;
    std::size_t rest;
    std::size_t rest_row;
    std::size_t rest_slot;
  };
  [[nodiscard]] std::size_t inner() const { return n_ - border_; }
  [[nodiscard]] std::size_t index(std::size_t row, std::size_t column) const {
    const std::size_t low = row < column ? row : column, high = row < column ? column : row;
    return low * stride_ + (high >= inner() && low < inner() ? 1 + width_ + (high - inner()) : high - low);
  }
  [[nodiscard]] Column column(std::size_t j) const;
  // Calls visit(p, q, count, first): entries (p, q) ... (p, q + count - 1) of the pattern's own block, q >= p.
  template <class Visit>
  void visit_block(std::size_t j, const Column& column, const Visit& visit) const;
  // Copies the column's entries below the diagonal.
  std::size_t load(std::size_t j, const Column& column, std::vector<double>& out) const;
  [[nodiscard]] std::size_t row_of(std::size_t j, const Column& column, std::size_t p) const {
    return p < column.band ? j + 1 + p : column.rest_row + p - column.band;
  }

  std::size_t n_;
  std::size_t width_;
  std::size_t border_;
  std::size_t stride_;
  std::vector<double> entries_;  // by columns: the diagonal, `width` below it, `border` of the last rows
};

}  // namespace orrery::curve
