// The passes of a loop while it runs: steps, the commit of their states, observers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/passes.hpp"

#include <complex>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/run/loop_key.hpp"

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using catalog::Outcome;
using plan::PlannedState;
using value::DType;
using value::Tensor;
using value::Value;

namespace {

/// Position of the first NaN.
template <class T>
std::optional<std::int64_t> find_nan(const Tensor& tensor) {
  const T* x = tensor.data<T>();
  for (std::int64_t i = 0; i < tensor.count(); ++i)
    if (x[i] != x[i]) return i;
  return std::nullopt;
}

std::optional<std::int64_t> first_nan(const Tensor& tensor) {
  if (tensor.dtype() == DType::f64) return find_nan<double>(tensor);
  if (tensor.dtype() == DType::f32) return find_nan<float>(tensor);
  if (tensor.dtype() == DType::c128) return find_nan<std::complex<double>>(tensor);
  return std::nullopt;
}

RunOptions body_options(const std::string& loop, const RunOptions& around, catalog::Services& services,
                        Listener& listener) {
  RunOptions options;
  options.jobs = services.max_threads();
  options.stop = around.stop;
  options.listener = around.listener ? &listener : nullptr;
  options.timing = false;
  options.keep_buffers = true;
  options.in_turn = true;
  for (const TapRequest& request : around.taps)
    if (request.loop == loop) options.taps.push_back({"", request.step, request.tap, request.keeper});
  return options;
}

RunOptions feed_options(const RunOptions& around, catalog::Services& services) {
  RunOptions options;
  options.jobs = services.max_threads();
  options.stop = around.stop;
  return options;
}

}  // namespace

Passes::Passes(const plan::PlannedStep& planned, const RunOptions& options, catalog::Call& call)
    : planned_(planned),
      loop_(*planned.loop),
      call_(call),
      forward_(*call.services),
      body_(loop_.body, body_options(planned.name, options, *call.services, forward_)),
      stop_(options.stop),
      series_(loop_.series.size()),
      next_(loop_.states.size()) {
  for (const plan::PlannedObserver& observer : loop_.observers)
    observers_.push_back(
        std::make_unique<Observer>(observer, body_options(planned.name, options, *call.services, forward_)));
  if (loop_.clock) clock_.emplace(*loop_.clock);
  if (loop_.solve) solver_.emplace(loop_, body_, stop_);
  begin();
  for (const plan::PlannedBatches& source : loop_.sources)
    feeds_.push_back(std::make_unique<BatchFeed>(source, body_, limit_, feed_options(options, *call.services)));
  if (!loop_.checkpoint || !options.checkpoints) return;
  keeper_ = options.checkpoints;
  for (const TapRequest& request : options.taps)
    if (request.loop == planned.name) taps_.push_back(request.keeper);
  key_ = loop_key(loop_, call, options.engine);
  go_on();
}

Outcome Passes::run() {
  if (misfit_)
    return failed(Error(ErrorCode::damaged_run, "what was kept of it does not fit it, and has been removed")
                      .at(planned_.span)
                      .help("the same command runs it from the beginning"));
  if (pass_ == 0)
    if (auto error = observe()) return failed(std::move(*error));
  while (!is_last()) {
    if (is_stopping()) return stopped(pass_);
    if (pace_.due(pass_)) {
      call_.services->poll(static_cast<std::uint64_t>(pass_),
                           pass_ <= expected_ ? static_cast<std::uint64_t>(expected_) : 0);
      if (keeper_ && std::chrono::steady_clock::now() - kept_ >= std::chrono::duration<double>(*loop_.checkpoint))
        keep(pass_);
    }
    ++pass_;
    if (auto error = make_pass()) {
      if (is_stopping()) return stopped(pass_ - 1);
      return failed(std::move(*error));
    }
    if (was_stopped()) return stopped(pass_ - 1);
  }
  if (call_.inputs.front().empty() && pass_ == limit_ && !ended_ && !(clock_ && clock_->is_over()))
    return failed(Error(ErrorCode::step_failed,
                        std::string(clock_ ? "the clock did not come to its end" : "'stop_when' did not come true") +
                            " within " + std::to_string(limit_) + " passes, the limit where 'passes' is not given")
                      .at(loop_.stop_when ? loop_.stop_when->span : planned_.span));
  finish();
  if (keeper_) keeper_->remove(key_);
  return {};
}

void Passes::begin() {
  limit_ = plan::most_passes + (clock_ ? clock_->count() : 0);
  if (clock_) expected_ = clock_->count();
  const auto& passes = call_.inputs.front();
  if (!passes.empty()) {
    limit_ = std::get<Tensor>(*passes.front()).data<std::int64_t>()[0];
    expected_ = clock_ ? std::min(expected_, limit_) : limit_;
  }
  for (std::size_t i = 0; i < loop_.given.size(); ++i) body_.give(loop_.given[i], *call_.inputs[i + 1].front());
  for (const PlannedState& state : loop_.states) forms_.emplace_back(body_.value(state.slot));
}

Outcome Passes::failed(Error error) const {
  const std::string where =
      pass_ > 0 ? "pass " + std::to_string(pass_) + " of loop '" + planned_.name + "'" : "loop '" + planned_.name + "'";
  error.message = where + ": " + error.message;
  Outcome outcome;
  outcome.kind = Outcome::Kind::failed;
  outcome.errors.push_back(std::move(error));
  return outcome;
}

std::optional<Error> Passes::make_pass() {
  for (const auto& feed : feeds_)
    if (auto error = feed->feed(body_)) return error;
  body_.set_pass(static_cast<std::uint64_t>(pass_));
  if (clock_) show_clock();
  if (solver_) {
    if (auto error = solver_->run_pass()) return error;
  } else {
    body_.run_steps();
  }
  if (const Error* error = body_.failure()) return *error;
  if (was_stopped()) return std::nullopt;
  if (auto error = look_for_end()) return error;
  if (clock_)
    if (auto error = advance_clock()) return error;
  if (loop_.record_every == 1 || pass_ % loop_.record_every == 0 || is_last())
    if (auto error = record()) return error;
  for (const auto& observer : observers_)
    if (observer->is_due(pass_)) observer->take(body_);
  if (auto error = commit()) return error;
  return is_rejected() ? std::nullopt : observe();
}

/// After the commit of a pass, and of pass 0, the first values.
std::optional<Error> Passes::observe() {
  for (const auto& observer : observers_) {
    if (!observer->is_due(pass_)) continue;
    if (pass_ == 0) observer->take(body_);
    if (auto error = observer->look(body_, pass_)) return error;
    torn_ = torn_ || (observer->failure() && is_stopping());
    if (const auto& failure = observer->failure())
      call_.services->log(catalog::LogLevel::warn, failure->message + "; it is left out from here on");
  }
  return std::nullopt;
}

void Passes::show_clock() {
  body_.give_number(loop_.clock->time, clock_->time(), loop_.clock->unit);
  body_.give_number(loop_.clock->step, clock_->step(), loop_.clock->unit);
}

std::optional<Error> Passes::advance_clock() {
  const auto& reached = loop_.clock->reached;
  if (!reached) {
    clock_->advance();
    return std::nullopt;
  }
  auto value = body_.compute(*reached);
  if (!value) return plan::located(std::move(value).errors(), reached->span).front();
  auto converted = value::convert(std::get<Tensor>(*value), DType::f64, loop_.clock->unit);
  if (!converted) return plan::located(std::move(converted).errors(), reached->span).front();
  const Tensor& time = *converted;
  if (time.count() != 1)
    return Error(ErrorCode::wrong_shape, "'time' is one number, not " + plan::signature_of(time).text())
        .at(reached->span);
  const double begin = clock_->time(), end = clock_->end();
  if (clock_->advance_to(time.number(0))) return std::nullopt;
  const std::string& unit = loop_.clock->unit.symbol();
  return Error(ErrorCode::out_of_range, "'time' must lie after the begin of the pass at " + base::shortest(begin) +
                                            " and not after its end at " + base::shortest(end) + "; it is " +
                                            base::shortest(time.number(0)) + " (in " + unit + ")")
      .at(reached->span);
}

std::optional<Error> Passes::record() {
  ++rows_;
  if (clock_) times_.push_back(clock_->time());
  if (solver_) iterations_.push_back(solver_->iterations());
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const auto* row = std::get_if<Tensor>(&body_.value(loop_.series[i]));
    const std::string name = "series '" + planned_.operation->facts().outputs[first_series() + i].name + "'";
    if (!row) return Error(ErrorCode::step_failed, name + " was not made").at(planned_.span);
    if (const auto wrong = series_[i].append(*row))
      return Error(ErrorCode::wrong_shape, name + ": " + *wrong).at(planned_.span);
  }
  return std::nullopt;
}

std::optional<Error> Passes::look_for_end() {
  if (!loop_.stop_when) return std::nullopt;
  auto value = body_.compute(*loop_.stop_when);
  if (!value) return plan::located(std::move(value).errors(), loop_.stop_when->span).front();
  const auto& truth = std::get<Tensor>(*value);
  if (truth.count() != 1)
    return Error(ErrorCode::wrong_shape, "'stop_when' is one truth value, not " + plan::signature_of(*value).text())
        .at(loop_.stop_when->span);
  ended_ = *truth.data<bool>();
  return std::nullopt;
}

/// True if a state's next value is just what a step left, in the state's own form.
bool Passes::is_plain(const PlannedState& state, const Form& form) const {
  if (state.kept || state.next.kind != plan::Source::Kind::wire || !state.next.wire.reference.selections.empty())
    return false;
  const plan::Slot slot = state.next.wire.slot;
  const auto reads_it = [&](const PlannedState& other) {
    const auto slots = other.next.slots();
    return other.next.kind != plan::Source::Kind::constant &&
           std::find(slots.begin(), slots.end(), slot) != slots.end();
  };
  if (std::find(loop_.given.begin(), loop_.given.end(), slot) != loop_.given.end()) return false;
  if (std::count_if(loop_.states.begin(), loop_.states.end(), reads_it) > 1) return false;
  const auto* next = std::get_if<Tensor>(&body_.value(slot));
  return next && form.has_shape_of(body_.value(slot)) && form.dtype == next->dtype() &&
         form.unit.same_scale(next->unit());
}

/// The first one is told of; how many there were is a value of the loop.
void Passes::reject(const Error& why) {
  if (rejected_.empty())
    call_.services->log(catalog::LogLevel::warn, "pass " + std::to_string(pass_) + " is rejected: " + why.message);
  rejected_.push_back(pass_);
}

/// All next values first: each is made of the old states.
std::optional<Error> Passes::commit() {
  for (std::size_t i = 0; i < next_.size(); ++i) {
    const PlannedState& state = loop_.states[i];
    next_[i].reset();
    if (!is_plain(state, forms_[i]))
      if (auto error = compute(state, forms_[i], next_[i])) return error;
    auto error = check(state, forms_[i], next_[i] ? *next_[i] : body_.value(state.next.wire.slot));
    if (!error) continue;
    if (error->code != ErrorCode::not_finite || !rejects()) return error;
    reject(*error);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < next_.size(); ++i) {
    const PlannedState& state = loop_.states[i];
    if (next_[i]) body_.give(state.slot, std::move(*next_[i]));
    else body_.exchange(state.slot, state.next.wire.slot);
  }
  return std::nullopt;
}

/// A next value in the unit and type that the state has kept from the first on.
std::optional<Error> Passes::compute(const PlannedState& state, const Form& form, std::optional<Value>& into) {
  auto value = body_.compute(state.next);
  if (!value) return plan::located(std::move(value).errors(), state.span).front();
  auto* next = std::get_if<Tensor>(&*value);
  if (next && form.kind == value->index()) {
    auto converted = value::convert(*next, form.dtype, form.unit);
    if (!converted) return plan::located(std::move(converted).errors(), state.span).front();
    *next = std::move(*converted);
  }
  into = std::move(*value);
  return std::nullopt;
}

std::optional<Error> Passes::check(const PlannedState& state, const Form& form, const Value& next) const {
  if (!form.has_shape_of(next))
    return Error(ErrorCode::wrong_shape, "state '" + state.name + "' goes on as " + plan::signature_of(next).text() +
                                             ", but began as " + form.signature.text())
        .at(state.span);
  const auto* to = std::get_if<Tensor>(&next);
  if (!to || loop_.on_nan == scenario::Loop::OnNan::record) return std::nullopt;
  const auto at = first_nan(*to);
  if (!at) return std::nullopt;
  return Error(ErrorCode::not_finite, "state '" + state.name + "' became NaN" +
                                          (to->rank() > 0 ? " at " + value::position_text(to->shape(), *at) : ""))
      .at(state.span)
      .help("on_nan = \"record\" lets a loop go on with it, \"reject\" without it");
}

/// Passes k, 2k, ... and the last one.
Tensor Passes::recorded_passes() const {
  Tensor numbers = std::move(*Tensor::allocate(DType::i64, {rows_}));
  for (std::int64_t i = 0; i < rows_; ++i)
    numbers.data<std::int64_t>()[i] = i + 1 < rows_ ? (i + 1) * loop_.record_every : pass_;
  return numbers;
}

void Passes::finish() {
  std::size_t output = 0;
  for (const PlannedState& state : loop_.states) call_.outputs[output++] = body_.value(state.slot);
  call_.outputs[output++] = Tensor::scalar<std::int64_t>(pass_);
  call_.outputs[output++] = recorded_passes();
  call_.outputs[output++] = Tensor::scalar<bool>(ended_);
  if (clock_) call_.outputs[output++] = Tensor::of<double>(times_, {rows_}, loop_.clock->unit);
  if (solver_) call_.outputs[output++] = Tensor::of<std::int64_t>(iterations_, {rows_});
  if (rejects())
    call_.outputs[output++] = Tensor::of<std::int64_t>(rejected_, {static_cast<std::int64_t>(rejected_.size())});
  for (Series& series : series_) {
    call_.outputs[output] = series.take(planned_.signatures[output]);
    ++output;
  }
  auto rest = call_.outputs.begin() + static_cast<std::ptrdiff_t>(output);
  for (const auto& observer : observers_) rest = observer->finish(rest);
}

}  // namespace orrery::run
