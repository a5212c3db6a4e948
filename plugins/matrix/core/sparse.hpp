// Sparse matrices by compressed rows: checks, transposes and products with dense matrices.
// SPDX-License-Identifier: Apache-2.0
// Sources: Gustavson 1978 (products and transposes of sparse matrices by rows).
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// A view of a sparse matrix: row i has the elements values[starts[i]] to values[starts[i + 1] - 1], in the columns of
/// the same places. Within a row columns are in any order, and elements that share a place are summed.
template <class T>
struct Csr {
  Index rows = 0, cols = 0;
  std::span<const Index> starts;   ///< rows + 1
  std::span<const Index> columns;  ///< as many as there are elements
  std::span<const T> values;
};

template <class T>
struct CsrMatrix {
  Index rows = 0, cols = 0;
  std::vector<Index> starts, columns;
  std::vector<T> values;
  Csr<T> view() const { return {rows, cols, starts, columns, values}; }
};

/// An element of a matrix and where it stands.
template <class T>
struct Entry {
  Index row = 0, col = 0;
  T value{};
};

/// @throws std::invalid_argument naming the first place where the parts of the matrix contradict each other
template <class T>
void require_csr(const Csr<T>& a);

/// Rows of sorted columns; entries that share a place are summed in their order.
template <class T>
CsrMatrix<T> csr_from_entries(Index rows, Index cols, const std::vector<Entry<T>>& entries);

/// a^T, or a^H, with sorted columns.
template <class T>
CsrMatrix<T> transposed_csr(const Csr<T>& a, bool conjugated = false);

template <class T>
Matrix<T> dense(const Csr<T>& a);

/// out = a b for a sparse a and a dense b; each row is summed in the order of its elements.
/// @param b [*] a.cols x any   @param out [*] a.rows x b.cols
/// @accuracy (elements of the row + 1) eps |a| |b| elementwise
template <class T>
void multiply_sparse(const Csr<T>& a, In<T> b, View<T> out, const Workers& workers = in_caller());

}  // namespace orrery::matrix
