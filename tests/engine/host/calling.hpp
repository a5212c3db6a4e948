// Calling operations of plugins directly: values in, outcome out, and services that write down what is asked of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <mutex>
#include <thread>

#include "engine/host/descriptor.hpp"
#include "engine/host/library.hpp"
#include "engine/host/plugin_operation.hpp"
#include "tests/engine/host/zoo.hpp"

namespace zoo {

using orrery::value::Tensor;
using orrery::value::Value;

class Recorder : public orrery::catalog::Services {
 public:
  bool stop = false;
  bool threads = false;  ///< parallel parts run on threads, the last first
  std::vector<std::string> lines;
  std::vector<std::pair<std::int64_t, double>> taps;
  std::uint64_t polls = 0;

  bool poll(std::uint64_t, std::uint64_t) override {
    const std::lock_guard lock(mutex_);
    ++polls;
    return stop;
  }
  void log(orrery::catalog::LogLevel, std::string_view message) override {
    const std::lock_guard lock(mutex_);
    lines.emplace_back(message);
  }
  void tap(std::size_t, std::int64_t index, Tensor tensor) override {
    const std::lock_guard lock(mutex_);
    taps.emplace_back(index, tensor.number(0));
  }
  std::uint32_t max_threads() const override { return threads ? 4 : 1; }
  std::int32_t parallel_for(std::uint64_t n, std::uint64_t grain,
                            std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) override {
    const std::uint64_t parts = (n + grain - 1) / grain;
    std::vector<std::int32_t> status(parts);
    const auto run = [&](std::uint64_t i) { status[i] = body(user, i * grain, std::min(n, (i + 1) * grain)); };
    if (!threads) {
      for (std::uint64_t i = 0; i < parts; ++i) run(i);
    } else {
      std::vector<std::thread> workers;
      for (std::uint64_t i = parts; i-- > 0;) workers.emplace_back(run, i);
      for (std::thread& worker : workers) worker.join();
    }
    for (const std::int32_t s : status)
      if (s != 0) return s;
    return 0;
  }

 private:
  std::mutex mutex_;
};

/// The operations of one library, by their short names.
class Library {
 public:
  explicit Library(const fs::path& path) {
    const auto library = orrery::host::open_library(path);
    REQUIRE(library);
    auto description = orrery::host::read_descriptor(library->descriptor);
    REQUIRE(description);
    for (auto& operation : description->operations)
      operations_.push_back(std::make_unique<orrery::host::PluginOperation>(std::move(operation)));
  }
  const orrery::catalog::Operation& operator[](const std::string& name) const {
    for (const auto& operation : operations_)
      if (operation->facts().name.ends_with("." + name)) return *operation;
    throw std::out_of_range(name);
  }

 private:
  std::vector<std::unique_ptr<orrery::catalog::Operation>> operations_;
};

inline Value numbers(std::vector<double> values) {
  const auto count = static_cast<std::int64_t>(values.size());
  return Tensor::of<double>(values, {count});
}

/// One call; each input is a list of values, as in the engine.
struct Calling {
  explicit Calling(const orrery::catalog::Operation& operation, std::vector<std::vector<Value>> inputs = {})
      : operation_(operation) {
    call.inputs.resize(operation.facts().inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i)
      for (Value& value : inputs[i]) call.inputs[i].push_back(&values_.emplace_back(std::move(value)));
    call.outputs.resize(operation.facts().outputs.size());
    call.output_units.resize(call.outputs.size());
    call.services = &services;
  }

  /// "done", "stopped" or "status: message".
  std::string run() {
    const orrery::catalog::Outcome outcome = operation_.run(call);
    switch (outcome.kind) {
      case orrery::catalog::Outcome::Kind::done:
        return "done";
      case orrery::catalog::Outcome::Kind::stopped:
        return "stopped";
      default:
        return outcome.status + ": " + outcome.message;
    }
  }
  const Tensor& tensor(std::size_t port = 0) const { return std::get<Tensor>(*call.outputs[port]); }
  double number(std::size_t port = 0) const { return tensor(port).number(0); }

  orrery::catalog::Call call;
  Recorder services;

 private:
  const orrery::catalog::Operation& operation_;
  std::deque<Value> values_;
};

}  // namespace zoo
