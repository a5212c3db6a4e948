// Binding expectations.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/bind_expectation.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/wording.hpp"
#include "engine/value/quantity.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using catalog::Kind;
using catalog::Port;
using scenario::Expectation;
using scenario::Term;
using value::DType;

constexpr value::DTypeMask real = value::mask_of(DType::f64) | value::mask_of(DType::f32) | value::mask_of(DType::i64);
constexpr value::DTypeMask numeric = real | value::mask_of(DType::c128);

std::string key_of(Expectation::Kind kind) {
  switch (kind) {
    case Expectation::Kind::equals:
      return "equals";
    case Expectation::Kind::below:
      return "below";
    case Expectation::Kind::above:
      return "above";
    case Expectation::Kind::between:
      return "between";
    default:
      return "that";
  }
}

bool is_complex(const Signature& signature) {
  return signature.kind == Kind::tensor && signature.dtypes == value::mask_of(DType::c128);
}

bool is_single(const Signature& signature) {
  return !signature.shape || std::all_of(signature.shape->begin(), signature.shape->end(),
                                         [](const Extent& extent) { return !extent || *extent == 1; });
}

class ExpectationBinder {
 public:
  ExpectationBinder(Binder& binder, const Expectation& given) : binder_(binder), given_(given) {}

  std::optional<PlannedExpectation> bind() {
    auto that = binder_.free_source(given_.that);
    if (!that || !check_that(*that)) return check_others();
    that_ = that->signature;
    PlannedExpectation planned;
    planned.name = given_.name;
    planned.why = given_.why;
    planned.kind = given_.kind;
    planned.ulps = given_.ulps;
    planned.span = given_.kind == Expectation::Kind::holds ? given_.that.span : given_.kind_span;
    planned.that = std::move(*that);
    if (given_.kind != Expectation::Kind::holds) planned.bound = bound(given_.bound);
    if (given_.kind == Expectation::Kind::between) planned.upper = bound(given_.upper);
    if (given_.rtol) planned.rtol = tolerance(*given_.rtol, "rtol", value::Unit{});
    if (given_.atol) planned.atol = absolute_tolerance(*given_.atol);
    return sound_ ? std::optional(std::move(planned)) : std::nullopt;
  }

 private:
  /// Of an expectation whose 'that' is wrong, the other wires and names are looked at all the same.
  std::optional<PlannedExpectation> check_others() {
    binder_.check(given_.bound);
    binder_.check(given_.upper);
    for (const auto* tolerance : {&given_.rtol, &given_.atol})
      if (*tolerance) binder_.check(**tolerance);
    return std::nullopt;
  }

  bool check_that(const Source& that) {
    const Signature& signature = that.signature;
    const bool ordered = signature.kind == Kind::tensor && (signature.dtypes & real);
    std::string wrong;
    if (given_.kind == Expectation::Kind::holds && !is_truth(signature))
      wrong = "an expectation of 'that' alone needs a truth value, but this is " + signature.text();
    else if (given_.kind != Expectation::Kind::holds && given_.kind != Expectation::Kind::equals && !ordered)
      wrong = "only real numbers have an order; this is " + signature.text();
    if (signature.kind == Kind::table) wrong = "a table cannot be judged; select one of its columns";
    if (wrong.empty()) return true;
    Error error = Error(ErrorCode::wrong_type, wrong).at(given_.that.span);
    if (given_.kind == Expectation::Kind::holds && signature.kind != Kind::table)
      error.helps.push_back("compare it in an expression, or say what it should be: equals, below, above, between");
    binder_.errors().push_back(std::move(error));
    return false;
  }

  std::optional<Source> refused(Error error) {
    binder_.errors().push_back(std::move(error));
    sound_ = false;
    return std::nullopt;
  }

  /// A literal is read in the unit of what it is held against; a wire or an expression has its own.
  std::optional<Source> side(const Term& term, const std::string& key, const Port& port,
                             const std::optional<value::Unit>& unit) {
    const bool computed = term.kind == Term::Kind::reference || term.kind == Term::Kind::expression;
    auto source = computed ? binder_.free_source(term) : binder_.source(term, {port, unit, key});
    sound_ = sound_ && source;
    return source;
  }

  static Port port_for(const std::string& key, const Signature& like) {
    Port port;
    port.name = key;
    port.kind = like.kind;
    port.dtypes = is_truth(like) ? value::mask_of(DType::boolean) : numeric;
    port.unit.any = true;
    port.shape.any = true;
    return port;
  }

  Error differ(ErrorCode code, const Source& side, const std::string& key, const std::string& a, const std::string& b) {
    return Error(code, "'" + key + "' is " + a + ", but 'that' is " + b)
        .at(side.span, "this is " + side.signature.text())
        .at(given_.that.span, "this is " + that_.text());
  }

  std::optional<Source> bound(const Term& term) {
    const std::string key = key_of(given_.kind);
    auto source = side(term, key, port_for(key, that_), that_.unit_known ? std::optional(that_.unit) : std::nullopt);
    if (!source) return std::nullopt;
    const Signature& signature = source->signature;
    const bool complex = is_complex(signature) && !(that_.dtypes & value::mask_of(DType::c128));
    if (signature.kind != that_.kind || is_truth(signature) != is_truth(that_) || complex)
      return refused(differ(ErrorCode::wrong_type, *source, key, signature.text(), that_.text()));
    if (that_.kind != Kind::tensor) return source;
    if (that_.unit_known && signature.unit_known && !that_.unit.same_dimension(signature.unit))
      return refused(differ(ErrorCode::wrong_dimension, *source, key, a_value_of(signature.unit.dimension()),
                            a_value_of(that_.unit.dimension())));
    if (!is_single(signature) && !shapes_may_agree(signature, that_))
      return refused(differ(ErrorCode::wrong_shape, *source, key, signature.text(), that_.text()));
    return source;
  }

  std::optional<Source> tolerance(const Term& term, const std::string& key, const std::optional<value::Unit>& unit) {
    Port port = port_for(key, Signature{});
    port.dtypes = real;
    auto source = side(term, key, port, unit);
    if (!source) return std::nullopt;
    const Signature& signature = source->signature;
    if (signature.kind != Kind::tensor || !(signature.dtypes & real) || !is_single(signature))
      return refused(Error(ErrorCode::wrong_type, "'" + key + "' is one number, but this is " + signature.text())
                         .at(source->span));
    if (unit && signature.unit_known && !unit->same_dimension(signature.unit))
      return refused(Error(ErrorCode::wrong_dimension, "'" + key + "' is " + a_value_of(unit->dimension()) +
                                                           ", but this is " + a_value_of(signature.unit.dimension()))
                         .at(source->span));
    if (source->kind != Source::Kind::constant) return source;
    const auto& tensor = std::get<value::Tensor>(source->constant);
    const double number = tensor.number(0);
    if (number >= 0) return source;
    const std::string symbol = tensor.unit().symbol() == "1" ? "" : " " + tensor.unit().symbol();
    return refused(
        Error(ErrorCode::out_of_range, "'" + key + "' must be at least 0; it is " + base::shortest(number) + symbol)
            .at(source->span));
  }

  /// A difference: of temperatures it is counted in kelvin, from whatever zero they are.
  std::optional<Source> absolute_tolerance(const Term& term) {
    if (!that_.unit_known || that_.kind != Kind::tensor) return tolerance(term, "atol", std::nullopt);
    const bool text = term.kind == Term::Kind::text;
    if (const auto quantity = value::parse_quantity(text ? term.node.text() : "");
        quantity && quantity->unit.offset() != 0)
      return refused(Error(ErrorCode::bad_quantity,
                           "'atol' is a difference, and " + quantity->unit.symbol() + " counts from a zero of its own")
                         .at(term.span, "write it in K"));
    const bool shifted = that_.unit.offset() != 0;
    return tolerance(term, "atol", shifted ? value::si_unit(that_.unit.dimension()) : that_.unit);
  }

  Binder& binder_;
  const Expectation& given_;
  Signature that_;
  bool sound_ = true;
};

}  // namespace

std::optional<PlannedExpectation> bind_expectation(Binder& binder, const Expectation& given) {
  return ExpectationBinder(binder, given).bind();
}

}  // namespace orrery::plan
