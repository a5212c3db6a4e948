// Declarations of the matrix domain: what many of its operations share, and products of chosen columns and rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/sdk/domains/declared.hpp"

namespace orrery::domains::matrix {

inline constexpr in<"matrix", Field, "n x m"> matrix{.unit = "*", .doc = "M"};
inline constexpr in<"rank", i64> rank_wanted{.min = 1, .optional = true, .doc = "give it, energy or tolerance"};
inline constexpr in<"tolerance", f64> tolerance{
    .min = 0, .above_min = true, .optional = true, .doc = "of the relative error"};
inline constexpr in<"energy", f64> energy{
    .min = 0, .max = 1, .above_min = true, .optional = true, .doc = "part of the squared norm to keep"};
inline constexpr in<"oversample", i64> oversample{
    .fallback = "10", .min = 0, .doc = "columns of the sketch beyond the rank"};
inline constexpr in<"draw", i64> draw{.fallback = "0", .min = 0, .doc = "number of the random stream"};
inline constexpr out<"rank", i64> out_rank{.doc = "r, as found"};
inline constexpr out<"error_frobenius", f64> error_frobenius{.unit = "matrix", .doc = "norm of what is missing"};
inline constexpr out<"error_spectral", f64> error_spectral{.unit = "matrix", .doc = "norm of what is missing"};
inline constexpr out<"error_confidence", f64> error_confidence{.doc = "1 where the error is exact, not estimated"};
inline constexpr out<"flops", i64> flops{.doc = "multiplications and additions"};

enum class CrMethod { norm, exhaustive, ktuple, sample_uniform, sample_norm, sample_leverage, greedy_residual };
enum class Weighting { none, unbiased, diagonal_least_squares, full };
inline constexpr in<"left", Real, "n x l"> cr_left{.unit = "*", .doc = "X"};
inline constexpr in<"right", Real, "l x m"> cr_right{.unit = "*", .doc = "Y"};
inline constexpr in<"method", Choice<CrMethod>> cr_method{
    .fallback = "norm",
    .choices = {"norm", "exhaustive", "ktuple", "sample_uniform", "sample_norm", "sample_leverage", "greedy_residual"},
    .doc = "how columns are chosen"};
inline constexpr in<"weighting", Choice<Weighting>> weighting{
    .fallback = "none",
    .choices = {"none", "unbiased", "diagonal_least_squares", "full"},
    .doc = "of the chosen columns"};
inline constexpr in<"replacement", bool> replacement{.fallback = "true", .doc = "whether a column may be drawn twice"};

struct CrSelect : Declared<CrSelect> {
  static constexpr Info info = drawing("cr_select", "Columns of X and rows of Y whose product is near X Y");
  static constexpr std::tuple ports{
      cr_left,
      cr_right,
      in<"rank", i64>{.min = 1, .doc = "how many columns"},
      cr_method,
      weighting,
      replacement,
      in<"tuple", i64>{.fallback = "1", .min = 1, .doc = "columns that ktuple drops at once"},
      in<"limit", i64>{.fallback = "1000000", .min = 1, .doc = "most subsets that are tried"},
      draw,
      out<"indices", i64, "r">{.doc = "chosen, from 0"},
      out<"weights", f64, "r">{.doc = "Lambda, where it is diagonal"},
      out<"weight_matrix", f64, "r x r">{.optional = true, .doc = "Lambda, where it is full"},
      out<"columns", Real, "n x r">{.unit = "left", .dtype_like = "left", .doc = "C"},
      out<"rows", Real, "r x m">{.unit = "right", .dtype_like = "right", .doc = "R"},
      out<"error_frobenius", f64>{.unit = "left*right", .doc = "norm of X Y - C Lambda R"},
      out<"error_spectral", f64>{.unit = "left*right", .doc = "estimated"},
      out<"error_relative", f64>{.doc = "to the norm of X Y"},
      flops,
      tap<"residual", f64>{.unit = "left*right", .doc = "after each column"}};
};

struct CrExpectedError : Declared<CrExpectedError> {
  static constexpr Info info = about("cr_expected_error", "Mean squared error of sampling, in closed form");
  static constexpr std::tuple ports{
      cr_left,
      cr_right,
      in<"ranks", i64, "k">{.min = 1, .doc = "numbers of samples"},
      in<"probabilities", f64, "l">{.min = 0, .optional = true, .doc = "left out: the optimal ones"},
      replacement,
      out<"mean_squared_error", f64, "k">{.unit = "left^2*right^2", .doc = "for each number of samples"},
      out<"probabilities", f64, "l">{.doc = "that were used"}};
};

struct CrMultiply : Declared<CrMultiply> {
  static constexpr Info info = long_running("cr_multiply", "X Y from chosen columns and rows");
  static constexpr std::tuple ports{
      cr_left,
      cr_right,
      in<"indices", i64, "r">{.min = 0, .doc = "chosen"},
      in<"weights", f64, "r">{.optional = true, .doc = "left out: 1"},
      out<"product", Real, "n x m">{.unit = "left*right", .dtype_like = "left", .doc = "C L R"},
      flops};
};

struct CrMonteCarlo : Declared<CrMonteCarlo> {
  static constexpr Info info = drawing("cr_monte_carlo", "Squared error of sampling, by trials");
  static constexpr std::tuple ports{cr_left,
                                    cr_right,
                                    in<"rank", i64>{.min = 1, .doc = "samples"},
                                    cr_method,
                                    replacement,
                                    in<"trials", i64>{.fallback = "1000", .min = 2, .doc = "how many"},
                                    draw,
                                    out<"mean", f64>{.unit = "left^2*right^2", .doc = "of the squared error"},
                                    out<"standard_error", f64>{.unit = "left^2*right^2", .doc = "of the mean"},
                                    tap<"squared_error", f64>{.unit = "left^2*right^2", .doc = "of each trial"}};
};

}  // namespace orrery::domains::matrix
