// An abstract operation and what is lent to one call of it. Planning and running know nothing else of plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/catalog/port.hpp"
#include "engine/value/value.hpp"

namespace orrery::catalog {

struct PluginFacts {
  std::string name, version, title, license, build;
  std::string file;    ///< path of the library; empty for operations of the engine itself
  std::string sha256;  ///< of the file
};

struct OperationFacts {
  std::string name;  ///< "orbital.propagate"
  std::string version, title, doc, example;
  bool deterministic = false, cancellable = false, uses_random = false, reads_files = false;
  std::vector<Port> inputs, outputs, taps;
  std::shared_ptr<const PluginFacts> plugin;  ///< shared by the operations of one plugin

  std::optional<std::size_t> input(std::string_view name) const;
  std::optional<std::size_t> output(std::string_view name) const;
};

enum class LogLevel { debug, info, warn, error };

/// Threads, log lines, progress and taps: what a running step asks of the engine. The run implements it, and tests do.
class Services {
 public:
  virtual ~Services() = default;
  /// True when the step should stop. Called often; total 0 means unknown.
  virtual bool poll(std::uint64_t done, std::uint64_t total) = 0;
  virtual void log(LogLevel level, std::string_view message) = 0;
  virtual void tap(std::size_t tap, std::int64_t index, value::Tensor tensor) = 0;
  virtual std::uint32_t max_threads() const = 0;
  /// Runs body(user, begin, end) over parts of [0, n) of size grain; returns the first non-zero status by position.
  virtual std::int32_t parallel_for(std::uint64_t n, std::uint64_t grain,
                                    std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) = 0;
};

/// Where an output goes: into the run's own storage, or into some of its own where nobody said so.
/// What lies there before the call may be reused if its type and shape fit and nobody else reads it.
class Output {
 public:
  void direct_to(value::Value& place) { place_ = &place; }
  value::Value& place() {
    if (!place_) place_ = (own_ = std::make_unique<value::Value>()).get();
    return *place_;
  }

  Output& operator=(value::Value value) {
    place() = std::move(value);
    mark_made();
    return *this;
  }
  void mark_made() {
    made_ = made_before_ = true;
    repeated_ = false;
  }
  /// Made in what an earlier call left there, of the same type, shape and unit, so that nobody need look at those
  /// again.
  void mark_repeated() { made_ = repeated_ = true; }
  bool is_repeated() const { return repeated_; }
  /// True if what lies there was put there by an earlier call, so that it has the output's unit.
  bool was_made_before() const { return made_before_; }
  void reset() { made_ = repeated_ = false; }
  /// What lies there is not what the last call left.
  void forget() { made_before_ = false; }
  explicit operator bool() const { return made_; }
  /// Only of an output that was made.
  const value::Value& operator*() const { return *place_; }

 private:
  value::Value* place_ = nullptr;
  std::unique_ptr<value::Value> own_;
  bool made_ = false;
  bool made_before_ = false;
  bool repeated_ = false;
};

/// What an operation keeps with a call that is made again and again.
class Prepared {
 public:
  virtual ~Prepared() = default;
};

/// One call: inputs in, outputs out. Stays where it is and is made to one operation only.
/// 1. The run fills inputs (converted to the ports' units and types, shapes and ranges checked) and services.
/// 2. Operation::run fills outputs, or error.
/// 3. The run checks the outputs against the ports and moves them on.
struct Call {
  /// Per input port its values: none if absent, several only for list ports. Never null.
  std::vector<std::vector<const value::Value*>> inputs;
  /// Per output port its value, if the operation made it.
  std::vector<Output> outputs;
  /// Per output port the resolved unit.
  std::vector<value::Unit> output_units;
  std::uint64_t taps_wanted = 0;
  std::uint64_t random_key = 0;
  Services* services = nullptr;
  /// Left by the operation for its next run with this same object.
  std::unique_ptr<Prepared> prepared;
};

struct Outcome {
  enum class Kind { done, stopped, failed };
  Kind kind = Kind::done;
  std::string status;  ///< of a failure: "out_of_range", "numeric", ...
  std::string message;
  base::Errors errors;  ///< of an operation of the engine's own: the failure in its words, instead of a message
};

class Operation {
 public:
  explicit Operation(OperationFacts facts) : facts_(std::move(facts)) {}
  virtual ~Operation() = default;
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  const OperationFacts& facts() const { return facts_; }
  /// May be called from several threads at once.
  virtual Outcome run(Call& call) const = 0;

 private:
  OperationFacts facts_;
};

}  // namespace orrery::catalog
