// Counter-based random numbers: each is a pure function of a key, a stream and an index.
// SPDX-License-Identifier: Apache-2.0
// Sources: Salmon, Moraes, Dror, Shaw 2011 (Philox4x32-10); Wichura 1988 (AS 241, the inverse of the normal integral).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

/// A sequence of draws, each reached by its index; results depend neither on threads nor on the order of calls, and are
/// the same bits on every machine.
class Random {
 public:
  explicit Random(std::uint64_t key, std::uint64_t stream = 0) : key_(key), stream_(stream) {}
  /// The sequence of the same key and another stream.
  Random stream(std::uint64_t number) const { return Random(key_, number); }

  /// 128 random bits.
  std::array<std::uint64_t, 2> words(std::uint64_t index) const;
  /// Uniform in (0, 1), both ends excluded, with 53 bits.
  double unit(std::uint64_t index) const;
  /// Uniform in 0 <= i < n, without bias beyond 2^-64 n. @param n [-] 1 or more
  std::uint64_t below(std::uint64_t n, std::uint64_t index) const;
  /// +1 or -1.
  double sign(std::uint64_t index) const;
  /// Standard normal. @accuracy 4e-16 relative to the exact inverse of the normal integral at the drawn number
  double normal(std::uint64_t index) const;
  /// out[i] = normal(first + i), at less cost.
  void normals(std::uint64_t first, std::span<double> out) const;

 private:
  std::uint64_t key_, stream_;
};

/// The x at which the standard normal distribution reaches p.
/// @param p [-] 0 < p < 1   @returns [-]   @accuracy relative error 4e-16 for p >= 1e-300 (away from p = 1/2: of p)
/// @source Wichura 1988, algorithm AS 241, PPND16
double normal_quantile(double p);

/// Fills with independent standard normals: element (i, j) is draw i * cols + j. A complex element has independent
/// parts of variance 1/2, from the draws 2 (i * cols + j) and the one after.
template <class T>
void fill_normal(View<T> matrix, const Random& random);

/// Fills with independent signs +1, -1: the bits of the draws in order, 128 to a draw. Complex elements are +-1 too.
template <class T>
void fill_signs(View<T> matrix, const Random& random);

/// `count` different numbers of 0 <= i < n in random order, every ordered choice equally likely.
/// @throws std::invalid_argument if count > n
std::vector<Index> sample_without_replacement(Index n, Index count, const Random& random);

}  // namespace orrery::matrix
