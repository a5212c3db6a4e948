// The passes of a loop while it runs: steps, the commit of their states, observers, and what is kept to go on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/checkpoint.hpp"
#include "engine/run/executor.hpp"
#include "engine/run/item_source.hpp"
#include "engine/run/loop_clock.hpp"
#include "engine/run/loop_solver.hpp"
#include "engine/run/observer.hpp"
#include "engine/run/series.hpp"

namespace orrery::run {

/// A step may work in a state's memory, so that what the state is must be known apart from it.
struct Form {
  explicit Form(const value::Value& value) : kind(value.index()), signature(plan::signature_of(value)) {
    const auto* tensor = std::get_if<value::Tensor>(&value);
    if (!tensor) return;
    dtype = tensor->dtype();
    shape = tensor->shape();
    unit = tensor->unit();
  }
  bool has_shape_of(const value::Value& value) const {
    const auto* tensor = std::get_if<value::Tensor>(&value);
    return kind == value.index() && (!tensor || value::same_extents(shape, tensor->shape()));
  }

  std::size_t kind;
  plan::Signature signature;
  value::DType dtype{};
  value::Shape shape;
  value::Unit unit;
};

/// What the steps of the body say reaches the run's listener under the loop's name.
class Forward final : public Listener {
 public:
  explicit Forward(catalog::Services& services) : services_(services) {}
  void step_started(const std::string&) override {}
  void step_finished(const StepReport&) override {}
  void step_progress(const std::string&, std::uint64_t, std::uint64_t) override {}
  void logged(const std::string& step, catalog::LogLevel level, const std::string& message) override {
    services_.log(level, step + ": " + message);
  }

 private:
  catalog::Services& services_;
};

/// Tells the run how far the loop is, about a hundred times a second at most.
class ProgressPace {
 public:
  bool due(std::int64_t pass) {
    if (pass < next_) return false;
    const std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
    stride_ = now - last_ < std::chrono::milliseconds(10) ? std::min<std::int64_t>(2 * stride_, 1 << 20)
                                                          : std::max<std::int64_t>(stride_ / 2, 1);
    last_ = now;
    next_ = pass + stride_;
    return true;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::int64_t next_ = 0, stride_ = 1;
};

/// 1. begin(): first values. 2. Passes. 3. finish(): what is left goes to the outputs.
class Passes {
 public:
  Passes(const plan::PlannedStep& planned, const RunOptions& options, catalog::Call& call);
  catalog::Outcome run();

 private:
  bool was_stopped() const { return body_.stopped() || (solver_ && solver_->stopped()); }
  bool rejects() const { return loop_.on_nan == scenario::Loop::OnNan::reject; }
  /// The pass is as if it had not been.
  void reject(const base::Error& why);
  bool is_rejected() const { return !rejected_.empty() && rejected_.back() == pass_; }
  bool is_stopping() const { return stop_ && stop_->load(std::memory_order_relaxed); }
  /// @param pass  the last one that was committed
  catalog::Outcome stopped(std::int64_t pass);
  bool states_are_whole() const;
  void keep(std::int64_t pass);
  /// Where an earlier run of the same loop was kept, this one goes on from there.
  void go_on();
  bool unpack(Unpacker& unpacker, std::int64_t pass);
  void begin();
  /// True if no pass follows the one that is through.
  bool is_last() const { return ended_ || pass_ >= limit_ || (clock_ && clock_->is_over()); }
  catalog::Outcome failed(base::Error error) const;
  std::optional<base::Error> make_pass();
  /// After the commit of a pass, and of pass 0, the first values.
  std::optional<base::Error> observe();
  void show_clock();
  std::optional<base::Error> advance_clock();
  std::optional<base::Error> record();
  std::optional<base::Error> look_for_end();
  /// True if a state's next value is just what a step left, in the state's own form.
  bool is_plain(const plan::PlannedState& state, const Form& form) const;
  /// All next values first: each is made of the old states.
  std::optional<base::Error> commit();
  /// A next value in the unit and type that the state has kept from the first on.
  std::optional<base::Error> compute(const plan::PlannedState& state, const Form& form,
                                     std::optional<value::Value>& into);
  std::optional<base::Error> check(const plan::PlannedState& state, const Form& form, const value::Value& next) const;
  std::size_t first_series() const {
    return loop_.states.size() + 3 + (loop_.clock ? 1 : 0) + (loop_.solve ? 1 : 0) + (rejects() ? 1 : 0);
  }
  /// Passes k, 2k, ... and the last one.
  value::Tensor recorded_passes() const;
  void finish();

  const plan::PlannedStep& planned_;
  const plan::PlannedLoop& loop_;
  catalog::Call& call_;
  Forward forward_;
  Executor body_;
  const std::atomic<bool>* stop_;
  ProgressPace pace_;
  CheckpointKeeper* keeper_ = nullptr;
  std::string key_;
  std::vector<TapKeeper*> taps_;  // of steps of this loop
  std::chrono::steady_clock::time_point kept_ = std::chrono::steady_clock::now();
  bool misfit_ = false;  ///< what was kept is not of this loop, and has been taken in part
  bool torn_ = false;    ///< an observer did not see the last pass to its end
  std::vector<Series> series_;
  std::vector<std::unique_ptr<BatchFeed>> feeds_;     // workers point at them
  std::vector<std::unique_ptr<Observer>> observers_;  // executors stay where they are
  std::vector<Form> forms_;                           // of the states
  std::vector<std::optional<value::Value>> next_;
  std::optional<LoopClock> clock_;
  std::optional<LoopSolver> solver_;
  std::vector<double> times_;
  std::vector<std::int64_t> iterations_, rejected_;
  std::int64_t pass_ = 0, limit_ = 0, rows_ = 0;
  std::int64_t expected_ = 0;  ///< how many passes there will be at most; 0 if that is not known
  bool ended_ = false;
};

}  // namespace orrery::run
