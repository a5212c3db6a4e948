// Softmax attention row by row in double precision: the reference that holds every score of a row.
// SPDX-License-Identifier: Apache-2.0
//
// Vaswani et al. 2017, equation 1; the largest score is taken out before exponentials are formed.
#pragma once

#include <cstdint>
#include <span>

#include "plugins/attention/core/problem.hpp"

namespace orrery::attention {

/// Weights of one query over all keys: exp(score - largest) over their sum, 0 where a key is hidden.
/// @param problem checked   @param head, query [-] which row   @param weights [-] keys, receives them
/// @returns the logarithm of the sum of exp(score); NaN if a visible score is NaN or +infinity, or all are -infinity
/// @accuracy scores are sums in the order of components; relative error of a weight at most (2 + |q||k| depth) 2.2e-16
/// @source Vaswani et al. 2017
template <class T>
double attention_weights(const Problem<T>& problem, std::int64_t head, std::int64_t query, std::span<double> weights);

/// The weighted sum of values of one row. Values of hidden keys are not read.
/// @param problem checked   @param head, query [-] which row   @param weights [-] keys   @param output [-] value_depth
template <class T>
void weighted_values(const Problem<T>& problem, std::int64_t head, std::int64_t query, std::span<const double> weights,
                     std::span<T> output);

}  // namespace orrery::attention
