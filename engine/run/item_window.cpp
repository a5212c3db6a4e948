// Tickets, helpers and the ring of batches.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item_window.hpp"

#include <algorithm>

#include <tbb/task_arena.h>

namespace orrery::run {
namespace {

/// Instead of a ticket: none is given out.
constexpr std::uint64_t stopped = UINT64_MAX;

}  // namespace

ItemWindow::ItemWindow(const ItemOrder& order, MakeItem make, const Options& options)
    : order_(order), make_(std::move(make)), options_(options), next_(stopped) {
  ORRERY_ASSERT(options.workers >= 1 && options.window >= 1 && order.batches_per_epoch() >= 1);
  entries_ = std::make_unique<Entry[]>(options.window);
  // Items that are made one after the other need one helper at most.
  helpers_ = options.in_sequence ? std::min(options.workers - 1, 1u) : options.workers - 1;
  for (std::uint32_t worker = helpers_; worker >= 1; --worker) free_.push_back(worker);
}

/// Tickets go on counting from where they were: a helper that was between looking at the limit and taking a ticket when
/// the window was stopped must not mistake a new ticket for its old one.
void ItemWindow::start(std::uint64_t batch) {
  ORRERY_ASSERT(!is_running());
  first_batch_ = batch;
  first_ticket_ = claimed_;
  passed_ = admitted_ = 0;
  failed_.store(stopped);
  limit_.store(first_ticket_);
  admit();
  {
    const std::lock_guard lock(mutex_);
    if (closed_.load()) return;
    next_.store(first_ticket_);
  }
  call_helpers();
}

bool ItemWindow::is_running() const { return next_.load() != stopped; }

void ItemWindow::advance() {
  entry(passed_).items.clear();
  ++passed_;
  admit();
  call_helpers();
}

/// The places of a batch are ready before its tickets can be taken.
void ItemWindow::admit() {
  std::uint64_t tickets = limit_.load();
  for (; admitted_ < passed_ + options_.window && first_batch_ + admitted_ < options_.end; ++admitted_) {
    const std::uint64_t size = order_.batch_size((first_batch_ + admitted_) % order_.batches_per_epoch());
    Entry& entry = this->entry(admitted_);
    entry.items.clear();
    entry.items.resize(size);
    entry.left.store(size);
    tickets += size;
  }
  const std::lock_guard lock(mutex_);
  limit_.store(tickets);
}

/// A pool of one thread has nobody to call: the consumer makes everything when it is needed.
void ItemWindow::call_helpers() {
  const auto others = static_cast<std::uint64_t>(tbb::this_task_arena::max_concurrency() - 1);
  const std::lock_guard lock(mutex_);
  const std::uint64_t next = next_.load(), limit = limit_.load();
  if (next >= limit) return;
  const std::uint64_t wanted = std::min(limit - next, others);
  while (!free_.empty() && helpers_ - free_.size() < wanted) {
    const std::uint32_t worker = free_.back();
    free_.pop_back();
    tbb::this_task_arena::enqueue([self = shared_from_this(), worker] { self->help(worker); });
  }
}

void ItemWindow::help(std::uint32_t worker) {
  // Isolated, or a thread that waits inside an item could begin something else and come back only after it.
  tbb::this_task_arena::isolate([&] {
    do {
      while (const auto ticket = claim()) make(*ticket, worker);
    } while (!retire(worker));
  });
}

/// Under the lock, so that whoever admits a batch either sees the helper at work or calls it again.
bool ItemWindow::retire(std::uint32_t worker) {
  const std::lock_guard lock(mutex_);
  if (can_claim()) return false;
  free_.push_back(worker);
  return true;
}

bool ItemWindow::can_claim() const { return next_.load() < limit_.load() && !busy_; }

std::optional<std::uint64_t> ItemWindow::claim() {
  if (options_.in_sequence) return claim_in_turn();
  std::uint64_t ticket = next_.load();
  while (ticket < limit_.load())
    if (next_.compare_exchange_weak(ticket, ticket + 1)) return ticket;
  return std::nullopt;
}

std::optional<std::uint64_t> ItemWindow::claim_in_turn() {
  const std::lock_guard lock(mutex_);
  if (!can_claim()) return std::nullopt;
  busy_ = true;
  return next_.fetch_add(1);
}

ItemWindow::Place ItemWindow::place_of(std::uint64_t ticket) {
  const std::uint64_t batches = order_.batches_per_epoch(), positions = order_.positions();
  const std::uint64_t size = order_.layout().batch, first = first_batch_ % batches;
  const std::uint64_t from_epoch = first * size + (ticket - first_ticket_);
  const std::uint64_t epochs = from_epoch / positions, position = from_epoch % positions;
  const std::uint64_t batch = epochs * batches + position / size - first;
  return {&entry(batch), first_batch_ / batches + epochs, position, position % size};
}

void ItemWindow::make(std::uint64_t ticket, std::uint32_t worker) {
  const Place place = place_of(ticket);
  MadeItem& item = place.entry->items[place.slot];
  item.epoch = place.epoch;
  item.index = order_.item_at(place.epoch, place.position);
  // What is made in sequence is made once; its padding is a copy.
  const bool is_copy = options_.in_sequence && place.position >= order_.items();
  if (ticket < failed_.load() && !is_copy) {
    item = make_item(make_, worker, item.epoch, item.index);
    if (!item.errors.empty()) note_failure(ticket);
  }
  finish(*place.entry);
}

void ItemWindow::note_failure(std::uint64_t ticket) {
  std::uint64_t first = failed_.load();
  while (ticket < first && !failed_.compare_exchange_weak(first, ticket)) {
  }
}

/// Who waits sleeps until a batch is whole, until all is through that was begun, or, in sequence, until its turn.
/// finished_ comes last: after it, entries may be used again.
void ItemWindow::finish(Entry& entry) {
  const bool whole = entry.left.fetch_sub(1) == 1;
  if (options_.in_sequence) {
    const std::lock_guard lock(mutex_);
    busy_ = false;
    finished_.fetch_add(1);
  } else {
    finished_.fetch_add(1);
    // stop() first sets next_ and then looks at finished_; here it is the other way round, so that one sees the other.
    if (!whole && is_running()) return;
    const std::lock_guard lock(mutex_);
  }
  changed_.notify_all();
}

bool ItemWindow::fill() {
  Entry& front = entry(passed_);
  const auto is_through = [&] { return front.left.load() == 0 || !is_running(); };
  tbb::this_task_arena::isolate([&] {
    while (!is_through()) {
      if (const auto ticket = claim()) {
        make(*ticket, 0);
        continue;
      }
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return is_through() || can_claim(); });
    }
  });
  return !closed_.load();
}

void ItemWindow::stop(bool for_good) {
  std::unique_lock lock(mutex_);
  if (for_good) closed_.store(true);
  const std::uint64_t next = next_.exchange(stopped);
  if (next != stopped) claimed_ = next;
  changed_.notify_all();
  changed_.wait(lock, [&] { return finished_.load() == claimed_; });
}

void ItemWindow::clear() {
  ORRERY_ASSERT(closed_.load());
  entries_.reset();
  make_ = nullptr;
}

}  // namespace orrery::run
