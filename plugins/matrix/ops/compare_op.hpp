// matrix.compare: rules for choosing columns side by side, on one matrix.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/column_ports.hpp"

namespace orrery::matrix {

struct Compare {
  static constexpr sdk::Info info{
      .name = "compare",
      .version = "1.0.0",
      .title = "Rules for choosing columns side by side",
      .doc =
          "Runs rules of matrix.interpolative on one matrix at one rank. 'ratio' is the error over that of the "
          "singular "
          "value decomposition, which nothing of this rank can beat. 'flops' is the leading term of what the rule "
          "needs for its choice and its coefficients. Seconds are measured, so that they differ from run to run.",
      .example = "matrix = [[5, 1, 1, 1, 2], [0, 3, 3, 2, 1], [0, 0, 1, 2, 2], [1, 2, 2, 3, 0]]\nrank   = 2",
      .deterministic = false,
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::matrix,
      sdk::in<"rank", sdk::i64>{.min = 1, .doc = "columns to choose, at most min(n, m)"},
      sdk::in<"methods", sdk::Choice<ColumnChoice>>{
          .optional = true,
          .list = true,
          .choices = {"fine", "fast", "pivoted_qr", "strong_rrqr", "max_volume", "near_optimal", "greedy_total", "norm",
                      "leverage", "deim", "exhaustive", "gaussian", "sparse_sign", "srht", "column_sample", "uniform"},
          .doc = "rules to compare, in this order; left out: all, exhaustive only where it has few choices"},
      ports::bound,
      ports::oversample,
      ports::sample,
      sdk::in<"most_choices", sdk::f64>{
          .fallback = "1e5", .min = 1, .max = 1e12, .doc = "exhaustive is tried up to so many choices"},
      sdk::out<"table", sdk::Table>{
          .columns = {{{.name = "method", .dtype = ORRERY_TEXT, .doc = "the rule"},
                       {.name = "relative_error", .doc = "Frobenius norm of what is missing over that of the matrix"},
                       {.name = "ratio", .doc = "error over the floor; 1 where both are round-off"},
                       {.name = "largest_coefficient", .doc = "largest |z|"},
                       {.name = "chosen", .dtype = ORRERY_I64, .doc = "columns"},
                       {.name = "swaps", .dtype = ORRERY_I64, .doc = "exchanges of columns"},
                       {.name = "flops", .doc = "leading term"},
                       {.name = "seconds", .unit = "s", .doc = "by the clock"}}},
          .doc = "a row for each rule"},
      sdk::out<"floor", sdk::f64>{.unit = "matrix",
                                  .doc = "the least error of this rank: the tail of the singular values"}};
  static void run(sdk::Call<Compare>& call);
};

}  // namespace orrery::matrix
