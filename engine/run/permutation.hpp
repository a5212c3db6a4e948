// Permutations of any size that are computed instead of stored.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace orrery::run {

/// One permutation of the numbers below `size` for each epoch, a pure function of (key, epoch). It needs no memory.
///
/// A Feistel network permutes the smallest power of two that holds the size; a result that is too large is put in
/// again until it fits (on average fewer than two turns). Of 16, 32, 64, ... items, which leave nothing to be put in
/// again, only the even permutations come. The round function is Philox4x32-10, so whoever draws random
/// numbers by Philox for the items needs another key.
/// Sources: Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002; Salmon et al., SC 2011.
class Permutation {
 public:
  /// @param size  at least 1
  Permutation(std::uint64_t size, std::uint64_t key);

  std::uint64_t size() const { return size_; }
  /// The number at a position below size().
  std::uint64_t at(std::uint64_t epoch, std::uint64_t position) const;

 private:
  std::uint64_t turn(std::uint64_t epoch, std::uint64_t number) const;

  std::uint64_t size_, key_;
  std::uint32_t rounds_;
  unsigned low_bits_;
  std::uint64_t low_mask_, high_mask_;
};

}  // namespace orrery::run
