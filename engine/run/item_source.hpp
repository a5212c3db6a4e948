// Data sources while a run goes on: their items made by operations, read batch by batch in loops or as a whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/run/calls.hpp"
#include "engine/run/item_stream.hpp"

namespace orrery::run {

/// A stream of the items that an operation makes, each worker with calls of its own.
class ItemReader {
 public:
  struct Layout {
    std::int64_t items = 1, batch = 1;
    std::int64_t batches = INT64_MAX;  ///< more are never asked for
    scenario::ItemSource::Last last{};
  };

  /// @param given  by what the operation is given
  /// @param wanted  its outputs that are stacked
  ItemReader(const plan::PlannedItems& planned, std::vector<value::Value> given, const Layout& layout,
             std::vector<std::size_t> wanted, const RunOptions& options);

  base::Result<StackedBatch> next();
  std::uint64_t batches_per_epoch() const { return order_.batches_per_epoch(); }
  void seek(std::uint64_t batch) { (void)stream_->seek(batch); }

 private:
  struct Maker {
    Maker(const plan::PlannedCalls& planned, const RunOptions& options) : calls(planned, options) {}
    Calls calls;
    bool given = false, given_next = false;  ///< the first call, and those that follow, have what they read
  };

  base::Result<Item> make(std::uint32_t worker, std::uint64_t epoch, std::uint64_t index);

  const plan::PlannedItems& planned_;
  std::vector<value::Value> given_;
  std::vector<std::size_t> wanted_;
  ItemOrder order_;
  std::vector<std::unique_ptr<Maker>> makers_;  // by worker
  std::optional<ItemStream> stream_;            // the last member: it waits for makers at work
};

/// What a loop reads of a source: in each pass the next batch.
class BatchFeed {
 public:
  /// @param passes  of the loop, at most
  BatchFeed(const plan::PlannedBatches& planned, const Executor& body, std::int64_t passes, const RunOptions& options);
  /// Fills the body's slots.
  std::optional<base::Error> feed(Executor& body);
  void seek(std::uint64_t batch) { reader_.seek(batch); }

 private:
  const plan::PlannedBatches& planned_;
  ItemReader reader_;
};

/// The step of a source in the plan: how many items and batches there are, and the first epoch where it is read.
class SourceOperation final : public catalog::Operation {
 public:
  SourceOperation(const plan::PlannedStep& step, const RunOptions& options);
  catalog::Outcome run(catalog::Call& call) const override;

 private:
  const plan::PlannedStep& planned_;
  RunOptions options_;
};

}  // namespace orrery::run
