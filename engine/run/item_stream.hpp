// Batches of a data source in their order, made ahead by the threads of the pool.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/item.hpp"
#include "engine/run/item_order.hpp"

namespace orrery::run {

class ItemWindow;

/// Items of a batch stacked along a new first axis.
struct StackedBatch {
  std::uint64_t number = 0;  ///< over all epochs
  std::uint64_t epoch = 0;
  std::vector<value::Tensor> outputs;
  std::vector<std::int64_t> index;  ///< the item in each row
  std::uint64_t valid = 0;          ///< rows that are no padding; they come first
};

/// The stream has the same bits for any number of workers, any pool and any timing.
///
/// Items are made by the thread that asks for batches, and by up to `workers` - 1 threads of the pool (the task arena)
/// that it asks from, which go on ahead while it does other things. It makes itself what nobody has begun, and waits
/// only for items that a thread is making. So a pool of one thread will do, items may use the pool themselves, and may
/// even read other streams (in no circle). Memory: the items of `window` batches, and what next() returned.
///
/// 1. Construct; nothing is made before the first batch is asked for.
/// 2. next() again and again, from one thread at a time; seek() to go on elsewhere.
/// 3. close() to stop early, from any thread that is not making an item; the destructor does it too.
class ItemStream {
 public:
  struct Options {
    std::uint32_t workers = 1;  ///< at least 1; 1: the asking thread alone, when it asks
    std::uint64_t window = 2;   ///< at least 1: batches that are made but not delivered, with the one that is asked for
    /// Items depend on the order in which they are made, as those of a generator with a state do. They are made one
    /// after the other in the order of delivery, each once: padding is a copy, for which up to a batch is kept.
    bool in_sequence = false;
    std::uint64_t batches = INT64_MAX;  ///< the stream ends after so many
    std::vector<std::string> outputs;   ///< their names, for messages
  };

  ItemStream(const ItemOrder& order, MakeItem make, const Options& options);
  ~ItemStream();
  ItemStream(const ItemStream&) = delete;
  ItemStream& operator=(const ItemStream&) = delete;

  /// The next batch. What went wrong with an item is an error here, when its batch is asked for, and names epoch and
  /// index; it closes the stream. Of several failed items, the first in order of delivery is told of.
  base::Result<StackedBatch> next();
  /// The number of the batch that next() gives, counted over all epochs: all that is needed to resume.
  std::uint64_t position() const { return position_; }
  /// Waits for items that are being made, and forgets what was made ahead. In sequence, the batches in between are made
  /// and dropped by next(), and going back is an error.
  base::Result<base::Done> seek(std::uint64_t number);
  /// No item is begun after this; those that are being made are waited for.
  void close();

 private:
  std::optional<base::Error> problem_before() const;
  std::optional<base::Errors> complete_front();
  void complete_padding(std::vector<MadeItem>& items);
  void pass_front();
  base::Errors give_up(base::Errors errors);

  const ItemOrder order_;
  const Options options_;
  std::shared_ptr<ItemWindow> window_;  ///< shared with helpers that the pool begins late; none if there is no batch
  std::uint64_t position_ = 0;          ///< the batch that is asked for next
  std::uint64_t front_ = 0;             ///< the first batch of the window; in sequence, it may have to catch up
  std::vector<MadeItem> beginning_;     ///< in sequence: items of this epoch that pad its last batch
};

}  // namespace orrery::run
