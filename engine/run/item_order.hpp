// Which items of a data source make which batch.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/run/permutation.hpp"

namespace orrery::run {

/// What happens to the items at the end of an epoch that do not fill a batch.
enum class LastBatch { keep, drop, pad };

/// A pure function of its layout, epoch and number: nothing is stored, so that any batch can be asked for at any time.
///
/// An epoch is a sequence of positions, and each holds an item. Batches take the positions in turn and never reach from
/// one epoch into the next.
class ItemOrder {
 public:
  struct Layout {
    std::uint64_t items = 1, batch = 1;  ///< at least 1
    LastBatch last = LastBatch::keep;
    bool shuffle = false;  ///< another permutation in each epoch; else items come by their number
    std::uint64_t key = 0;
    /// Of `world` readers that share an epoch, this one, `rank` < `world`, takes each world-th position of the whole.
    /// Together they take each item once. Their numbers of items differ by one at most, and so do those of batches.
    std::uint64_t rank = 0, world = 1;
  };

  struct Batch {
    std::uint64_t epoch = 0, number = 0;  ///< number within the epoch
    std::vector<std::uint64_t> items;
    std::uint64_t valid = 0;  ///< so many are no padding; those that are come last
  };

  explicit ItemOrder(const Layout& layout);

  const Layout& layout() const { return layout_; }
  /// Items of an epoch that fall to this rank, each once.
  std::uint64_t items() const { return items_; }
  /// Positions of an epoch that are delivered: without what is dropped, with what is padded.
  std::uint64_t positions() const { return positions_; }
  /// None if a rank has no items, or all are dropped.
  std::uint64_t batches_per_epoch() const { return batches_; }
  /// Positions in a batch of an epoch, padding included.
  std::uint64_t batch_size(std::uint64_t batch) const;

  /// @param position  below positions(); those from items() on are padding and repeat the epoch from its beginning
  std::uint64_t item_at(std::uint64_t epoch, std::uint64_t position) const;
  Batch items_of(std::uint64_t epoch, std::uint64_t batch) const;

 private:
  Layout layout_;
  Permutation permutation_;
  std::uint64_t items_, positions_, batches_;
};

}  // namespace orrery::run
