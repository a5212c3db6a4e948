// matrix.leverage and matrix.deim: how much rows and columns weigh in singular vectors, and which interpolate a basis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/column_scores.hpp"
#include "plugins/matrix/ops/column_ports.hpp"

namespace orrery::matrix {

enum class ScoreSide { columns, rows };

struct Leverage {
  static constexpr sdk::Info info{
      .name = "leverage",
      .version = "1.0.0",
      .title = "Leverage scores of columns or rows",
      .doc =
          "The squared lengths of the columns (rows) of the first singular vectors. They lie between 0 and 1 and add "
          "up "
          "to the number of vectors. Source: Mahoney, Drineas 2009.",
      .example = "matrix = [[5, 1, 1, 1, 2], [0, 3, 3, 2, 1], [0, 0, 1, 2, 2], [1, 2, 2, 3, 0]]\nrank   = 1",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::matrix,
      sdk::in<"rank", sdk::i64>{
          .min = 1, .optional = true, .doc = "singular vectors, at most min(n, m); without it 'tolerance' decides"},
      sdk::in<"tolerance", sdk::f64>{.min = 0,
                                     .max = 1,
                                     .below_max = true,
                                     .optional = true,
                                     .doc = "without a rank: vectors of singular values above this part of the first"},
      sdk::in<"side", sdk::Choice<ScoreSide>>{
          .fallback = "columns", .choices = {"columns", "rows"}, .doc = "what is scored"},
      sdk::out<"scores", sdk::f64, "j">{.doc = "of each column, or row"},
      sdk::out<"order", sdk::i64, "j">{.doc = "indices in falling order of the scores"},
      sdk::out<"vectors", sdk::i64>{.doc = "how many singular vectors were used"},
      sdk::out<"coherence", sdk::f64>{
          .doc = "the largest score times their number over their sum: 1 if all are equal, large if few weigh most"}};
  static void run(sdk::Call<Leverage>& call);
};

enum class DeimMethod { deim, q_deim };

struct Deim {
  static constexpr sdk::Info info{
      .name = "deim",
      .version = "1.0.0",
      .title = "Points that interpolate a basis: DEIM and Q-DEIM",
      .doc =
          "Of a basis in the columns of a matrix the rows at which it is to be known: one by one where a vector "
          "differs "
          "most from its interpolation by those before (DEIM), or the pivots of a QR decomposition (Q-DEIM). Sources: "
          "Chaturantabut, Sorensen 2010; Drmac, Gugercin 2016.",
      .example = "basis = [[0.8, 0], [0.6, 0.6], [0, 0.8]]"};
  static constexpr std::tuple ports{
      sdk::in<"basis", AnyNumber, "n x k">{
          .unit = "*", .finite = false, .doc = "independent columns, in order; finite"},
      sdk::in<"method", sdk::Choice<DeimMethod>>{
          .fallback = "deim", .choices = {"deim", "q_deim"}, .doc = "how the points are chosen"},
      sdk::out<"indices", sdk::i64, "k">{.doc = "rows, in order of choice"},
      sdk::out<"constant", sdk::f64>{.unit = "1/basis",
                                     .doc =
                                         "spectral norm of the inverse of basis[indices, :]: errors of interpolation "
                                         "are at most so many times those of projection, for an orthonormal basis"}};
  static void run(sdk::Call<Deim>& call);
};

}  // namespace orrery::matrix
