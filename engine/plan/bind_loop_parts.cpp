// Binding the clock of a loop, and what its passes are solved for.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/text.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using value::DType;

namespace {

constexpr double most_clock_passes = 1e9;
constexpr double most_iterations = 1e6;

Port real_port(const std::string& name) {
  Port port;
  port.name = name;
  port.dtypes = value::mask_of(DType::f64);
  port.finite = true;
  return port;
}

std::string in_unit(double number, const value::Unit& unit) {
  return base::shortest(number) + (unit.is_number() && unit.factor() == 1.0 ? "" : " " + unit.symbol());
}

}  // namespace

std::optional<PlannedClock> Binder::bind_clock(const scenario::Loop& loop) {
  const std::string owner = "clock of loop '" + loop.name + "'";
  const std::size_t before = errors_.size();
  Port port = real_port("from");
  port.unit.any = true;
  const auto from = fixed_number(loop.clock->from, {port, std::nullopt, owner});
  if (!from) return std::nullopt;
  PlannedClock clock;
  clock.unit = from->unit();
  clock.from = from->number(0);
  if (clock.unit.offset() != 0.0) {
    errors_.push_back(Error(ErrorCode::wrong_dimension, "a clock cannot count in " + clock.unit.symbol() +
                                                            ", whose zero lies elsewhere for differences")
                          .at(loop.clock->from.span)
                          .help("write it in a unit that begins at zero, as K does"));
    return std::nullopt;
  }
  port.unit = {};
  port.unit.fixed = clock.unit;
  port.unit.text = clock.unit.symbol();
  for (const auto& [name, term, into] :
       {std::tuple{"to", &loop.clock->to, &clock.to}, {"by", &loop.clock->by, &clock.by}}) {
    port.name = name;
    if (const auto number = fixed_number(*term, {port, clock.unit, owner})) *into = number->number(0);
  }
  if (errors_.size() == before) check_clock(clock, loop);
  return errors_.size() == before ? std::optional(std::move(clock)) : std::nullopt;
}

void Binder::check_clock(const PlannedClock& clock, const scenario::Loop& loop) {
  const double span = clock.to - clock.from, by = clock.by;
  const auto text = [&](double number) { return in_unit(number, clock.unit); };
  const auto refuse = [&](const scenario::Term& term, const std::string& what, const std::string& help) {
    Error error(ErrorCode::out_of_range, "clock of loop '" + loop.name + "': " + what);
    if (!help.empty()) error.helps.push_back(help);
    errors_.push_back(std::move(error).at(term.span));
  };
  if (!std::isfinite(span)) return refuse(loop.clock->to, "'to' is too far from 'from' for a number to hold", "");
  if (by == 0.0) return refuse(loop.clock->by, "'by' must not be 0", "");
  if (span != 0.0 && (span > 0.0) != (by > 0.0)) {
    if (by < 0.0)
      return refuse(loop.clock->by, "'by' is " + text(by) + ", but 'to' lies after 'from'",
                    "a clock that runs forward has a positive 'by'");
    return refuse(loop.clock->to, "'to' is " + text(clock.to) + ", before 'from' at " + text(clock.from),
                  "a clock that runs backward has a negative 'by'");
  }
  const double least = std::abs(span) / most_clock_passes;
  const double resolved =
      8.0 * std::numeric_limits<double>::epsilon() * std::max(std::abs(clock.from), std::abs(clock.to));
  if (std::abs(by) < std::max(least, resolved))
    refuse(loop.clock->by, "'by' must be at least " + text(std::max(least, resolved)) + " in size; it is " + text(by),
           least >= resolved ? "a clock has at most 1,000,000,000 passes"
                             : "beside times of this size a smaller step is lost in rounding");
}

void Binder::declare_clock(PlannedClock* clock) {
  std::optional<Signature> signature;
  if (clock) {
    signature.emplace();
    signature->dtypes = value::mask_of(DType::f64);
    signature->unit = clock->unit;
    signature->shape.emplace();
  }
  const Slot time = clock_.emplace("time", add_slot(signature)).first->second;
  const Slot step = clock_.emplace("step", add_slot(signature)).first->second;
  if (!clock) return;
  clock->time = time;
  clock->step = step;
}

base::Result<Slot> Binder::find_clock(const scenario::Reference& reference) const {
  if (const auto found = clock_.find(reference.output); found != clock_.end()) return found->second;
  Error error(ErrorCode::unknown_output, "a clock has no '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, std::vector<std::string>{"time", "step"});
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@clock." + *near + "'?" : "")
      .note("values of a clock: time, step");
}

bool Binder::may_solve(const scenario::Solve& solve, std::size_t over, const Signature& state,
                       const std::optional<value::Tensor>& atol) {
  const auto& [name, span] = solve.over[over];
  const bool numbers = state.kind == catalog::Kind::tensor &&
                       (state.dtypes & (value::mask_of(DType::f64) | value::mask_of(DType::c128))) != 0;
  if (!numbers) {
    errors_.push_back(
        Error(ErrorCode::wrong_type, "'solve' is for states of f64 or c128, and '" + name + "' is " + state.text())
            .at(span));
    return false;
  }
  if (!atol || !state.unit_known || state.unit.same_dimension(atol->unit())) return true;
  errors_.push_back(Error(ErrorCode::wrong_dimension, "'atol' is " + a_value_of(atol->unit().dimension()) +
                                                          ", but state '" + name + "' is " +
                                                          a_value_of(state.unit.dimension()))
                        .at(solve.atol->span)
                        .help("'tol' alone serves states of any dimension"));
  return false;
}

std::optional<PlannedSolve> Binder::bind_solve(const scenario::Loop& loop,
                                               const std::vector<const Signature*>& states) {
  const scenario::Solve& solve = *loop.solve;
  const std::string owner = "solve of loop '" + loop.name + "'";
  const std::size_t before = errors_.size();
  PlannedSolve planned;
  planned.method = solve.method;
  planned.span = solve.span;
  Port port = real_port("tol");
  port.minimum = 0.0;
  port.maximum = 1.0;
  port.above_minimum = port.below_maximum = true;
  if (solve.tol)
    if (const auto tol = fixed_number(*solve.tol, {port, value::Unit{}, owner})) planned.tol = tol->number(0);
  port = real_port("atol");
  port.minimum = 0.0;
  port.unit.any = true;
  if (solve.atol) planned.atol = fixed_number(*solve.atol, {port, std::nullopt, owner});
  port = real_port("max");
  port.dtypes = value::mask_of(DType::i64);
  port.minimum = 1.0;
  port.maximum = most_iterations;
  if (solve.most)
    if (const auto most = fixed_number(*solve.most, {port, value::Unit{}, owner}))
      planned.most = most->data<std::int64_t>()[0];
  for (std::size_t i = 0; i < solve.over.size(); ++i) {
    const auto found = std::find_if(loop.state.begin(), loop.state.end(),
                                    [&](const scenario::Input& state) { return state.name == solve.over[i].first; });
    planned.over.push_back(static_cast<std::size_t>(found - loop.state.begin()));
    if (const Signature* state = states[planned.over.back()]) may_solve(solve, i, *state, planned.atol);
  }
  return errors_.size() == before ? std::optional(std::move(planned)) : std::nullopt;
}

/// In seconds.
std::optional<double> Binder::bind_checkpoint(const scenario::Loop& loop) {
  catalog::Port port;
  port.name = "checkpoint";
  port.dtypes = value::mask_of(value::DType::f64);
  port.minimum = 0;
  const value::Unit second = *value::parse_unit("s");
  port.unit.fixed = second;
  const auto source = this->source(*loop.checkpoint, {port, second, loop.name});
  if (!source) return std::nullopt;
  if (source->kind == Source::Kind::constant) return std::get<value::Tensor>(source->constant).number(0);
  errors_.push_back(
      base::Error(base::ErrorCode::wrong_wire, "'checkpoint' is a time that is known before the run").at(source->span));
  return std::nullopt;
}

}  // namespace orrery::plan
