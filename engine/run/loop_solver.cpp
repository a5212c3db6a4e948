// The passes of a loop that are solved: a body is run until the states named are what it makes of them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_solver.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using value::DType;
using value::Tensor;

namespace {

std::size_t number_count(const Tensor& tensor) {
  return static_cast<std::size_t>(tensor.count()) * (tensor.dtype() == DType::c128 ? 2 : 1);
}

/// Real numbers; of complex ones both parts.
std::span<const double> numbers_of(const Tensor& tensor) { return {tensor.data<double>(), number_count(tensor)}; }

std::span<const double> part_of(const FixedPoint::Numbers& all, std::size_t begin, std::size_t end) {
  return std::span(all).subspan(begin, end - begin);
}

std::string rounded(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", x);
  return text;
}

}  // namespace

LoopSolver::LoopSolver(const plan::PlannedLoop& loop, Executor& body, const std::atomic<bool>* stop)
    : solve_(*loop.solve), body_(body), guesses_(solve_.method), stop_(stop) {
  for (const std::size_t index : solve_.over) parts_.push_back({&loop.states[index]});
}

std::optional<Error> LoopSolver::run_pass() {
  guesses_.begin();
  for (iterations_ = 1;; ++iterations_) {
    body_.run_steps();
    if (body_.failure() || body_.stopped()) return std::nullopt;
    if (auto error = read()) return error;
    if (auto error = measure()) return error;
    if (converged()) return std::nullopt;
    if (iterations_ >= solve_.most) return not_converged();
    stopped_ = stop_ && stop_->load(std::memory_order_relaxed);
    if (stopped_) return std::nullopt;
    guesses_.improve(now_, next_, weights_);
    give_guess();
  }
}

std::optional<Error> LoopSolver::read() {
  now_.clear();
  next_.clear();
  for (Part& part : parts_)
    if (auto error = read(part)) return error;
  return std::nullopt;
}

std::optional<Error> LoopSolver::read(Part& part) {
  const plan::PlannedState& state = *part.state;
  auto made = body_.compute(state.next);
  if (!made) return plan::located(std::move(made).errors(), state.span).front();
  const auto& now = std::get<Tensor>(body_.value(state.slot));
  if (now.dtype() != DType::f64 && now.dtype() != DType::c128)
    return Error(ErrorCode::wrong_type, "state '" + state.name + "' is " + std::string(name_of(now.dtype())) +
                                            ", and 'solve' is for f64 and c128")
        .at(solve_.span);
  auto next = value::convert(std::get<Tensor>(*made), now.dtype(), now.unit());
  if (!next) return plan::located(std::move(next).errors(), state.span).front();
  if (!value::same_extents(now.shape(), next->shape()))
    return Error(ErrorCode::wrong_shape, "state '" + state.name + "' goes on as " + plan::signature_of(*next).text() +
                                             ", but began as " + plan::signature_of(now).text())
        .at(state.span);
  part.begin = now_.size();
  now_.insert(now_.end(), numbers_of(now).begin(), numbers_of(now).end());
  next_.insert(next_.end(), numbers_of(*next).begin(), numbers_of(*next).end());
  part.end = now_.size();
  return std::nullopt;
}

std::optional<Error> LoopSolver::measure() {
  weights_.assign(now_.size(), 1.0);
  for (Part& part : parts_) {
    const auto now = part_of(now_, part.begin, part.end), next = part_of(next_, part.begin, part.end);
    FixedPoint::Numbers difference(now.size());
    for (std::size_t i = 0; i < now.size(); ++i) difference[i] = next[i] - now[i];
    part.size = std::max(norm(now), norm(next));
    part.change = norm(difference);
    if (!std::isfinite(norm(next)) || !std::isfinite(part.change))
      return Error(ErrorCode::not_finite, "state '" + part.state->name + "' is not finite in iteration " +
                                              std::to_string(iterations_) + " of 'solve'")
          .at(part.state->span)
          .help("begin nearer to the solution, or take smaller steps");
    const double weight = 1.0 / part.size;
    if (std::isfinite(weight) && weight > 0.0)
      std::fill(weights_.begin() + static_cast<std::ptrdiff_t>(part.begin),
                weights_.begin() + static_cast<std::ptrdiff_t>(part.end), weight);
  }
  return std::nullopt;
}

double LoopSolver::allowed(const Part& part) const {
  if (!solve_.atol) return solve_.tol * part.size;
  const auto& now = std::get<Tensor>(body_.value(part.state->slot));
  const value::Conversion to_state(solve_.atol->unit(), now.unit());
  return solve_.tol * part.size + to_state(solve_.atol->number(0));
}

bool LoopSolver::converged() const {
  return std::all_of(parts_.begin(), parts_.end(), [this](const Part& part) { return part.change <= allowed(part); });
}

/// In memory of its own: steps and series may still hold the guess before.
void LoopSolver::give_guess() {
  for (const Part& part : parts_) {
    const auto& now = std::get<Tensor>(body_.value(part.state->slot));
    Tensor guess = std::move(*Tensor::allocate(now.dtype(), now.shape(), now.unit()));
    const auto numbers = part_of(now_, part.begin, part.end);
    std::copy(numbers.begin(), numbers.end(), guess.data<double>());
    body_.give(part.state->slot, std::move(guess));
  }
}

Error LoopSolver::not_converged() const {
  const auto worse = [](const Part& a, const Part& b) { return a.change * b.size < b.change * a.size; };
  const Part& worst = *std::max_element(parts_.begin(), parts_.end(), worse);
  const auto& unit = std::get<Tensor>(body_.value(worst.state->slot)).unit();
  std::string measure = rounded(worst.size > 0.0 ? worst.change / worst.size : 0.0) + " of its size";
  if (solve_.atol) measure += ", " + rounded(worst.change) + (unit.is_number() ? "" : " " + unit.symbol());
  return Error(ErrorCode::step_failed, "'solve' did not converge within " + std::to_string(solve_.most) +
                                           " iterations: state '" + worst.state->name + "' still changes by " +
                                           measure + ", and 'tol' is " + base::shortest(solve_.tol))
      .at(solve_.span)
      .note("iterations end when no state of 'over' changes by more than 'tol' of its size");
}

}  // namespace orrery::run
