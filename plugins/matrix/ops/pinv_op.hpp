// matrix.pinv: the pseudo-inverse of a matrix.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

enum class PinvMethod { svd, eig, ridge };

struct Pinv {
  static constexpr sdk::Info info{
      .name = "pinv",
      .version = "1.0.0",
      .title = "The pseudo-inverse of a matrix of any rank",
      .doc =
          "Singular values up to max(atol, rtol s_1) count as 0. 'svd' is accurate for any matrix; 'eig' works on the "
          "Gram matrix, is faster, and loses singular values below sqrt(eps) s_1; 'ridge' is (A^H A + ridge)^{-1} A^H, "
          "whose error falls with the ridge down to about sqrt(eps) and rises again below, where round-off in the "
          "singular values that should be 0 is divided by it. Sources: Penrose 1955; Golub, Van Loan 2013.",
      .example = "a = [[1, 2, 3], [2, 4, 6], [1, 0, 1], [0, 1, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"a", AnyNumber, "n x m">{.unit = "*", .doc = "the matrix"},
      sdk::in<"method", sdk::Choice<PinvMethod>>{
          .fallback = "svd", .choices = {"svd", "eig", "ridge"}, .doc = "by singular values, eigenvalues, or a ridge"},
      sdk::in<"rtol", sdk::f64>{
          .min = 0,
          .max = 1,
          .optional = true,
          .doc = "cutoff as a part of the largest singular value; left out: max(n, m) eps, of 'eig' its square root"},
      sdk::in<"atol", sdk::f64>{.unit = "a", .fallback = "0", .min = 0, .doc = "cutoff as a number"},
      sdk::in<"ridge", sdk::f64>{
          .unit = "a^2", .min = 0, .above_min = true, .optional = true, .doc = "of the method 'ridge'"},
      sdk::out<"pinv", AnyNumber, "m x n">{.unit = "1/a", .dtype_like = "a", .doc = "the pseudo-inverse"},
      sdk::out<"rank", sdk::i64>{.doc = "singular values above the cutoff"},
      sdk::out<"cutoff", sdk::f64>{.unit = "a", .doc = "below which singular values count as 0"},
      sdk::out<"singular_values", sdk::f64, "p">{.unit = "a", .doc = "of a, falling"},
      sdk::out<"condition", sdk::f64>{.doc = "the largest singular value by the smallest one above the cutoff; of rank "
                                             "0: 0"}};
  static void run(sdk::Call<Pinv>& call);
};

}  // namespace orrery::matrix
