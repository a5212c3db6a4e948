// matrix.pivoted_cholesky and nystrom: low rank approximations of positive semidefinite matrices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/nystrom.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

enum class NystromMethod { sketch, greedy, random, uniform, given };

namespace ports {

inline constexpr sdk::in<"a", AnyNumber, "n x n"> semidefinite{
    .unit = "*", .doc = "Hermitian and positive semidefinite; refused where it proves not to be"};
inline constexpr sdk::in<"pivots", sdk::i64, "g"> given_pivots{
    .min = 0, .optional = true, .doc = "rows to take, of 'given'; those that add nothing are left out"};
inline constexpr sdk::in<"block", sdk::i64> pivot_block{
    .fallback = "32", .min = 1, .max = 4096, .doc = "random pivots drawn at once; the law of the result is the same"};

}  // namespace ports

struct PivotedCholesky {
  static constexpr sdk::Info info{
      .name = "pivoted_cholesky",
      .version = "1.0.0",
      .title = "A partial Cholesky factorisation of a positive semidefinite matrix",
      .doc =
          "a is near factor factor^H, exactly so in the rows of the pivots, and what is left is positive semidefinite, "
          "so that its trace bounds every norm of it. Pivots are the largest of the diagonal left, or random in "
          "proportion to it, drawn in blocks of which some are rejected, or uniform, or given. Sources: Harbrecht, "
          "Peters, Schneider 2012; Chen, Epperly, Tropp, Webber 2025; Epperly, Tropp, Webber 2024.",
      .example = "a = [[4, 2, 0], [2, 2, 1], [0, 1, 3]]\nrank = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::semidefinite,
      sdk::in<"rank", sdk::i64>{.min = 1, .doc = "the most pivots, at most n"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "0", .min = 0, .max = 1, .doc = "stops when the trace left is at most this part of the trace"},
      sdk::in<"pivoting", sdk::Choice<Pivoting>>{
          .fallback = "greedy", .choices = {"greedy", "random", "uniform", "given"}, .doc = "how pivots are chosen"},
      ports::given_pivots,
      ports::pivot_block,
      sdk::out<"pivots", sdk::i64, "k">{.doc = "rows in the order in which they were taken"},
      sdk::out<"factor", AnyNumber, "n x k">{.dtype_like = "a", .doc = "in units of the root of a's"},
      sdk::out<"trace_left", sdk::f64, "k">{.unit = "a", .doc = "after each pivot"},
      sdk::out<"trace", sdk::f64>{.unit = "a", .doc = "of a"},
      sdk::out<"trace_error", sdk::f64>{.unit = "a", .doc = "trace of what is left: its nuclear norm"}};
  static void run(sdk::Call<PivotedCholesky>& call);
};

struct NystromOperation {
  static constexpr sdk::Info info{
      .name = "nystrom",
      .version = "1.0.0",
      .title = "A Nystrom approximation of a positive semidefinite matrix by its leading eigenvectors",
      .doc =
          "a is near vectors diag(values) vectors^H. It is made from columns of a, chosen as matrix.pivoted_cholesky "
          "does, or from a sketch by random vectors, and cut to the rank asked for. What is left is positive "
          "semidefinite. Sources: Williams, Seeger 2001; Tropp, Yurtsever, Udell, Cevher 2017.",
      .example = "a = [[4, 2, 0], [2, 2, 1], [0, 1, 3]]\nrank = 1\nsketch = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::semidefinite,
      sdk::in<"rank", sdk::i64>{.min = 1, .doc = "eigenvectors, at most n"},
      sdk::in<"sketch", sdk::i64>{
          .min = 1, .optional = true, .doc = "columns or random vectors, rank to n; left out: rank + 10 or n"},
      sdk::in<"method", sdk::Choice<NystromMethod>>{.fallback = "sketch",
                                                    .choices = {"sketch", "greedy", "random", "uniform", "given"},
                                                    .doc = "random vectors, or how columns are chosen"},
      ports::given_pivots,
      ports::pivot_block,
      sdk::out<"vectors", AnyNumber, "n x k">{.dtype_like = "a", .doc = "orthonormal, in columns"},
      sdk::out<"values", sdk::f64, "k">{.unit = "a", .doc = "falling, none negative"},
      sdk::out<"columns", sdk::i64, "c">{.doc = "of a that were used; empty for a sketch"},
      sdk::out<"trace", sdk::f64>{.unit = "a", .doc = "of a"},
      sdk::out<"trace_error", sdk::f64>{.unit = "a", .doc = "trace of what is left: its nuclear norm"}};
  static void run(sdk::Call<NystromOperation>& call);
};

}  // namespace orrery::matrix
