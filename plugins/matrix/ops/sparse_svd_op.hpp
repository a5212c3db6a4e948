// matrix.sparse_svd: leading singular values and vectors of a sparse matrix.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/read_market_op.hpp"

namespace orrery::matrix {

struct SparseSvdOperation {
  static constexpr sdk::Info info{
      .name = "sparse_svd",
      .version = "1.0.0",
      .title = "Leading singular values and vectors of a sparse matrix",
      .doc =
          "By a block Krylov space with a random start, which reads the matrix twice a step and stops when the error "
          "has "
          "settled. The matrix is given by compressed rows, as matrix.read_market makes it; it is never formed in full "
          "unless the error is below a thousandth of it. Sources: Golub, Luk, Overton 1981; Musco, Musco 2015.",
      .example = "row_starts = [0, 2, 3, 4]\ncolumns = [0, 2, 1, 2]\nvalues = [1, 2, 3, 1]\ncolumn_count = 3\nrank = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::csr_starts,
      ports::csr_columns,
      ports::csr_values,
      ports::csr_column_count,
      sdk::in<"rank", sdk::i64>{.min = 1, .doc = "singular values to find, at most rows or columns"},
      sdk::in<"block", sdk::i64>{.min = 1, .optional = true, .doc = "vectors that a step adds; left out: rank/4 + 2"},
      sdk::in<"most_steps", sdk::i64>{.fallback = "50", .min = 1, .max = 100000, .doc = "after which it stops"},
      sdk::in<"excess", sdk::f64>{.fallback = "1e-4",
                                  .min = 0,
                                  .max = 1,
                                  .doc = "it stops when a step lowers the squared error by at most this part of it"},
      sdk::out<"u", AnyNumber, "n x k">{.dtype_like = "values", .doc = "left singular vectors, in columns"},
      sdk::out<"s", sdk::f64, "k">{
          .unit = "values", .doc = "singular values, falling; fewer than asked for if the matrix has not that many"},
      sdk::out<"vh", AnyNumber, "k x m">{.dtype_like = "values", .doc = "right singular vectors, conjugated, in rows"},
      sdk::out<"err_f", sdk::f64>{.unit = "values", .doc = "Frobenius norm of a - u diag(s) vh"},
      sdk::out<"norm_f", sdk::f64>{.unit = "values", .doc = "Frobenius norm of a"},
      sdk::out<"steps", sdk::i64>{.doc = "that were taken"},
      sdk::out<"converged", bool>{.doc = "false if most_steps ended it"}};
  static void run(sdk::Call<SparseSvdOperation>& call);
};

}  // namespace orrery::matrix
