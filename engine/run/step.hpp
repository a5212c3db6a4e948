// One step of an executor: its call, ready to be made again and again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "engine/run/executor.hpp"

namespace orrery::run {

/// Where a value lives during a run.
struct Executor::Slot {
  std::atomic<std::size_t> left{0};  ///< readers that are not through yet
  std::size_t readers = 0;           ///< steps that read it
  std::uint64_t form = 0;            ///< another one whenever type, shape or unit may have changed
  bool filled = false;               ///< in this run
  bool given = false;                ///< by the executor's user, not by a step
  bool keep = false;                 ///< read after the run too
  std::optional<plan::Slot> lent;    ///< the slot whose output was made in place, in this one's memory
  value::Value value;                ///< never moves: calls point at it
};

/// 1. gather(): inputs are pointed at, converted and checked.
/// 2. call(): the operation runs.
/// 3. deliver(): outputs are checked and moved into their slots.
/// Of a step that is run again, 1 and 3 are left out while nothing but numbers changes.
class Executor::Step {
 public:
  Step(Executor& executor, const plan::PlannedStep& planned);

  void run();  ///< all three, or none in a pass in which the step rests; leaves the outcome in report
  void reset();
  void set_pass(std::uint64_t pass);
  void hold(std::span<const value::Value> outputs);  ///< as if the step had made them
  void forget_outputs();                             ///< lets go of what was made, as nobody may read it

  std::atomic<std::size_t> waiting{0};
  std::vector<Step*> after, dependents;
  std::vector<Slot*> reads;  ///< each once
  const plan::PlannedStep& planned;
  StepReport report;

 private:
  struct Element {
    const plan::Source* source;
    std::size_t port;
    bool direct;   ///< the slot's value is what the operation gets
    bool checked;  ///< its elements must be checked at each run
    std::optional<value::Value> fitted;
  };

  /// An output that may be made in the memory of an input.
  struct InPlace {
    std::size_t output, element;
  };

  void prepare(std::size_t port);
  void note_plain(const Element& element, const catalog::Port& port);
  void prepare_in_place();
  bool may_overwrite(const Element& element) const;
  void offer_in_place();
  void take_back();
  void hand_over();
  std::optional<base::Error> make();
  std::optional<base::Error> find_units();
  bool inputs_repeat();
  bool outputs_are_repeated() const;
  void fill_slots();
  bool is_direct(const plan::Source& source, const catalog::Port& port, const value::Unit& unit) const;
  std::optional<base::Error> gather();
  std::optional<base::Error> fill(Element& element, const value::Value*& into);
  std::optional<base::Error> bind_shapes();
  std::optional<base::Error> deliver();
  std::optional<base::Error> check_output(std::size_t port) const;
  bool outputs_repeat() const;
  std::optional<base::Error> bind_outputs();
  bool shapes_repeat() const;
  base::Error failed(const catalog::Outcome& outcome) const;
  base::Error broken(const std::string& what) const;

  std::unique_ptr<const catalog::Operation> own_;  ///< of a loop or a probe, what runs it
  const catalog::Operation* operation_;
  Executor& executor_;
  StepServices services_;
  catalog::Call call_;
  std::vector<Element> elements_;
  std::vector<Slot*> slots_;  ///< of the outputs
  /// A wire whose value the operation gets as it is, whatever its numbers, and the form that was checked last.
  struct Plain {
    const Slot* slot;
    std::uint64_t form;
  };
  std::vector<Plain> plain_;
  bool checked_ = false;   ///< the last run went well
  bool rests_ = false;     ///< the outputs of the last run stand for this one
  bool all_plain_ = true;  ///< no input needs more than a look at its form
  std::vector<InPlace> in_place_;
  std::vector<value::Unit> units_;  ///< by input port
  bool units_open_ = false;         ///< some are found out at each run
  plan::ShapeScope shapes_;
  std::vector<value::Shape> seen_inputs_;  ///< shapes that were checked last
  std::vector<std::optional<value::Shape>> seen_outputs_;
};

}  // namespace orrery::run
