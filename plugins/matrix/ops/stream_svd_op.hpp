// matrix.stream_svd: a truncated singular value decomposition from one pass over the rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

struct StreamSvdOperation {
  static constexpr sdk::Info info{
      .name = "stream_svd",
      .version = "1.0.0",
      .title = "A truncated singular value decomposition from one pass over the rows of a matrix",
      .doc =
          "The rows are read once, in order, so that a matrix in a file may be larger than memory: what is kept are "
          "sketches of some 5 sketch (n + m) numbers. A sketch of the error tells how far the result is off. Less "
          "accurate than matrix.svd, which reads the matrix several times. Source: Tropp, Yurtsever, Udell, Cevher "
          "2019.",
      .example = "a = [[2, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 3]]\nrank = 1",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"a", AnyNumber, "m x n">{
          .unit = "*",
          .finite = false,
          .doc = "the matrix; an element that is not finite is refused when its row comes"},
      sdk::in<"rank", sdk::i64>{.min = 1, .doc = "singular values to find"},
      sdk::in<"sketch", sdk::i64>{
          .min = 1, .optional = true, .doc = "k, rank to min(m, n); left out: 4 rank + 1, if the matrix has that many"},
      sdk::in<"core", sdk::i64>{.min = 1, .optional = true, .doc = "s, k to 4 k + 4; left out: 2 k + 1"},
      sdk::in<"error_probes", sdk::i64>{
          .fallback = "8", .min = 1, .max = 10000, .doc = "rows of the sketch that the error is estimated from"},
      sdk::out<"u", AnyNumber, "m x r">{.dtype_like = "a", .doc = "left singular vectors, in columns"},
      sdk::out<"s", sdk::f64, "r">{.unit = "a", .doc = "singular values, falling"},
      sdk::out<"vh", AnyNumber, "r x n">{.dtype_like = "a", .doc = "right singular vectors, conjugated, in rows"},
      sdk::out<"err_f", sdk::f64>{.unit = "a", .doc = "estimate of the Frobenius norm of a - u diag(s) vh"},
      sdk::out<"err_f_standard_error", sdk::f64>{.unit = "a", .doc = "of that estimate, at most"},
      sdk::out<"norm_f", sdk::f64>{.unit = "a", .doc = "Frobenius norm of a"}};
  static void run(sdk::Call<StreamSvdOperation>& call);
};

}  // namespace orrery::matrix
