// matrix.spectrum: all singular values, and what they say of rank, condition and norms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

struct Spectrum {
  static constexpr sdk::Info info{
      .name = "spectrum",
      .version = "1.0.0",
      .title = "Singular values of a matrix, its numerical rank, condition and norms",
      .doc =
          "The numerical rank counts the singular values above max(atol, rtol s_1). error_by_rank[r] is the least "
          "|A - B|_F of a matrix B of rank r, from r = 0 to min(m, n). Sources: Golub, Van Loan 2013, sections 2.4 and "
          "5.5; Eckart, "
          "Young 1936; Roy, Vetterli 2007 (effective rank); Tropp 2015 (stable rank).",
      .example = "matrix = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"matrix", AnyNumber, "m x n">{.unit = "*", .doc = "A"},
      sdk::in<"rtol", sdk::f64>{
          .min = 0,
          .max = 1,
          .optional = true,
          .doc = "of the rank, relative to s_1; left out: max(m, n) times the precision of the elements"},
      sdk::in<"atol", sdk::f64>{.unit = "matrix", .fallback = "0", .min = 0, .doc = "of the rank, absolute"},
      sdk::out<"singular_values", sdk::f64, "p">{.unit = "matrix", .doc = "falling, min(m, n) of them"},
      sdk::out<"rank", sdk::i64>{.doc = "numerical rank"},
      sdk::out<"error_by_rank", sdk::f64, "q">{.unit = "matrix", .doc = "sqrt of the sum of s_i^2 beyond the first r"},
      sdk::out<"condition", sdk::f64>{.doc = "s_1/s_p; infinite for a singular matrix"},
      sdk::out<"spectral_norm", sdk::f64>{.unit = "matrix", .doc = "s_1"},
      sdk::out<"frobenius_norm", sdk::f64>{.unit = "matrix", .doc = "sqrt of the sum of s_i^2"},
      sdk::out<"nuclear_norm", sdk::f64>{.unit = "matrix", .doc = "sum of the s_i"},
      sdk::out<"stable_rank", sdk::f64>{.doc = "|A|_F^2/s_1^2; 0 for a zero matrix"},
      sdk::out<"effective_rank", sdk::f64>{.doc = "exp of the entropy of s_i/sum s; 0 for a zero matrix"}};
  static void run(sdk::Call<Spectrum>& call);
};

}  // namespace orrery::matrix
