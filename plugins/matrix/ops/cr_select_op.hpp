// matrix.cr_select, cr_multiply, cr_expected_error, cr_monte_carlo: a product from few columns and rows of its factors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/cr_approximate.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

enum class CrErrorCheck { exact, frobenius, estimate, none };
enum class CrScheme { norm, uniform, leverage, given };
enum class CrProductNorm { exact, estimate };

namespace ports {

inline constexpr sdk::in<"x", AnyNumber, "n x l"> cr_x{.unit = "*", .doc = "left factor"};
inline constexpr sdk::in<"y", AnyNumber, "l x m"> cr_y{.unit = "*", .doc = "right factor"};
inline constexpr sdk::in<"r", sdk::i64> cr_r{.min = 1,
                                             .doc = "columns that are kept or drawn; from l on the product is exact"};
inline constexpr sdk::in<"replacement", bool> cr_replacement{
    .fallback = "true",
    .doc =
        "whether a column may be drawn twice; without, 'uniform' draws simple random samples, the others systematic "
        "ones"};
inline constexpr sdk::in<"scheme", sdk::Choice<CrScheme>> cr_scheme{
    .fallback = "norm",
    .choices = {"norm", "uniform", "leverage", "given"},
    .doc = "probabilities in proportion to |x_i| |y_i|, equal, to leverage scores, or to 'probabilities'"};
inline constexpr sdk::in<"probabilities", sdk::f64, "l"> cr_probabilities{
    .min = 0, .optional = true, .doc = "of scheme 'given', up to a common factor"};
inline constexpr sdk::in<"product_norm", sdk::Choice<CrProductNorm>> cr_product_norm{
    .fallback = "exact",
    .choices = {"exact", "estimate"},
    .doc = "how |X Y| is found: exactly, at about the cost of the product, or from 'probes' random vectors"};
inline constexpr sdk::in<"probes", sdk::i64> cr_probes{
    .fallback = "16", .min = 2, .max = 1e6, .doc = "random vectors of an estimate"};

}  // namespace ports

struct CrSelect {
  static constexpr sdk::Info info{
      .name = "cr_select",
      .version = "1.0.0",
      .title = "A product from few columns of its left and rows of its right factor",
      .doc =
          "X Y is the sum of l products of a column of X and a row of Y; a few are kept, with or without weights. The "
          "error of any choice is a quadratic form of G = (X^H X) o conj(Y Y^H), so that X Y is not formed to find it. "
          "The least error of r columns need not fall with r, and few samples can be worse than none. Sources: "
          "Drineas, Kannan, Mahoney 2006; Madow 1949; Chen, Billings, Luo 1989.",
      .example = "x = [[2, -1, 0], [1, 0, 2]]\ny = [[1, 0], [2, 1], [-1, 3]]\nr = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::cr_x,
      ports::cr_y,
      ports::cr_r,
      sdk::in<"method", sdk::Choice<CrMethod>>{
          .fallback = "norm",
          .choices = {"norm", "exhaustive", "ktuple", "greedy_residual", "greedy_ls", "sample_norm", "sample_uniform",
                      "sample_leverage", "sample_given"},
          .doc =
              "largest |x_i| |y_i|; best set of all; dropping k at a time; adding the column that improves the plain "
              "or the weighted sum most; or random draws"},
      sdk::in<"k", sdk::i64>{.fallback = "1", .min = 1, .doc = "of 'ktuple'; divides l - r"},
      sdk::in<"limit", sdk::f64>{
          .fallback = "1e7", .min = 1, .doc = "sets that 'exhaustive' and 'ktuple' look at; more are refused"},
      ports::cr_replacement,
      ports::cr_probabilities,
      sdk::in<"weighting", sdk::Choice<CrWeighting>>{
          .fallback = "none",
          .choices = {"none", "unbiased", "diag_ls", "full_pinv"},
          .doc = "1; of samples the weights whose mean is right; the best diagonal; the best full matrix C^+ X Y R^+"},
      sdk::in<"error", sdk::Choice<CrErrorCheck>>{
          .fallback = "exact",
          .choices = {"exact", "frobenius", "estimate", "none"},
          .doc = "what is computed: both norms; the Frobenius norm; its estimate, at little cost; nothing"},
      ports::cr_probes,
      sdk::out<"indices", sdk::i64, "s">{.doc = "different columns, sorted, or as they were first drawn"},
      sdk::out<"multiplicity", sdk::i64, "s">{.doc = "how often each was drawn"},
      sdk::out<"weights", AnyNumber, "w">{.doc = "of each column, multiplicity included; none with a full core"},
      sdk::out<"core", AnyNumber, "c x c">{.doc = "of 'full_pinv', to stand between columns and rows; else empty"},
      sdk::out<"columns", AnyNumber, "n x s">{.unit = "x", .dtype_like = "x", .doc = "of X, without weights"},
      sdk::out<"rows", AnyNumber, "s x m">{.unit = "y", .dtype_like = "y", .doc = "of Y"},
      sdk::out<"err_f", sdk::f64>{.unit = "x*y", .optional = true, .doc = "Frobenius norm of what is left of X Y"},
      sdk::out<"err_f_standard_error", sdk::f64>{.unit = "x*y", .optional = true, .doc = "of an estimate, else 0"},
      sdk::out<"err_2", sdk::f64>{.unit = "x*y", .optional = true, .doc = "2-norm of it, to 1e-9"},
      sdk::out<"relative", sdk::f64>{.optional = true, .doc = "err_f by |X|_F |Y|_F"},
      sdk::out<"flops", sdk::f64>{.doc = "of the product of columns and rows"},
      sdk::out<"flops_exact", sdk::f64>{.doc = "of X Y"}};
  static void run(sdk::Call<CrSelect>& call);
};

struct CrMultiply {
  static constexpr sdk::Info info{
      .name = "cr_multiply",
      .version = "1.0.0",
      .title = "The product of chosen columns of X and rows of Y, with weights between them",
      .doc = "What matrix.cr_select has chosen, multiplied at the cost of the columns kept; X Y is not formed.",
      .example = "x = [[2, -1, 0], [1, 0, 2]]\ny = [[1, 0], [2, 1], [-1, 3]]\nindices = [0, 2]\nweights = [1, 0.5]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::cr_x,
      ports::cr_y,
      sdk::in<"indices", sdk::i64, "s">{.min = 0, .doc = "columns of X and rows of Y, each below l"},
      sdk::in<"weights", AnyNumber, "w">{.optional = true, .doc = "one for each index; empty or left out: all 1"},
      sdk::in<"core", AnyNumber, "c x c">{.optional = true, .doc = "a full matrix instead of weights; empty: none"},
      sdk::out<"product", AnyNumber, "n x m">{.unit = "x*y", .doc = "X[:, indices] weights Y[indices, :]"}};
  static void run(sdk::Call<CrMultiply>& call);
};

struct CrExpectedError {
  static constexpr sdk::Info info{
      .name = "cr_expected_error",
      .version = "1.0.0",
      .title = "The error to expect of a product from sampled columns and rows, before it is made",
      .doc =
          "In closed form, for weights that make the approximation unbiased. With replacement the squared error is "
          "(sum |x_i|^2 |y_i|^2/p_i - |X Y|^2)/r, least for p_i in proportion to |x_i| |y_i|; simple random and "
          "systematic samples without replacement have formulas of their own. Sources: Drineas, Kannan, Mahoney 2006; "
          "Cochran 1977; Madow 1949.",
      .example = "x = [[2, -1, 0], [1, 0, 2]]\ny = [[1, 0], [2, 1], [-1, 3]]\nr = 2",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::cr_x,
      ports::cr_y,
      ports::cr_r,
      ports::cr_scheme,
      ports::cr_probabilities,
      ports::cr_replacement,
      ports::cr_product_norm,
      ports::cr_probes,
      sdk::out<"expected_error", sdk::f64>{.unit = "x*y", .doc = "root of the expected squared Frobenius norm"},
      sdk::out<"relative", sdk::f64>{.doc = "the same by |X Y|; above 1 it is worse than returning 0"},
      sdk::out<"least", sdk::f64>{.unit = "x*y", .doc = "the least that any probabilities give with replacement"},
      sdk::out<"product_norm", sdk::f64>{.unit = "x*y", .doc = "|X Y|_F"},
      sdk::out<"product_norm_standard_error", sdk::f64>{.unit = "x*y", .doc = "of an estimate, else 0"},
      sdk::out<"norm_sum", sdk::f64>{.unit = "x*y", .doc = "Z = sum of |x_i| |y_i|"},
      sdk::out<"probabilities", sdk::f64, "l">{.doc = "of one draw"}};
  static void run(sdk::Call<CrExpectedError>& call);
};

struct CrMonteCarlo {
  static constexpr sdk::Info info{
      .name = "cr_monte_carlo",
      .version = "1.0.0",
      .title = "Errors of many independent samples of columns and rows, beside the expected one",
      .doc = "Unbiased weights. Each trial is a quadratic form of the Gram matrix, so that no product is formed.",
      .example = "x = [[2, -1, 0], [1, 0, 2]]\ny = [[1, 0], [2, 1], [-1, 3]]\nr = 2\ntrials = 100",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      ports::cr_x,
      ports::cr_y,
      ports::cr_r,
      ports::cr_scheme,
      ports::cr_probabilities,
      ports::cr_replacement,
      sdk::in<"trials", sdk::i64>{.fallback = "1000", .min = 2, .max = 1e8, .doc = "independent samples"},
      sdk::out<"errors", sdk::f64, "trials">{.unit = "x*y", .doc = "Frobenius norms"},
      sdk::out<"root_mean_square", sdk::f64>{.unit = "x*y", .doc = "of the errors"},
      sdk::out<"expected_error", sdk::f64>{.unit = "x*y", .doc = "what it should be"},
      sdk::out<"mean_square_ratio", sdk::f64>{.doc = "mean squared error by the expected one; 1 if that is 0"},
      sdk::out<"ratio_standard_error", sdk::f64>{.doc = "of that ratio"}};
  static void run(sdk::Call<CrMonteCarlo>& call);
};

}  // namespace orrery::matrix
