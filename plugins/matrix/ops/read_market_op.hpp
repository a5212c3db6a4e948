// matrix.read_market and sparse_multiply: sparse matrices from texts, and their products.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/market.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

enum class SparseFactor { none, transpose, adjoint };

namespace ports {

inline constexpr sdk::in<"row_starts", sdk::i64, "p"> csr_starts{
    .min = 0, .doc = "row i has the elements from row_starts[i] up to row_starts[i + 1]; one more than there are rows"};
inline constexpr sdk::in<"columns", sdk::i64, "e"> csr_columns{.min = 0, .doc = "of each element"};
inline constexpr sdk::in<"values", AnyNumber, "e"> csr_values{.unit = "*", .doc = "of each element"};
inline constexpr sdk::in<"column_count", sdk::i64> csr_column_count{.min = 0, .doc = "columns of the matrix"};

}  // namespace ports

struct ReadMarket {
  static constexpr sdk::Info info{
      .name = "read_market",
      .version = "1.0.0",
      .title = "A sparse matrix from a text in the Matrix Market format",
      .doc =
          "Coordinate and array texts, real, integer, complex and pattern, general, symmetric, skew-symmetric and "
          "hermitian; what the format does not allow is refused by line. The matrix comes out by compressed rows with "
          "sorted columns; elements that share a place are summed, and mirrored ones are there. Source: Boisvert, "
          "Pozo, "
          "Remington 1996.",
      .example =
          "market = \"\"\"\n%%MatrixMarket matrix coordinate real symmetric\n3 3 4\n1 1 2.0\n2 1 -1.0\n2 2 2.0\n3 3 "
          "1.5\n"
          "\"\"\""};
  static constexpr std::tuple ports{
      sdk::in<"market", sdk::Text>{.doc = "the text"},
      sdk::in<"dense", bool>{.fallback = "false", .doc = "whether the matrix is also wanted in full"},
      sdk::out<"row_starts", sdk::i64, "p">{.doc = "where rows begin among the elements; one more than there are rows"},
      sdk::out<"columns", sdk::i64, "e">{.doc = "of each element"},
      sdk::out<"values", AnyNumber, "e">{.doc = "of each element; complex if the field is"},
      sdk::out<"row_count", sdk::i64>{.doc = "rows"},
      sdk::out<"column_count", sdk::i64>{.doc = "columns"},
      sdk::out<"stored", sdk::i64>{.doc = "values that stand in the text"},
      sdk::out<"field", sdk::Text>{.doc = "real, integer, complex or pattern"},
      sdk::out<"symmetry", sdk::Text>{.doc = "general, symmetric, skew-symmetric or hermitian"},
      sdk::out<"matrix", AnyNumber, "n x m">{.optional = true, .doc = "in full, if 'dense'"}};
  static void run(sdk::Call<ReadMarket>& call);
};

struct SparseMultiply {
  static constexpr sdk::Info info{
      .name = "sparse_multiply",
      .version = "1.0.0",
      .title = "The product of a sparse and a dense matrix",
      .doc =
          "The sparse factor is given by compressed rows, as matrix.read_market makes it; elements that share a place "
          "are summed. Of two element types the wider is computed in. Source: Gustavson 1978.",
      .example =
          "row_starts = [0, 2, 3]\ncolumns = [0, 2, 1]\nvalues = [1, 2, 3]\ncolumn_count = 3\n"
          "b = [[1, 0], [0, 1], [1, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::csr_starts,
      ports::csr_columns,
      ports::csr_values,
      ports::csr_column_count,
      sdk::in<"b", AnyNumber, "r x s">{.unit = "*", .doc = "the dense factor"},
      sdk::in<"op_a", sdk::Choice<SparseFactor>>{.fallback = "none",
                                                 .choices = {"none", "transpose", "adjoint"},
                                                 .doc = "what is done to the sparse factor first"},
      sdk::out<"product", AnyNumber, "m x s">{.unit = "values*b", .doc = "op_a(a) b"}};
  static void run(sdk::Call<SparseMultiply>& call);
};

}  // namespace orrery::matrix
