// matrix.cur: a matrix from some of its columns, some of its rows, and a small matrix between them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/cur.hpp"
#include "plugins/matrix/ops/column_ports.hpp"

namespace orrery::matrix {

enum class RowsFrom { matrix, columns };

struct CurOperation {
  static constexpr sdk::Info info{
      .name = "cur",
      .version = "1.0.0",
      .title = "A matrix from some of its columns and rows",
      .doc =
          "matrix ~ c u r with c = matrix[:, columns] and r = matrix[rows, :]. The optimal u = c^+ matrix r^+ has the "
          "least error in the Frobenius norm; the cross u = matrix[rows, columns]^+ needs nothing else of the matrix "
          "and, "
          "where it can be inverted, makes the chosen columns and rows exact. Columns and rows are given, or chosen as "
          "matrix.interpolative does. Since u inverts small singular values, rounding it costs 1e-16 |c| |u| |r|: "
          "below a relative error of about 1e-8 use matrix.interpolative on both sides. Sources: Goreinov, "
          "Tyrtyshnikov, Zamarashkin 1997; Mahoney, Drineas 2009; "
          "Sorensen, "
          "Embree 2016.",
      .example =
          "matrix = [[5, 1, 1, 1, 2], [0, 3, 3, 2, 1], [0, 0, 1, 2, 2], [1, 2, 2, 3, 0]]\nrank   = 2\n"
          "select = \"deim\"",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::matrix,
      sdk::in<"columns", sdk::i64, "p">{.min = 0, .optional = true, .doc = "indices of columns; left out: chosen"},
      sdk::in<"rows", sdk::i64, "q">{.min = 0, .optional = true, .doc = "indices of rows; left out: chosen"},
      ports::rank,
      ports::tolerance,
      ports::select,
      sdk::in<"rows_from", sdk::Choice<RowsFrom>>{.fallback = "matrix",
                                                  .choices = {"matrix", "columns"},
                                                  .doc = "rows are chosen from all of the matrix by the same rule, or "
                                                         "by pivoted QR from the columns chosen, which "
                                                         "makes matrix[rows, columns] as regular as can be"},
      sdk::in<"middle", sdk::Choice<Middle>>{
          .fallback = "optimal", .choices = {"optimal", "cross"}, .doc = "what stands between c and r"},
      ports::bound,
      ports::confidence,
      ports::oversample,
      ports::sample,
      ports::most_choices,
      sdk::out<"columns", sdk::i64, "c">{.doc = "indices of the columns"},
      sdk::out<"rows", sdk::i64, "r">{.doc = "indices of the rows"},
      sdk::out<"c", AnyNumber, "n x c">{.unit = "matrix", .dtype_like = "matrix", .doc = "matrix[:, columns]"},
      sdk::out<"u", AnyNumber, "c x r">{.unit = "1/matrix", .dtype_like = "matrix", .doc = "the middle"},
      sdk::out<"r", AnyNumber, "r x m">{.unit = "matrix", .dtype_like = "matrix", .doc = "matrix[rows, :]"},
      sdk::out<"error", sdk::f64>{.unit = "matrix", .doc = "Frobenius norm of matrix - c u r, computed in full"},
      sdk::out<"relative_error", sdk::f64>{.doc =
                                               "error over the Frobenius norm of the matrix; 0 for a matrix of zeros"},
      sdk::out<"condition", sdk::f64>{
          .doc = "ratio of the extreme singular values of matrix[rows, columns]; infinite if it is singular"}};
  static void run(sdk::Call<CurOperation>& call);
};

}  // namespace orrery::matrix
