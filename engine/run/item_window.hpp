// The batches of a data source that are in the making: who makes which item, and when a batch is whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/run/item.hpp"
#include "engine/run/item_order.hpp"

namespace orrery::run {

/// Positions of the stream have tickets, numbered in the order of delivery. Whoever takes one makes its item and puts
/// it into its place; only tickets of the batches in the window are given out. The consumer takes tickets as the
/// helpers in the pool do, so that nothing hangs on a helper that has not begun.
///
/// 1. start() at a batch.
/// 2. fill() makes the first batch whole; take() its items.
/// 3. advance() lets one more batch be made; 2 again.
/// 4. stop() at any time, from any thread that is not making an item; 1 again, unless it was for good.
///
/// Shared, since helpers that the pool begins late look at it after its stream is gone.
class ItemWindow : public std::enable_shared_from_this<ItemWindow> {
 public:
  struct Options {
    std::uint32_t workers = 1;
    std::uint64_t window = 1;
    bool in_sequence = false;
    std::uint64_t end = INT64_MAX;  ///< batches from this one on are never made
  };

  ItemWindow(const ItemOrder& order, MakeItem make, const Options& options);

  void start(std::uint64_t batch);
  bool is_running() const;
  /// False if the window was closed meanwhile.
  bool fill();
  std::vector<MadeItem>& front() { return entry(passed_).items; }
  void advance();
  /// No item is begun any more, and those that are being made are waited for.
  void stop(bool for_good);
  bool is_closed() const { return closed_.load(); }
  /// Drops what was made and the function that makes it; by the consumer, after stop() for good.
  void clear();

 private:
  struct Entry {
    std::vector<MadeItem> items;
    std::atomic<std::uint64_t> left{0};  ///< tickets that are not through
  };

  struct Place {
    Entry* entry;
    std::uint64_t epoch, position, slot;
  };

  Entry& entry(std::uint64_t batch) { return entries_[batch % options_.window]; }
  Place place_of(std::uint64_t ticket);
  void admit();
  void call_helpers();
  void help(std::uint32_t worker);
  bool retire(std::uint32_t worker);
  bool can_claim() const;
  std::optional<std::uint64_t> claim();
  std::optional<std::uint64_t> claim_in_turn();
  void make(std::uint64_t ticket, std::uint32_t worker);
  void note_failure(std::uint64_t ticket);
  void finish(Entry& entry);

  const ItemOrder order_;
  MakeItem make_;
  const Options options_;
  std::unique_ptr<Entry[]> entries_;  ///< a ring

  // Written by the consumer while nobody has a ticket.
  std::uint64_t first_batch_ = 0;   ///< over all epochs
  std::uint64_t first_ticket_ = 0;  ///< of that batch
  // Of the consumer alone; both count from first_batch_.
  std::uint64_t passed_ = 0, admitted_ = 0;

  std::atomic<std::uint64_t> next_;                ///< ticket; `stopped` while none is given out
  std::atomic<std::uint64_t> limit_{0};            ///< tickets below may be taken
  std::atomic<std::uint64_t> failed_{UINT64_MAX};  ///< the first ticket whose item failed; those behind it are not made
  std::atomic<std::uint64_t> finished_{0};         ///< tickets, since the window exists
  std::atomic<bool> closed_{false};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t claimed_ = 0;  ///< tickets given out until it was stopped
  bool busy_ = false;          ///< in sequence: an item is being made
  std::uint32_t helpers_ = 0;
  std::vector<std::uint32_t> free_;  ///< numbers of helpers that are not at work
};

}  // namespace orrery::run
