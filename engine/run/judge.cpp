// Judging expectations.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/judge.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/text.hpp"

namespace orrery::run {
namespace {

using plan::PlannedExpectation;
using scenario::Expectation;
using value::DType;
using value::Tensor;
using value::Value;

/// How one pair of numbers did, and by how much it missed.
struct Reading {
  bool met = true;
  double excess = 0.0;  ///< above 0 if missed; compared to find the worst
};

/// Distance in representable doubles; NaN is infinitely far from everything.
double ulps_between(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return INFINITY;
  const auto ordered = [](double x) {
    const auto bits = std::bit_cast<std::int64_t>(x);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
  };
  return std::abs(static_cast<double>(ordered(a)) - static_cast<double>(ordered(b)));
}

struct Tolerance {
  double absolute = 0.0, relative = 0.0;
  std::optional<std::int64_t> ulps;
};

Reading near(double x, double wanted, const Tolerance& tolerance) {
  if (x == wanted) return {};
  if (tolerance.ulps && ulps_between(x, wanted) <= static_cast<double>(*tolerance.ulps)) return {};
  const double distance = std::abs(x - wanted);
  const double allowed = std::max(tolerance.absolute, tolerance.relative * std::abs(wanted));
  return {distance <= allowed, std::isnan(distance) ? INFINITY : distance - allowed};
}

Reading read(Expectation::Kind kind, double x, double bound, double upper, const Tolerance& tolerance) {
  const auto miss = [](bool met, double excess) { return Reading{met, std::isnan(excess) ? INFINITY : excess}; };
  switch (kind) {
    case Expectation::Kind::equals:
      return near(x, bound, tolerance);
    case Expectation::Kind::below:
      return miss(x < bound, x - bound);
    case Expectation::Kind::above:
      return miss(x > bound, bound - x);
    case Expectation::Kind::between:
      return miss(x >= bound && x <= upper, std::max(bound - x, x - upper));
    case Expectation::Kind::holds:
      return {x != 0.0, x != 0.0 ? 0.0 : 1.0};
  }
  return {};
}

std::string with_unit(double x, const value::Unit& unit) {
  return base::shortest(x) + (unit.symbol() == "1" ? "" : " " + unit.symbol());
}

/// The number of a side at an element; a scalar serves all.
double at(const Tensor& side, std::int64_t i) { return side.number(side.count() == 1 ? 0 : i); }

class Judgement {
 public:
  Judgement(const PlannedExpectation& expectation, const Evidence& evidence)
      : expectation_(expectation), evidence_(evidence) {
    verdict_.name = expectation.name;
    verdict_.why = expectation.why;
    verdict_.span = expectation.span;
  }

  Verdict judge() {
    if (!complete()) {
      verdict_.detail = "a value it needs was not made";
      return verdict_;
    }
    if (std::holds_alternative<std::string>(*evidence_.that)) judge_text();
    else judge_numbers();
    return verdict_;
  }

 private:
  bool complete() const {
    const auto there = [](const std::optional<plan::Source>& planned, const std::optional<Value>& value) {
      return !planned || value;
    };
    return evidence_.that && there(expectation_.bound, evidence_.bound) && there(expectation_.upper, evidence_.upper) &&
           there(expectation_.rtol, evidence_.rtol) && there(expectation_.atol, evidence_.atol);
  }

  void decide(bool met) { verdict_.state = met ? Verdict::State::met : Verdict::State::failed; }

  void judge_text() {
    const auto& found = std::get<std::string>(*evidence_.that);
    const auto* wanted = std::get_if<std::string>(&*evidence_.bound);
    verdict_.value = "'" + base::printable(found) + "'";
    verdict_.limit = wanted ? "equals '" + base::printable(*wanted) + "'" : "equals a number";
    decide(wanted && found == *wanted);
  }

  /// A side in the unit of what is judged.
  std::optional<Tensor> side(const std::optional<Value>& value) {
    if (!value) return std::nullopt;
    const auto* tensor = std::get_if<Tensor>(&*value);
    if (!tensor) return std::nullopt;
    auto converted = value::convert(*tensor, tensor->dtype(), that_.unit());
    return converted ? std::optional(std::move(*converted)) : std::nullopt;
  }
  double scalar(const std::optional<Tensor>& tensor) const {
    return tensor && tensor->count() > 0 ? tensor->number(0) : 0.0;
  }

  void judge_numbers() {
    that_ = std::get<Tensor>(*evidence_.that);
    if (that_.dtype() == DType::c128) return judge_complex();
    const auto bound = side(evidence_.bound), upper = side(evidence_.upper);
    const bool fits = (!expectation_.bound || (bound && comparable(*bound))) &&
                      (!expectation_.upper || (upper && comparable(*upper)));
    if (!fits) return not_comparable();
    tolerance_.absolute = scalar(side(evidence_.atol));
    if (evidence_.rtol) tolerance_.relative = std::get<Tensor>(*evidence_.rtol).number(0);
    tolerance_.ulps = expectation_.ulps;
    scan(bound, upper);
    describe(bound, upper);
  }

  bool comparable(const Tensor& bound) const { return bound.count() == 1 || bound.shape() == that_.shape(); }

  void not_comparable() {
    decide(false);
    verdict_.value = value::preview(*evidence_.that);
    verdict_.limit = evidence_.bound ? value::preview(*evidence_.bound) : "";
    verdict_.detail = "the shapes or dimensions do not fit each other";
  }

  void judge_complex() {
    const auto* bound = std::get_if<Tensor>(&*evidence_.bound);
    if (!bound || bound->dtype() != DType::c128 || !comparable(*bound)) return not_comparable();
    const double rtol = evidence_.rtol ? std::get<Tensor>(*evidence_.rtol).number(0) : 0.0;
    const double atol = scalar(side(evidence_.atol));
    const auto* x = that_.data<std::complex<double>>();
    const auto* y = bound->data<std::complex<double>>();
    bool met = that_.count() > 0;
    for (std::int64_t i = 0; i < that_.count(); ++i) {
      const std::complex<double> wanted = y[bound->count() == 1 ? 0 : i];
      met = met && (x[i] == wanted || std::abs(x[i] - wanted) <= std::max(atol, rtol * std::abs(wanted)));
    }
    decide(met);
    verdict_.value = value::preview(*evidence_.that);
    verdict_.limit = "equals " + value::preview(*evidence_.bound);
  }

  void scan(const std::optional<Tensor>& bound, const std::optional<Tensor>& upper) {
    double worst = -INFINITY;
    for (std::int64_t i = 0; i < that_.count(); ++i) {
      const Reading reading = read(expectation_.kind, that_.number(i), bound ? at(*bound, i) : 0.0,
                                   upper ? at(*upper, i) : 0.0, tolerance_);
      missed_ += !reading.met;
      if (!reading.met && first_ < 0) first_ = i;
      if (worst_ < 0 || (!reading.met && reading.excess > worst)) {
        worst_ = i;
        worst = reading.met ? -INFINITY : reading.excess;
      }
    }
  }

  void describe(const std::optional<Tensor>& bound, const std::optional<Tensor>& upper) {
    // Nothing to judge is no proof.
    decide(missed_ == 0 && that_.count() > 0);
    if (that_.count() == 0) {
      verdict_.value = "no elements";
      verdict_.limit = limit_text(bound, upper, 0);
      return;
    }
    // Of an array that meets its bound the reader wants the element that comes nearest to it.
    if (missed_ == 0 && that_.count() > 1) worst_ = nearest_to_bound(bound, upper);
    const bool truth = that_.dtype() == DType::boolean;
    const double shown = that_.number(worst_);
    verdict_.value = truth ? (shown != 0.0 ? "true" : "false") : with_unit(shown, that_.unit());
    verdict_.limit = limit_text(bound, upper, worst_);
    if (that_.count() == 1) return;
    const std::string where = value::position_text(that_.shape(), worst_);
    if (missed_ == 0) verdict_.detail = "nearest to the limit at " + where + ", of " + std::to_string(that_.count());
    else
      verdict_.detail = std::to_string(missed_) + " of " + std::to_string(that_.count()) + " fail; first at " +
                        value::position_text(that_.shape(), first_) + ", worst at " + where;
  }

  std::int64_t nearest_to_bound(const std::optional<Tensor>& bound, const std::optional<Tensor>& upper) const {
    std::int64_t nearest = 0;
    double room = INFINITY;
    for (std::int64_t i = 0; i < that_.count(); ++i) {
      const double x = that_.number(i);
      double distance = bound ? std::abs(x - at(*bound, i)) : 0.0;
      if (expectation_.kind == Expectation::Kind::equals) distance = -distance;
      if (upper) distance = std::min(distance, std::abs(at(*upper, i) - x));
      if (distance < room) {
        room = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  std::string limit_text(const std::optional<Tensor>& bound, const std::optional<Tensor>& upper, std::int64_t i) const {
    const auto number = [&](const std::optional<Tensor>& side) {
      return side && side->count() > 0 ? with_unit(at(*side, i), that_.unit()) : std::string("nothing");
    };
    switch (expectation_.kind) {
      case Expectation::Kind::below:
        return "below " + number(bound);
      case Expectation::Kind::above:
        return "above " + number(bound);
      case Expectation::Kind::between:
        return "between " + number(bound) + " and " + number(upper);
      case Expectation::Kind::holds:
        return "true";
      default:
        break;
    }
    const bool truth = bound && bound->dtype() == DType::boolean;
    std::string text = "equals " + (truth ? (at(*bound, i) != 0.0 ? "true" : "false") : number(bound));
    std::vector<std::string> within;
    if (tolerance_.ulps) within.push_back(std::to_string(*tolerance_.ulps) + " ulp");
    if (tolerance_.relative > 0) within.push_back(base::shortest(tolerance_.relative) + " relative");
    if (tolerance_.absolute > 0) within.push_back(with_unit(tolerance_.absolute, that_.unit()));
    return text + (within.empty() ? "" : " within " + base::join(within, " or "));
  }

  const PlannedExpectation& expectation_;
  const Evidence& evidence_;
  Verdict verdict_;
  Tensor that_;
  Tolerance tolerance_;
  std::int64_t missed_ = 0, first_ = -1, worst_ = -1;
};

}  // namespace

std::string_view name_of(StepState state) {
  static constexpr std::string_view names[] = {"waiting", "running", "done", "failed", "stopped", "not_run"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Verdict::State state) {
  static constexpr std::string_view names[] = {"met", "failed", "not_judged"};
  return names[static_cast<std::size_t>(state)];
}

bool RunResult::all_done() const {
  return std::all_of(steps.begin(), steps.end(), [](const StepReport& s) { return s.state == StepState::done; });
}

bool RunResult::expectations_met() const {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.state == Verdict::State::met; });
}

Verdict judge(const PlannedExpectation& expectation, const Evidence& evidence) {
  return Judgement(expectation, evidence).judge();
}

}  // namespace orrery::run
