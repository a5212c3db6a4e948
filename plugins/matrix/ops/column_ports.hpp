// Ports and conversions of the operations that choose columns or rows of a matrix.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "plugins/matrix/core/interpolative.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix::ports {

inline constexpr sdk::in<"matrix", AnyNumber, "n x m"> matrix{
    .unit = "*", .finite = false, .doc = "finite; an element that is not is named"};
inline constexpr sdk::in<"rank", sdk::i64> rank{
    .min = 1, .optional = true, .doc = "columns or rows to choose, at most min(n, m); without it 'tolerance' decides"};
inline constexpr sdk::in<"tolerance", sdk::f64> tolerance{
    .min = 0,
    .max = 1,
    .above_min = true,
    .below_max = true,
    .optional = true,
    .doc = "without a rank: the Frobenius norm of the error is at most this part of that of the matrix"};
inline constexpr sdk::in<"confidence", sdk::f64> confidence{
    .fallback = "1",
    .min = 0,
    .max = 1,
    .above_min = true,
    .doc =
        "1: errors are computed in full; below 1: from 32 random probes, with a bound that holds with this "
        "probability"};
inline constexpr sdk::in<"bound", sdk::f64> bound{
    .min = 1,
    .optional = true,
    .doc = "exchange columns until no |z| is above this; left out: no bound (strong_rrqr: 2, max_volume: 1.01)"};
inline constexpr sdk::in<"oversample", sdk::i64> oversample{
    .fallback = "10",
    .min = 0,
    .max = 1e9,
    .doc = "rows of a projection (gaussian, sparse_sign, srht) beyond the rank"};
inline constexpr sdk::in<"sample", sdk::i64> sample{
    .min = 1,
    .max = 1e9,
    .optional = true,
    .doc = "columns that column_sample looks at; left out: three times the rank"};
inline constexpr sdk::in<"most_choices", sdk::f64> most_choices{
    .fallback = "1e6", .min = 1, .max = 1e12, .doc = "exhaustive refuses to try more choices than this"};
inline constexpr sdk::in<"select", sdk::Choice<ColumnChoice>> select{
    .fallback = "fine",
    .choices = {"fine", "fast", "pivoted_qr", "strong_rrqr", "max_volume", "near_optimal", "greedy_total", "norm",
                "leverage", "deim", "exhaustive", "gaussian", "sparse_sign", "srht", "column_sample", "uniform"},
    .doc = "how columns are chosen: fine and fast from a sparse sketch; the others by the rule of their name"};

}  // namespace orrery::matrix::ports

namespace orrery::matrix {

/// What the ports above say.
template <class Op>
InterpolativeOptions options_of(const sdk::Call<Op>& call) {
  const auto rank = call.template maybe<"rank">();
  const auto tolerance = call.template maybe<"tolerance">();
  if (rank.has_value() == tolerance.has_value())
    throw std::invalid_argument(rank ? "give 'rank' or 'tolerance', not both"
                                     : "one of 'rank' and 'tolerance' is needed");
  return {.choice = call.template in<"select">(),
          .rank = rank.value_or(0),
          .tolerance = tolerance.value_or(0.0),
          .confidence = call.template in<"confidence">(),
          .bound = call.template maybe<"bound">().value_or(0.0),
          .oversample = call.template in<"oversample">(),
          .sample = call.template maybe<"sample">().value_or(0),
          .most_choices = call.template in<"most_choices">()};
}

template <sdk::FixedString Name, class Op>
void put_indices(const sdk::Call<Op>& call, const std::vector<Index>& indices) {
  const auto out = call.template out<Name>(static_cast<std::int64_t>(indices.size()));
  std::copy(indices.begin(), indices.end(), out.begin());
}

template <sdk::FixedString Name, class Op, class T>
void put_matrix(const sdk::Call<Op>& call, View<const T> from) {
  copy<T>(from, new_matrix<Name, T>(call, from.rows, from.cols));
}

}  // namespace orrery::matrix
