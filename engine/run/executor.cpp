// Scheduling steps: whoever becomes ready last runs on in place, others are handed to the pool.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/executor.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include "engine/plan/lets.hpp"
#include "engine/plan/literal.hpp"
#include "engine/run/probe.hpp"
#include "engine/run/step.hpp"

namespace orrery::run {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::uint32_t thread_count(std::uint32_t wanted) {
  return wanted ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

struct Executor::Arena {
  explicit Arena(std::uint32_t threads)
      : allowed(tbb::global_control::max_allowed_parallelism,
                std::max<std::size_t>(threads,
                                      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism))),
        arena(static_cast<int>(threads)) {}
  tbb::global_control allowed;  ///< more threads than cores, if they were asked for
  tbb::task_arena arena;
  tbb::task_group group;
};

Executor::Executor(const plan::Plan& plan, const RunOptions& options)
    : plan_(plan), options_(options), lets_(plan.lets.begin(), plan.lets.end()) {
  shared_.stop = options.stop;
  shared_.listener = options.listener;
  shared_.threads = thread_count(options.jobs);
  if (!options.in_turn) arena_ = std::make_unique<Arena>(shared_.threads);
  for (std::size_t i = 0; i < plan.slot_count; ++i) slots_.push_back(std::make_unique<Slot>());
  prepare_probes();
  for (const plan::PlannedStep& step : plan.steps) steps_.push_back(std::make_unique<Step>(*this, step));
  for (std::size_t i = 0; i < steps_.size(); ++i)
    for (const std::size_t before : plan.steps[i].after) {
      steps_[before]->dependents.push_back(steps_[i].get());
      steps_[i]->after.push_back(steps_[before].get());
    }
  prepare_slots();
  for (const auto& [slot, value] : plan.given) give(slot, value);
}

Executor::~Executor() = default;

void Executor::prepare_probes() {
  for (const plan::PlannedStep& step : plan_.steps) {
    if (!step.probe) continue;
    ProbeSink& sink = *sinks_.emplace(&step, std::make_unique<ProbeSink>(*step.probe)).first->second;
    const auto& taps = step.probe->taps;
    for (std::size_t i = 0; i < taps.size(); ++i)
      options_.taps.push_back({taps[i].loop, taps[i].step, taps[i].tap, &sink.keeper(i)});
  }
}

void Executor::prepare_slots() {
  for (const auto& step : steps_)
    for (Slot* slot : step->reads) ++slot->readers;
  for (const auto& step : steps_)
    if (step->planned.every > 1)
      for (const plan::Slot slot : step->planned.outputs) slots_[slot]->keep = true;
  const auto keep = [this](const plan::Source& source) {
    for (const plan::Slot slot : source.slots()) slots_[slot]->keep = true;
  };
  for (const plan::PlannedRecord& record : plan_.records) keep(record.source);
  for (const plan::PlannedSave& save : plan_.saves) keep(save.source);
  for (const plan::PlannedPlot& plot : plan_.plots) {
    if (plot.x) keep(*plot.x);
    for (const plan::Source& y : plot.y) keep(y);
  }
  for (const plan::PlannedExpectation& expectation : plan_.expectations) {
    keep(expectation.that);
    for (const auto* side : {&expectation.bound, &expectation.upper, &expectation.rtol, &expectation.atol})
      if (*side) keep(**side);
  }
}

void Executor::run_steps() {
  const Clock::time_point start_time = Clock::now();
  for (const auto& slot : slots_) {
    slot->filled = slot->given;
    if (slot->given) slot->left.store(slot->readers, std::memory_order_relaxed);
  }
  trouble_.store(false, std::memory_order_relaxed);
  for (const auto& [step, sink] : sinks_) sink->reset();
  for (const auto& step : steps_) step->reset();
  if (options_.in_turn) return run_in_turn();
  arena_->arena.execute([this] {
    Step* first = nullptr;
    for (const auto& step : steps_) {
      if (!step->after.empty()) continue;
      if (!first) first = step.get();
      else start(*step);
    }
    if (first) run_chain(first);
    arena_->group.wait();
  });
  seconds_ = seconds_since(start_time);
}

void Executor::run_in_turn() {
  for (const auto& step : steps_) {
    if (!step->after.empty()) continue;
    run_chain(step.get());
    while (!ready_.empty()) {
      Step* next = ready_.back();
      ready_.pop_back();
      run_chain(next);
    }
  }
}

void Executor::start(Step& step) {
  if (options_.in_turn) return ready_.push_back(&step);
  arena_->group.run([this, &step] { run_chain(&step); });
}

/// The first step in the plan's order that kept this one from running. All that it waits for are through.
const Executor::Step* Executor::cause_against(const Step& step) const {
  // What a probe saw of a step that failed is what one looks for.
  if (!trouble_.load(std::memory_order_relaxed) || step.planned.probe) return nullptr;
  for (const Step* before : step.after)
    if (before->report.state != StepState::done) return before;
  return nullptr;
}

void Executor::run_chain(Step* next) {
  while (next) {
    Step& step = *next;
    if (const Step* cause = cause_against(step)) {
      step.report.state = StepState::not_run;
      step.report.because = cause->report.because.empty() ? cause->report.name : cause->report.because;
    } else if (shared_.stopping()) {
      step.report.state = StepState::stopped;
    } else {
      shared_.tell([&](Listener& l) { l.step_started(step.report.name); });
      const Clock::time_point start_time = options_.timing ? Clock::now() : Clock::time_point{};
      step.run();
      if (options_.timing) step.report.seconds = seconds_since(start_time);
      shared_.tell([&](Listener& l) { l.step_finished(step.report); });
    }
    if (step.report.state != StepState::done) trouble_.store(true, std::memory_order_relaxed);
    next = finish(step);
  }
}

/// Frees what nobody needs any more and returns one step that has become ready; the others are started.
Executor::Step* Executor::finish(Step& step) {
  for (Slot* slot : step.reads) release(*slot);
  if (!options_.keep_buffers)
    for (const plan::Slot slot : step.planned.outputs)
      if (slots_[slot]->readers == 0 && !slots_[slot]->keep) slots_[slot]->value = value::Value{};
  Step* next = nullptr;
  for (Step* dependent : step.dependents) {
    // Who waits for one step only need not be counted down.
    if (dependent->after.size() > 1 && dependent->waiting.fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
    if (next) start(*next);
    next = dependent;
  }
  return next;
}

void Executor::release(Slot& slot) {
  const std::size_t left = slot.left.load(std::memory_order_acquire);
  if (left == 0) return;  // never filled: its maker failed
  if (left == 1) slot.left.store(0, std::memory_order_relaxed);
  else if (slot.left.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (!slot.keep && !options_.keep_buffers) slot.value = value::Value{};
}

base::Result<value::Value> Executor::compute(const plan::Source& source) const {
  using scenario::Expression;
  const auto wired = [this](plan::Slot slot, const scenario::Reference& reference) -> base::Result<plan::Operand> {
    const value::Value& value = slots_[slot]->value;
    if (!slots_[slot]->filled)
      return base::Error(base::ErrorCode::step_failed,
                         "'@" + reference.step + "." + reference.output + "' was not made");
    return plan::select({plan::signature_of(value), value}, reference);
  };
  if (source.kind == plan::Source::Kind::constant) return source.constant;
  if (source.kind == plan::Source::Kind::wire) {
    auto operand = wired(source.wire.slot, source.wire.reference);
    if (!operand) return std::move(operand).errors();
    return std::move(*operand->value);
  }
  std::size_t next = 0;
  auto result = plan::evaluate(source.formula.expression, [&](const Expression& leaf) -> base::Result<plan::Operand> {
    if (leaf.kind == Expression::Kind::reference) return wired(source.formula.slots[next++], leaf.reference);
    const value::Value& value = lets_.find(leaf.text)->second;
    return plan::Operand{plan::signature_of(value), value};
  });
  if (!result) return std::move(result).errors();
  return std::move(*result->value);
}

void Executor::give(plan::Slot index, value::Value value) {
  Slot& slot = *slots_[index];
  slot.value = std::move(value);
  slot.given = slot.filled = true;
  slot.lent.reset();
  ++slot.form;
}

void Executor::give_number(plan::Slot index, double number, const value::Unit& unit) {
  auto* there = std::get_if<value::Tensor>(&slots_[index]->value);
  const bool same = slots_[index]->given && there && there->is_sole_owner() && there->rank() == 0;
  if (same) *there->data<double>() = number;
  else give(index, value::Tensor::scalar(number, unit));
}

void Executor::exchange(plan::Slot index, plan::Slot made) {
  Slot& slot = *slots_[index];
  std::swap(slot.value, slots_[made]->value);
  slot.lent.reset();
}

const value::Value& Executor::value(plan::Slot slot) const { return slots_[slot]->value; }

void Executor::set_pass(std::uint64_t pass) {
  for (const auto& step : steps_) step->set_pass(pass);
}

std::size_t Executor::held_count() const {
  std::size_t count = 0;
  for (const plan::PlannedStep& step : plan_.steps) count += step.every > 1 ? step.outputs.size() : 0;
  return count;
}

std::vector<value::Value> Executor::held() const {
  std::vector<value::Value> all;
  for (const plan::PlannedStep& step : plan_.steps)
    if (step.every > 1)
      for (const plan::Slot slot : step.outputs) all.push_back(slots_[slot]->value);
  return all;
}

bool Executor::hold(std::span<const value::Value> values) {
  if (values.size() != held_count()) return false;
  for (const auto& step : steps_)
    if (step->planned.every > 1) {
      step->hold(values.first(step->planned.outputs.size()));
      values = values.subspan(step->planned.outputs.size());
    }
  return true;
}

const base::Error* Executor::failure() const {
  for (const auto& step : steps_)
    if (step->report.error) return &*step->report.error;
  return nullptr;
}

bool Executor::stopped() const {
  return std::any_of(steps_.begin(), steps_.end(),
                     [](const auto& step) { return step->report.state == StepState::stopped; });
}

bool Executor::is_made(const plan::Source& source) const {
  const std::vector<plan::Slot> slots = source.slots();
  return std::all_of(slots.begin(), slots.end(), [this](plan::Slot slot) { return slots_[slot]->filled; });
}

/// @param single  whether it must be one number or text, as far as that could not be said before the run
std::optional<value::Value> Executor::named_value(const plan::Source& source, bool single, base::Errors& errors) const {
  if (!is_made(source)) return std::nullopt;
  auto computed = compute(source);
  if (!computed) {
    plan::add(errors, plan::located(std::move(computed).errors(), source.span));
    return std::nullopt;
  }
  const auto* tensor = std::get_if<value::Tensor>(&*computed);
  if (!single || std::holds_alternative<std::string>(*computed) || (tensor && tensor->rank() == 0))
    return std::move(*computed);
  errors.push_back(base::Error(base::ErrorCode::wrong_shape,
                               "a record is one number or text, not " + plan::signature_of(*computed).text())
                       .at(source.span));
  return std::nullopt;
}

Verdict Executor::verdict(const plan::PlannedExpectation& expectation) const {
  base::Errors errors;
  const auto side = [&](const std::optional<plan::Source>& source) {
    return source ? named_value(*source, false, errors) : std::nullopt;
  };
  Verdict verdict = judge(expectation, {named_value(expectation.that, false, errors), side(expectation.bound),
                                        side(expectation.upper), side(expectation.rtol), side(expectation.atol)});
  if (!errors.empty()) verdict.detail = errors.front().message;
  return verdict;
}

/// A plot of which some value was not made is left out: the step that failed is the error.
void Executor::add_plot(const plan::PlannedPlot& plot, RunResult& into) const {
  std::optional<value::Value> x;
  std::vector<value::Value> y;
  const auto value_of = [&](const plan::Source& source) { return named_value(source, false, into.errors); };
  if (plot.x && !(x = value_of(*plot.x))) return;
  for (const plan::Source& source : plot.y) {
    auto value = value_of(source);
    if (!value) return;
    y.push_back(std::move(*value));
  }
  auto made = make_plot(plot, x, y);
  if (made) into.plots.push_back(std::move(*made));
  else plan::add(into.errors, std::move(made).errors());
}

RunResult Executor::result() {
  RunResult result;
  result.seconds = seconds_;
  for (const auto& step : steps_) {
    result.steps.push_back(step->report);
    result.interrupted = result.interrupted || step->report.state == StepState::stopped;
  }
  for (const plan::PlannedRecord& record : plan_.records)
    if (auto value = named_value(record.source, true, result.errors))
      result.records.push_back({record.name, std::move(*value)});
  for (const plan::PlannedSave& save : plan_.saves)
    if (auto value = named_value(save.source, false, result.errors))
      result.saved.push_back({save.name, std::move(*value)});
  for (const plan::PlannedPlot& plot : plan_.plots) add_plot(plot, result);
  for (const plan::PlannedExpectation& expectation : plan_.expectations)
    result.verdicts.push_back(verdict(expectation));
  return result;
}

RunResult execute(const plan::Plan& plan, const RunOptions& options) {
  Executor executor(plan, options);
  executor.run_steps();
  return executor.result();
}

}  // namespace orrery::run
