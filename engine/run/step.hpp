// One step of an executor: its call, ready to be made again and again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "engine/run/executor.hpp"

namespace orrery::run {

/// Where a value lives during a run.
struct Executor::Slot {
  value::Value value;                ///< never moves: calls point at it
  bool filled = false;               ///< in this run
  std::size_t readers = 0;           ///< steps that read it
  bool keep = false;                 ///< read after the run too
  std::atomic<std::size_t> left{0};  ///< readers that are not through yet
};

/// 1. gather(): inputs are pointed at, converted and checked.
/// 2. call(): the operation runs.
/// 3. deliver(): outputs are checked and moved into their slots.
class Executor::Step {
 public:
  Step(Executor& executor, const plan::PlannedStep& planned);

  void run();  ///< all three; leaves the outcome in report
  void reset();

  const plan::PlannedStep& planned;
  StepReport report;
  std::vector<std::size_t> dependents;
  std::vector<plan::Slot> reads;  ///< each slot once
  std::atomic<std::size_t> waiting{0};
  std::atomic<const Step*> blocked_by{nullptr};

 private:
  struct Element {
    const plan::Source* source;
    std::size_t port;
    bool direct;   ///< the slot's value is what the operation gets
    bool checked;  ///< its elements must be checked at each run
    std::optional<value::Value> fitted;
  };

  void prepare(std::size_t port);
  bool is_direct(const plan::Source& source, const catalog::Port& port, const value::Unit& unit) const;
  std::optional<base::Error> gather();
  std::optional<base::Error> fill(Element& element, const value::Value*& into);
  std::optional<base::Error> bind_shapes();
  std::optional<base::Error> deliver();
  std::optional<base::Error> check_output(std::size_t port);
  bool shapes_repeat() const;
  base::Error failed(const catalog::Outcome& outcome) const;
  base::Error broken(const std::string& what) const;

  Executor& executor_;
  StepServices services_;
  catalog::Call call_;
  std::vector<Element> elements_;
  plan::ShapeScope shapes_;
  std::vector<value::Shape> seen_inputs_;  ///< shapes that were checked last
  std::vector<std::optional<value::Shape>> seen_outputs_;
};

}  // namespace orrery::run
