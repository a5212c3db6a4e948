// Data sources while a run goes on: their items made by operations, read batch by batch in loops or as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item_source.hpp"

#include <array>
#include <thread>

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using base::Result;
using scenario::ItemSource;
using value::Tensor;
using value::Value;

namespace {

constexpr std::uint64_t most_items = std::uint64_t{1} << 40;
constexpr std::int64_t most_ahead = std::int64_t{1} << 24;

ItemOrder::Layout layout_of(const plan::PlannedItems& planned, const ItemReader::Layout& layout) {
  const auto whole = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
  const bool pads = layout.last == ItemSource::Last::pad;
  ItemOrder::Layout made;
  made.items = whole(layout.items);
  made.batch = whole(pads ? layout.batch : std::min(layout.batch, layout.items));
  made.last = static_cast<LastBatch>(layout.last);
  made.shuffle = planned.given.shuffle;
  made.key = planned.key;
  made.rank = whole(planned.given.rank);
  made.world = whole(planned.given.world);
  return made;
}

/// Operations that remember something make one item after the other.
std::uint32_t workers_of(const plan::PlannedItems& planned, const RunOptions& options) {
  if (!planned.calls.carried.empty()) return 1;
  const std::uint32_t threads = options.jobs ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  return planned.given.workers ? static_cast<std::uint32_t>(std::min<std::int64_t>(*planned.given.workers, 1024))
                               : threads;
}

ItemStream::Options stream_options(const plan::PlannedItems& planned, std::uint64_t batches_per_epoch,
                                   std::int64_t batches, const std::vector<std::size_t>& wanted,
                                   const RunOptions& run_options) {
  ItemStream::Options options;
  options.workers = workers_of(planned, run_options);
  options.window = static_cast<std::uint64_t>(std::min<std::int64_t>(planned.given.window, 1 << 20));
  options.in_sequence = !planned.calls.carried.empty();
  options.batches = static_cast<std::uint64_t>(batches);
  if (planned.given.epochs)
    options.batches = std::min(options.batches, static_cast<std::uint64_t>(*planned.given.epochs) * batches_per_epoch);
  for (const std::size_t output : wanted) options.outputs.push_back(planned.calls.facts().outputs[output].name);
  return options;
}

RunOptions maker_options(const RunOptions& around) {
  RunOptions options;
  options.jobs = around.jobs;
  options.stop = around.stop;
  options.timing = false;
  options.in_turn = true;
  options.keep_buffers = true;
  return options;
}

}  // namespace

ItemReader::ItemReader(const plan::PlannedItems& planned, std::vector<Value> given, const Layout& layout,
                       std::vector<std::size_t> wanted, const RunOptions& options)
    : planned_(planned), given_(std::move(given)), wanted_(std::move(wanted)), order_(layout_of(planned, layout)) {
  const auto stream = stream_options(planned, order_.batches_per_epoch(), layout.batches, wanted_, options);
  for (std::uint32_t i = 0; i < stream.workers; ++i)
    makers_.push_back(std::make_unique<Maker>(planned.calls, maker_options(options)));
  stream_.emplace(
      order_, [this](auto worker, auto epoch, auto index) { return make(worker, epoch, index); }, stream);
}

/// Random numbers depend on the source, the epoch and the item, and on nothing else.
Result<Item> ItemReader::make(std::uint32_t worker, std::uint64_t epoch, std::uint64_t index) {
  Maker& maker = *makers_[worker];
  Calls& calls = maker.calls;
  if (bool& given = calls.begun() ? maker.given_next : maker.given; !given) {
    for (std::size_t i = 0; i < calls.given().size(); ++i) calls.give(i, given_[i]);
    given = true;
  }
  const std::array numbers{static_cast<std::int64_t>(index), static_cast<std::int64_t>(epoch)};
  if (auto error = calls.call(numbers, epoch * most_items + index)) return std::move(*error);
  Item item;
  for (const std::size_t output : wanted_) item.push_back(calls.output(output));
  calls.carry();
  return item;
}

Result<StackedBatch> ItemReader::next() {
  auto batch = stream_->next();
  if (batch) return batch;
  base::Errors errors = std::move(batch).errors();
  for (Error& error : errors) {
    error.message = "source '" + planned_.given.step.name + "': " + error.message;
    if (error.labels.empty()) error.at(planned_.given.step.name_span);
  }
  return errors;
}

namespace {

std::int64_t whole_number(const Value& value) { return std::get<Tensor>(value).data<std::int64_t>()[0]; }

std::vector<Value> given_by(const Executor& body, const plan::PlannedItems& planned) {
  std::vector<Value> given;
  for (const plan::PlannedCalls::Given& one : planned.calls.first.given) given.push_back(body.value(one.around));
  return given;
}

std::vector<std::size_t> read_outputs(const plan::PlannedBatches& planned) {
  std::vector<std::size_t> outputs;
  for (const auto& [output, slot] : planned.outputs) outputs.push_back(output);
  return outputs;
}

Tensor numbers(const std::vector<std::int64_t>& values) {
  return Tensor::of<std::int64_t>(values, {static_cast<std::int64_t>(values.size())});
}

}  // namespace

BatchFeed::BatchFeed(const plan::PlannedBatches& planned, const Executor& body, std::int64_t passes,
                     const RunOptions& options)
    : planned_(planned),
      reader_(planned.items, given_by(body, planned.items),
              {whole_number(body.value(planned.item_count)), whole_number(body.value(planned.batch_size)),
               std::max<std::int64_t>(passes, 1), planned.items.given.last},
              read_outputs(planned), options) {}

std::optional<Error> BatchFeed::feed(Executor& body) {
  auto batch = reader_.next();
  if (!batch) return batch.error();
  for (std::size_t i = 0; i < planned_.outputs.size(); ++i)
    body.give(planned_.outputs[i].second, std::move(batch->outputs[i]));
  if (planned_.index) body.give(*planned_.index, numbers(batch->index));
  if (planned_.epoch) body.give(*planned_.epoch, Tensor::scalar(static_cast<std::int64_t>(batch->epoch)));
  if (planned_.valid) body.give(*planned_.valid, Tensor::scalar(static_cast<std::int64_t>(batch->valid)));
  return std::nullopt;
}

SourceOperation::SourceOperation(const plan::PlannedStep& step, const RunOptions& options)
    : Operation(catalog::OperationFacts(step.operation->facts())), planned_(step), options_(options) {}

catalog::Outcome SourceOperation::run(catalog::Call& call) const {
  const plan::PlannedItems& items = planned_.source->items;
  const auto failed = [&](Error error) {
    if (error.labels.empty()) error.at(planned_.span);
    return catalog::Outcome{catalog::Outcome::Kind::failed, "", "", {std::move(error)}};
  };
  const std::int64_t count = whole_number(*call.inputs[0].front()), batch = whole_number(*call.inputs[1].front());
  if (static_cast<std::uint64_t>(count) > most_items)
    return failed(Error(ErrorCode::too_large,
                        "source '" + planned_.name + "' has at most 2^40 items; this has " + std::to_string(count)));
  const bool pads = items.given.last == ItemSource::Last::pad;
  if ((pads || batch <= count) && batch > most_ahead / std::min<std::int64_t>(items.given.window, most_ahead))
    return failed(Error(ErrorCode::too_large, "source '" + planned_.name + "' has batches of " + std::to_string(batch) +
                                                  " items and a window of " + std::to_string(items.given.window) +
                                                  "; that is more than 16,777,216 items made ahead"));
  const ItemOrder order(layout_of(items, {count, batch, INT64_MAX, items.given.last}));
  call.outputs[0] = Tensor::scalar(static_cast<std::int64_t>(order.items()));
  call.outputs[1] = Tensor::scalar(batch);
  call.outputs[2] = Tensor::scalar(static_cast<std::int64_t>(order.batches_per_epoch()));
  constexpr std::size_t index_output = 3, first_output = 4;
  std::vector<std::size_t> wanted;
  for (std::size_t i = first_output; i < call.outputs.size(); ++i)
    if (planned_.source->wanted[i]) wanted.push_back(i - first_output);
  if (wanted.empty() && !planned_.source->wanted[index_output]) return {};
  std::vector<Value> given;
  for (std::size_t i = 2; i < call.inputs.size(); ++i) given.push_back(*call.inputs[i].front());
  ItemReader reader(items, std::move(given), {count, count, 1, ItemSource::Last::keep}, wanted, options_);
  auto all = reader.next();
  if (options_.stop && options_.stop->load(std::memory_order_relaxed))
    return {catalog::Outcome::Kind::stopped, "", "", {}};
  if (!all) return failed(all.error());
  if (planned_.source->wanted[index_output]) call.outputs[index_output] = numbers(all->index);
  for (std::size_t i = 0; i < wanted.size(); ++i) call.outputs[first_output + wanted[i]] = std::move(all->outputs[i]);
  return {};
}

}  // namespace orrery::run
