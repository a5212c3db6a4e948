// Judging expectations.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/judge.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <limits>
#include <type_traits>

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

/// How many representable numbers lie from a to b; NaN is infinitely far from everything.
template <class Float, class Bits>
double ulps_between(Float a, Float b) {
  if (std::isnan(a) || std::isnan(b)) return INFINITY;
  using Unsigned = std::make_unsigned_t<Bits>;
  const auto ordered = [](Float x) {
    const auto bits = std::bit_cast<Bits>(x);
    return bits < 0 ? std::numeric_limits<Bits>::min() - bits : bits;
  };
  const Bits x = ordered(a), y = ordered(b);
  // The difference is taken as a whole number: a double would lose the last digits, which are what is asked for.
  return static_cast<double>(x < y ? static_cast<Unsigned>(y) - static_cast<Unsigned>(x)
                                   : static_cast<Unsigned>(x) - static_cast<Unsigned>(y));
}

struct Tolerance {
  double absolute = 0.0, relative = 0.0;
  std::optional<std::int64_t> ulps;
  bool single = false;  ///< units in the last place are those of f32
};

bool within_ulps(double x, double wanted, const Tolerance& tolerance) {
  if (!tolerance.ulps) return false;
  const double distance = tolerance.single
                              ? ulps_between<float, std::int32_t>(static_cast<float>(x), static_cast<float>(wanted))
                              : ulps_between<double, std::int64_t>(x, wanted);
  return distance <= static_cast<double>(*tolerance.ulps);
}

/// Infinities equal themselves and nothing else, whatever the tolerance.
Reading within(double distance, double size, const Tolerance& tolerance) {
  const double allowed = std::max(tolerance.absolute, tolerance.relative * size);
  return {std::isfinite(size) && distance <= allowed, std::isnan(distance) ? INFINITY : distance - allowed};
}

Reading near(double x, double wanted, const Tolerance& tolerance) {
  if (x == wanted || within_ulps(x, wanted, tolerance)) return {};
  return within(std::abs(x - wanted), std::abs(wanted), tolerance);
}

using Complex = std::complex<double>;

Reading near(const Complex& x, const Complex& wanted, const Tolerance& tolerance) {
  const auto same = [&](double a, double b) { return a == b || within_ulps(a, b, tolerance); };
  if (same(x.real(), wanted.real()) && same(x.imag(), wanted.imag())) return {};
  return within(std::abs(x - wanted), std::abs(wanted), tolerance);
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

/// Where a side stands for an element; a single one serves all.
std::int64_t place(const Tensor& side, std::int64_t i) { return side.count() == 1 ? 0 : i; }
double at(const Tensor& side, std::int64_t i) { return side.number(place(side, i)); }

std::string element_text(const Tensor& tensor, std::int64_t i) {
  const std::string unit = tensor.unit().symbol() == "1" ? "" : " " + tensor.unit().symbol();
  if (tensor.dtype() == DType::boolean) return tensor.number(i) != 0.0 ? "true" : "false";
  if (tensor.dtype() == DType::i64) return std::to_string(tensor.data<std::int64_t>()[i]) + unit;
  if (tensor.dtype() != DType::c128) return with_unit(tensor.number(i), tensor.unit());
  return value::preview(Tensor::scalar(tensor.data<Complex>()[i], tensor.unit()));
}

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

  /// A side in the unit of what is judged, with all the digits that it has.
  std::optional<Tensor> side(const std::optional<Value>& value) const {
    const auto* tensor = value ? std::get_if<Tensor>(&*value) : nullptr;
    if (!tensor) return std::nullopt;
    const bool complex = that_.dtype() == DType::c128;
    const bool as_it_is = tensor->unit().same_scale(that_.unit()) && !complex;
    auto converted = value::convert(*tensor,
                                    complex    ? DType::c128
                                    : as_it_is ? tensor->dtype()
                                               : DType::f64,
                                    that_.unit());
    return converted ? std::optional(std::move(*converted)) : std::nullopt;
  }

  /// A difference in the unit of what is judged: where that counts from, as degC does, plays no part.
  double absolute_tolerance() const {
    if (!evidence_.atol) return 0.0;
    const auto& tensor = std::get<Tensor>(*evidence_.atol);
    const value::Unit &from = tensor.unit(), &to = that_.unit();
    const value::Unit plain_from(from.dimension(), from.factor(), ""), plain_to(to.dimension(), to.factor(), "");
    return from.same_dimension(to) ? value::Conversion(plain_from, plain_to)(tensor.number(0)) : NAN;
  }

  void judge_numbers() {
    that_ = std::get<Tensor>(*evidence_.that);
    bound_ = side(evidence_.bound);
    upper_ = side(evidence_.upper);
    const bool fits = (!expectation_.bound || (bound_ && comparable(*bound_))) &&
                      (!expectation_.upper || (upper_ && comparable(*upper_)));
    const bool ordered = that_.dtype() != DType::c128 || expectation_.kind == Expectation::Kind::equals;
    if (!fits || !ordered || !single(evidence_.rtol) || !single(evidence_.atol)) return not_comparable();
    tolerance_.absolute = absolute_tolerance();
    if (evidence_.rtol) tolerance_.relative = std::get<Tensor>(*evidence_.rtol).number(0);
    tolerance_.ulps = expectation_.ulps;
    tolerance_.single = that_.dtype() == DType::f32;
    scan();
    describe();
  }

  static bool single(const std::optional<Value>& value) {
    const auto* tensor = value ? std::get_if<Tensor>(&*value) : nullptr;
    return !value || (tensor && tensor->count() == 1);
  }
  bool comparable(const Tensor& bound) const { return bound.count() == 1 || bound.shape() == that_.shape(); }

  void not_comparable() {
    decide(false);
    verdict_.value = value::preview(*evidence_.that);
    verdict_.limit = evidence_.bound ? value::preview(*evidence_.bound) : "";
    verdict_.detail = "the shapes or dimensions do not fit each other";
  }

  Reading reading(std::int64_t i) const {
    const bool equals = expectation_.kind == Expectation::Kind::equals;
    if (equals && that_.dtype() == DType::c128)
      return near(that_.data<Complex>()[i], bound_->data<Complex>()[place(*bound_, i)], tolerance_);
    // Two whole numbers can differ though they are the same double.
    const bool whole = bound_ && that_.dtype() == DType::i64 && bound_->dtype() == DType::i64;
    const double exact = tolerance_.absolute + tolerance_.relative + static_cast<double>(tolerance_.ulps.value_or(0));
    if (equals && whole && exact == 0.0 &&
        that_.data<std::int64_t>()[i] != bound_->data<std::int64_t>()[place(*bound_, i)])
      return {false, std::max(1.0, std::abs(that_.number(i) - at(*bound_, i)))};
    return read(expectation_.kind, that_.number(i), bound_ ? at(*bound_, i) : 0.0, upper_ ? at(*upper_, i) : 0.0,
                tolerance_);
  }

  void scan() {
    double worst = -INFINITY;
    for (std::int64_t i = 0; i < that_.count(); ++i) {
      const Reading found = reading(i);
      missed_ += !found.met;
      if (!found.met && first_ < 0) first_ = i;
      if (worst_ < 0 || (!found.met && found.excess > worst)) {
        worst_ = i;
        worst = found.met ? -INFINITY : found.excess;
      }
    }
  }

  void describe() {
    // Nothing to judge is no proof.
    decide(missed_ == 0 && that_.count() > 0);
    // Of an array that meets its bound the reader wants the element that comes nearest to it.
    if (missed_ == 0 && that_.count() > 1) worst_ = nearest_to_bound();
    verdict_.value = that_.count() == 0 ? "no elements" : element_text(that_, worst_);
    verdict_.limit = limit_text(std::max<std::int64_t>(worst_, 0));
    if (that_.count() > 1) verdict_.detail = detail_text();
  }

  std::string detail_text() const {
    const std::string where = value::position_text(that_.shape(), worst_), count = std::to_string(that_.count());
    if (missed_ > 0)
      return std::to_string(missed_) + " of " + count + " fail; first at " +
             value::position_text(that_.shape(), first_) + ", worst at " + where;
    if (expectation_.kind == Expectation::Kind::holds) return "all of " + count;
    const bool equals = expectation_.kind == Expectation::Kind::equals;
    return (equals ? "largest difference at " : "nearest to the limit at ") + where + ", of " + count;
  }

  double room(std::int64_t i) const {
    if (expectation_.kind == Expectation::Kind::holds) return 0.0;
    if (that_.dtype() == DType::c128)
      return -std::abs(that_.data<Complex>()[i] - bound_->data<Complex>()[place(*bound_, i)]);
    const double x = that_.number(i), distance = std::abs(x - at(*bound_, i));
    if (expectation_.kind == Expectation::Kind::equals) return -distance;
    return upper_ ? std::min(distance, std::abs(at(*upper_, i) - x)) : distance;
  }

  std::int64_t nearest_to_bound() const {
    std::int64_t nearest = 0;
    double least = INFINITY;
    for (std::int64_t i = 0; i < that_.count(); ++i) {
      if (!(room(i) < least)) continue;
      least = room(i);
      nearest = i;
    }
    return nearest;
  }

  std::string limit_text(std::int64_t i) const {
    const auto number = [&](const std::optional<Tensor>& side) {
      return side && side->count() > 0 ? element_text(*side, place(*side, i)) : std::string("nothing");
    };
    switch (expectation_.kind) {
      case Expectation::Kind::below:
        return "below " + number(bound_);
      case Expectation::Kind::above:
        return "above " + number(bound_);
      case Expectation::Kind::between:
        return "between " + number(bound_) + " and " + number(upper_);
      case Expectation::Kind::holds:
        return "true";
      default:
        break;
    }
    std::vector<std::string> within;
    if (tolerance_.ulps) within.push_back(std::to_string(*tolerance_.ulps) + " ulp");
    if (tolerance_.relative > 0) within.push_back(base::shortest(tolerance_.relative) + " relative");
    if (tolerance_.absolute > 0) within.push_back(with_unit(tolerance_.absolute, that_.unit()));
    return "equals " + number(bound_) + (within.empty() ? "" : " within " + base::join(within, " or "));
  }

  const PlannedExpectation& expectation_;
  const Evidence& evidence_;
  Verdict verdict_;
  Tensor that_;
  std::optional<Tensor> bound_, upper_;
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
