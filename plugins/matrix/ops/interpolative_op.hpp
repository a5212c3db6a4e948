// matrix.interpolative: a matrix from a few of its own columns, of its rows, or of both.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/column_ports.hpp"

namespace orrery::matrix {

enum class Side { column, row, both };

struct InterpolativeOperation {
  static constexpr sdk::Info info{
      .name = "interpolative",
      .version = "1.0.0",
      .title = "A matrix from a few of its own columns or rows",
      .doc =
          "Column side: matrix ~ skeleton z with skeleton = matrix[:, columns], in which z is the identity. Row side: "
          "matrix ~ x skeleton with skeleton = matrix[rows, :]. Both: matrix ~ x skeleton z with skeleton = "
          "matrix[rows, columns]. Coefficients are least-squares ones (of fast: in the sketch). Columns that depend on "
          "the others to round-off are not chosen; then fewer come out than asked for and 'deficient' is true. With a "
          "tolerance the rank is the least at which the rule keeps it. Sources: Cheng, Gimbutas, Martinsson, Rokhlin "
          "2005; Gu, Eisenstat 1996; Dong, Martinsson 2023; Osinsky 2025.",
      .example = "matrix = [[5, 1, 1, 1, 2], [0, 3, 3, 2, 1], [0, 0, 1, 2, 2], [1, 2, 2, 3, 0]]\nrank   = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::matrix,
      ports::rank,
      ports::tolerance,
      sdk::in<"side", sdk::Choice<Side>>{
          .fallback = "column", .choices = {"column", "row", "both"}, .doc = "what is chosen"},
      ports::select,
      ports::bound,
      ports::confidence,
      ports::oversample,
      ports::sample,
      ports::most_choices,
      sdk::in<"spectral_steps", sdk::i64>{
          .fallback = "0",
          .min = 0,
          .max = 10000,
          .doc = "steps of power iteration that estimate the spectral norm of the error, from below; 0: none"},
      sdk::out<"columns", sdk::i64, "c">{.optional = true, .doc = "indices of the columns chosen, in order of choice"},
      sdk::out<"rows", sdk::i64, "r">{.optional = true, .doc = "indices of the rows chosen"},
      sdk::out<"skeleton", AnyNumber, "p x q">{
          .unit = "matrix", .dtype_like = "matrix", .doc = "what is chosen of the matrix"},
      sdk::out<"z", AnyNumber, "c x m">{
          .dtype_like = "matrix", .optional = true, .doc = "coefficients of all columns in those chosen"},
      sdk::out<"x", AnyNumber, "n x r">{
          .dtype_like = "matrix", .optional = true, .doc = "coefficients of all rows in those chosen"},
      sdk::out<"chosen", sdk::i64>{.doc = "how many columns or rows were chosen"},
      sdk::out<"deficient", bool>{.doc = "fewer than asked for, since the others depend on them to round-off"},
      sdk::out<"error", sdk::f64>{.unit = "matrix",
                                  .doc = "Frobenius norm of what is missing; below confidence 1 an "
                                         "estimate"},
      sdk::out<"error_bound", sdk::f64>{.unit = "matrix", .doc = "not exceeded with the confidence asked for"},
      sdk::out<"relative_error", sdk::f64>{.doc =
                                               "error over the Frobenius norm of the matrix; 0 for a matrix of zeros"},
      sdk::out<"spectral_error", sdk::f64>{
          .unit = "matrix", .optional = true, .doc = "spectral norm of what is missing: an estimate from below"},
      sdk::out<"largest_coefficient", sdk::f64>{.doc = "largest |z| or |x|"},
      sdk::out<"swaps", sdk::i64>{.doc = "exchanges of columns that bounded the coefficients or raised the volume"},
      sdk::tap<"diagonal", sdk::f64>{.unit = "matrix",
                                     .doc = "|R_kk| of the pivoted QR decomposition that chose, where one did"}};
  static void run(sdk::Call<InterpolativeOperation>& call);
};

}  // namespace orrery::matrix
