// matrix.svd: leading singular values and vectors, by rank, energy or tolerance.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/truncated_svd.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

struct SvdOperation {
  static constexpr sdk::Info info{
      .name = "svd",
      .version = "1.0.0",
      .title = "Singular values and vectors: all, or the leading ones",
      .doc =
          "A = U diag(s) V^H. Give at most one of rank, energy and tolerance; without them all are computed. Signs are "
          "fixed: "
          "the largest element of each column of U is real and positive. block_krylov stops when its residuals show "
          "that the "
          "error is within 0.1 % of the least possible; randomized takes the power iterations it is told. automatic is "
          "exact "
          "for small matrices and ranks above a third of the size. Sources: Golub, Luk, Overton 1981; Musco, Musco "
          "2015; Halko, Martinsson, Tropp 2011.",
      .example = "matrix = [[5, 1, 1, 1, 2], [0, 3, 3, 2, 1], [0, 0, 1, 2, 2], [1, 2, 2, 3, 0]]\nrank   = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"matrix", AnyNumber, "m x n">{.unit = "*", .doc = "A"},
      sdk::in<"rank", sdk::i64>{.min = 1, .optional = true, .doc = "how many singular values, at most min(m, n)"},
      sdk::in<"energy", sdk::f64>{.min = 0,
                                  .max = 1,
                                  .above_min = true,
                                  .optional = true,
                                  .doc = "the fewest whose squares add up to this part of |A|_F^2"},
      sdk::in<"tolerance", sdk::f64>{.min = 0,
                                     .max = 1,
                                     .below_max = true,
                                     .optional = true,
                                     .doc = "the fewest with |A - U S V^H|_F at most this part of |A|_F"},
      sdk::in<"method", sdk::Choice<SvdMethod>>{.fallback = "automatic",
                                                .choices = {"automatic", "exact", "block_krylov", "randomized"},
                                                .doc = "how they are found"},
      sdk::in<"oversample", sdk::i64>{
          .fallback = "10", .min = 0, .max = 1e6, .doc = "of randomized: columns beyond the rank"},
      sdk::in<"power_iterations", sdk::i64>{
          .fallback = "2", .min = 0, .max = 1000, .doc = "of randomized: multiplications by A A^H"},
      sdk::in<"seed", sdk::i64>{
          .fallback = "0", .min = 0, .doc = "another number, other random vectors; the scenario's seed counts too"},
      sdk::out<"u", AnyNumber, "m x k">{.dtype_like = "matrix", .doc = "left singular vectors in columns"},
      sdk::out<"singular_values", sdk::f64, "k">{.unit = "matrix", .doc = "falling"},
      sdk::out<"vt", AnyNumber, "k x n">{.dtype_like = "matrix",
                                         .doc = "V^H: right singular vectors, conjugated, in rows"},
      sdk::out<"rank", sdk::i64>{.doc = "k"},
      sdk::out<"norm", sdk::f64>{.unit = "matrix", .doc = "|A|_F"},
      sdk::out<"error", sdk::f64>{.unit = "matrix", .doc = "|A - U S V^H|_F"},
      sdk::out<"relative_error", sdk::f64>{.doc = "error/norm; 0 for a zero matrix"},
      sdk::out<"captured_energy", sdk::f64>{.doc = "1 - relative_error^2"},
      sdk::out<"steps", sdk::i64>{.doc = "blocks of the Krylov space, or power iterations; 0 if exact"},
      sdk::out<"converged", sdk::i64>{
          .doc = "0 if the Krylov space was full before the error was known to be close to the least"}};
  static void run(sdk::Call<SvdOperation>& call);
};

}  // namespace orrery::matrix
