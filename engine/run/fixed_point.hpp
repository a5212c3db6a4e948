// Guesses on the way to x = next(x): the plain step, Aitken's for vectors, and Anderson's mixing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/scenario/scenario.hpp"

namespace orrery::run {

/// The Euclidean norm, also of numbers whose squares would overflow or vanish.
double norm(std::span<const double> x);

/// Mixes guesses of one fixed point. Differences are measured with a weight for each number, so that unknowns of
/// unlike size count alike.
/// 1. begin() for a new fixed point.
/// 2. improve() after each evaluation.
class FixedPoint {
 public:
  using Method = scenario::Solve::Method;
  using Numbers = std::vector<double>;

  explicit FixedPoint(Method method) : method_(method) {}
  void begin();
  /// @param x  the guess that was evaluated; becomes the next one
  /// @param next  what it gave
  void improve(Numbers& x, const Numbers& next, const Numbers& weights);

  static constexpr std::size_t depth = 5;  ///< of Anderson's mixing: evaluations that are combined with the newest

 private:
  struct Difference {
    Numbers residual, next;
  };

  void remember(const Numbers& residual, const Numbers& next);
  /// How much of each difference goes into the next guess; empty where they say nothing.
  Numbers combination(const Numbers& residual, const Numbers& weights) const;
  double relaxation(const Numbers& residual, const Numbers& weights);

  Method method_;
  std::vector<Difference> differences_;  // the newest first
  Numbers last_residual_, last_next_;
  double factor_ = 1.0;
};

}  // namespace orrery::run
