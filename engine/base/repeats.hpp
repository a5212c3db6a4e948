// Folding of repeated lines into "... N more".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace orrery::base {

/// Counts lines that equal the one before, so that a chatty plugin costs two lines and not a million.
class Repeats {
 public:
  /// True if the line says what the last one said; it is then counted and must not be written.
  bool repeats(std::string_view line) {
    if (line != last_ || !any_) return false;
    ++count_;
    return true;
  }
  /// How many were counted since the last call; to be told before anything else is written.
  std::uint64_t take() { return std::exchange(count_, 0); }
  void remember(std::string_view line) {
    last_ = line;
    any_ = true;
  }
  void forget() { any_ = false; }

 private:
  std::string last_;
  std::uint64_t count_ = 0;
  bool any_ = false;
};

}  // namespace orrery::base
