// Where loops run: in the caller, or on whatever threads the user of the library has.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

/// Runs loops. This one does so in the caller; others derive from it and use threads. Results never depend on which.
class Workers {
 public:
  using Body = std::function<void(Index begin, Index end)>;

  Workers() = default;
  Workers(const Workers&) = default;
  Workers& operator=(const Workers&) = default;
  virtual ~Workers() = default;

  /// How many parts can run at once; a hint for how finely to cut work whose cuts change no result.
  virtual int threads() const { return 1; }
  /// Calls body(begin, end) for parts of `grain` of [0, n), in any order, and returns when all are done. The cuts do
  /// not depend on the number of threads. What a body throws comes out.
  virtual void for_each(Index n, Index grain, const Body& body) const {
    for (Index begin = 0; begin < n; begin += grain) body(begin, std::min(begin + grain, n));
  }
  /// Called every few milliseconds of a long computation; may throw to stop it.
  virtual void poll() const {}
};

/// The workers of someone who has none.
inline const Workers& in_caller() {
  static const Workers workers;
  return workers;
}

}  // namespace orrery::matrix
