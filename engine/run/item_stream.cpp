// What the reader of a data source does: fill the first batch of the window, stack it, go on.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item_stream.hpp"

#include <algorithm>

#include "engine/run/item_window.hpp"

namespace orrery::run {
namespace {

using base::Error;
using base::ErrorCode;

}  // namespace

ItemStream::ItemStream(const ItemOrder& order, MakeItem make, const Options& options)
    : order_(order), options_(options) {
  ORRERY_ASSERT(options.workers >= 1 && options.window >= 1 && options.batches <= INT64_MAX);
  if (order.batches_per_epoch() == 0) return;
  window_ = std::make_shared<ItemWindow>(
      order, std::move(make),
      ItemWindow::Options{options.workers, options.window, options.in_sequence, options.batches});
}

ItemStream::~ItemStream() {
  if (!window_) return;
  window_->stop(true);
  window_->clear();
}

void ItemStream::close() {
  if (window_) window_->stop(true);
}

base::Result<base::Done> ItemStream::seek(std::uint64_t number) {
  if (options_.in_sequence) {
    if (number < front_)
      return Error(ErrorCode::out_of_range, "items that are made in sequence are made once: batch " +
                                                std::to_string(number) + " cannot be had after batch " +
                                                std::to_string(front_ - 1));
  } else if (number != position_) {
    if (window_) window_->stop(false);
    front_ = number;
  }
  position_ = number;
  return base::Done{};
}

base::Result<StackedBatch> ItemStream::next() {
  if (auto problem = problem_before()) return std::move(*problem);
  if (!window_->is_running()) window_->start(front_);
  for (; front_ < position_; pass_front())
    if (auto problem = complete_front()) return give_up(std::move(*problem));
  if (auto problem = complete_front()) return give_up(std::move(*problem));
  const std::vector<MadeItem>& items = window_->front();
  auto outputs = stack_items(items, options_.outputs);
  if (!outputs) return give_up(std::move(outputs).errors());
  const std::uint64_t begin = position_ % order_.batches_per_epoch() * order_.layout().batch;
  StackedBatch batch{position_, items.front().epoch, std::move(*outputs), {}, 0};
  batch.valid = std::min<std::uint64_t>(items.size(), order_.items() - begin);
  for (const MadeItem& item : items) batch.index.push_back(static_cast<std::int64_t>(item.index));
  pass_front();
  ++position_;
  return batch;
}

/// What keeps the stream from giving a batch at all.
std::optional<Error> ItemStream::problem_before() const {
  const ItemOrder::Layout& layout = order_.layout();
  if (!window_)
    return Error(ErrorCode::out_of_range, "an epoch has no batch: " + std::to_string(order_.items()) + " of " +
                                              std::to_string(layout.items) + " items are for rank " +
                                              std::to_string(layout.rank) + " of " + std::to_string(layout.world) +
                                              ", and a batch has " + std::to_string(layout.batch));
  if (window_->is_closed()) return Error(ErrorCode::interrupted, "the source is closed");
  if (position_ >= options_.batches)
    return Error(ErrorCode::out_of_range, "batch " + std::to_string(position_) + " is asked for, but the source ends " +
                                              "after " + std::to_string(options_.batches));
  return std::nullopt;
}

/// Makes the first batch of the window whole; empty if all is well with it.
std::optional<base::Errors> ItemStream::complete_front() {
  if (!window_->fill()) return base::Errors{Error(ErrorCode::interrupted, "the source is closed")};
  std::vector<MadeItem>& items = window_->front();
  for (MadeItem& item : items)
    if (!item.errors.empty()) return std::move(item.errors);
  if (options_.in_sequence && order_.layout().last == LastBatch::pad) complete_padding(items);
  return std::nullopt;
}

void ItemStream::complete_padding(std::vector<MadeItem>& items) {
  const std::uint64_t batch = front_ % order_.batches_per_epoch(), made = order_.items();
  if (batch == 0) beginning_.clear();
  std::uint64_t position = batch * order_.layout().batch;
  for (MadeItem& item : items) {
    if (position >= made) item = beginning_[(position - made) % made];
    else if (position < order_.positions() - made) beginning_.push_back(item);
    ++position;
  }
}

void ItemStream::pass_front() {
  window_->advance();
  ++front_;
}

base::Errors ItemStream::give_up(base::Errors errors) {
  window_->stop(true);
  window_->clear();
  return errors;
}

}  // namespace orrery::run
