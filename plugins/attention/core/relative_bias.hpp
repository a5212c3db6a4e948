// Biases of scores that depend on the distance of query and key: ALiBi, T5, clipped and KERPLE.
// SPDX-License-Identifier: Apache-2.0
//
// Press, Smith, Lewis 2022; Raffel et al. 2020; Shaw, Uszkoreit, Vaswani 2018; Chi et al. 2022. A distance is the key's
// position less the query's; it is negative for what came before.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::attention {

/// Slopes of ALiBi: 2^(-8h/H) for h = 1 to H where H is a power of two; else those of the power of two below, and then
/// every other one of twice as many.
/// @param heads [-] H >= 1   @returns H slopes   @throws std::invalid_argument if heads < 1   @accuracy correctly
/// rounded where 8h/H is whole, else 1 ulp   @source Press, Smith, Lewis 2022
std::vector<double> alibi_slopes(std::int64_t heads);

struct Buckets {
  std::int64_t count = 32;           ///< >= 2; even if bidirectional, then >= 4
  std::int64_t most_distance = 128;  ///< from here on all share the last; more than half the buckets of a direction
  bool bidirectional = false;        ///< later keys have buckets of their own; else they share that of distance 0
};

/// Bucket of T5: one for each distance at first, then logarithmically.
/// @param distance [-] any   @param buckets checked   @returns 0 to count - 1
/// @throws std::invalid_argument if buckets are out of their ranges
/// @accuracy exact; the logarithms are compared in double   @source Raffel et al. 2020, section 2.1
std::int64_t t5_bucket(std::int64_t distance, const Buckets& buckets);

/// -r1 ln(1 + r2 |distance|).
/// @param scale [-] r1 > 0   @param rate [-] r2 > 0   @throws std::invalid_argument   @source Chi et al. 2022, equation
/// 8
double kerple_logarithmic(std::int64_t distance, double scale, double rate);

/// -r1 |distance|^r2.
/// @param scale [-] r1 > 0   @param power [-] 0 < r2 <= 2   @throws std::invalid_argument   @source Chi et al. 2022,
/// equation 7
double kerple_power(std::int64_t distance, double scale, double power);

}  // namespace orrery::attention
