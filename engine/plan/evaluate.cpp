// Walking an expression's tree.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/evaluate.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/plan/functions.hpp"
#include "engine/plan/lets.hpp"
#include "engine/plan/numeric.hpp"
#include "engine/plan/wording.hpp"
#include "engine/value/quantity.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using scenario::Expression;
using value::DType;

/// Gives errors that come without a position that of the expression.
template <class T>
Result<T> located(Result<T> result, const base::Span& span) {
  if (result) return result;
  base::Errors errors = std::move(result).errors();
  for (Error& error : errors)
    if (error.labels.empty()) error.labels.push_back({span, ""});
  return errors;
}

Operand named_constant(const std::string& name) {
  if (name == "true" || name == "false") return truth(name == "true");
  if (name == "pi") return constant(std::numbers::pi, {});
  if (name == "e") return constant(std::numbers::e, {});
  return constant(name == "inf" ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN(),
                  {});
}

Result<Operand> number(const Expression& expression) {
  // The source text of a quantity is shifted by powers of ten before it is rounded, so that it equals the literal.
  if (expression.unit.is_number() && expression.unit.factor() == 1.0) {
    if (expression.whole) {
      const auto tensor = value::Tensor::scalar(*expression.whole);
      return Operand{signature_of(tensor), tensor};
    }
    return constant(expression.number, {});
  }
  const value::Unit si = value::si_unit(expression.unit.dimension());
  auto in_si = value::parse_quantity_as(expression.text, si);
  if (!in_si) return std::move(in_si).errors();
  return constant(*in_si, si);
}

Result<Operand> compare_texts(const Expression& expression, const Operand& a, const Operand& b) {
  if (expression.text != "==" && expression.text != "!=")
    return Error(ErrorCode::bad_operands, "texts can only be compared with == and !=");
  Operand result = unknown(DType::boolean, {}, std::vector<Extent>{});
  if (a.value && b.value)
    result.value = value::Tensor::scalar((std::get<std::string>(*a.value) == std::get<std::string>(*b.value)) ==
                                         (expression.text == "=="));
  return result;
}

Comparison comparison_of(const std::string& text) {
  if (text == "<") return [](double x, double y) { return x < y; };
  if (text == "<=") return [](double x, double y) { return x <= y; };
  if (text == ">") return [](double x, double y) { return x > y; };
  if (text == ">=") return [](double x, double y) { return x >= y; };
  if (text == "==") return [](double x, double y) { return x == y; };
  return [](double x, double y) { return x != y; };
}

Result<Operand> comparison(const Expression& expression, Operand a, Operand b) {
  using catalog::Kind;
  if (a.signature.kind == Kind::text && b.signature.kind == Kind::text) return compare_texts(expression, a, b);
  if (is_tensor_of(a, DType::boolean) && is_tensor_of(b, DType::boolean))
    return compare(a, b, comparison_of(expression.text));
  auto x = to_si(std::move(a));
  if (!x) return x;
  auto y = to_si(std::move(b));
  if (!y) return y;
  if (!may_agree(*x, *y))
    return Error(ErrorCode::bad_operands, a_value_of(x->signature.unit.dimension()) + " cannot be compared with " +
                                              a_value_of(y->signature.unit.dimension()));
  return compare(*x, *y, comparison_of(expression.text));
}

Result<Operand> binary(const Expression& expression, Operand a, Operand b) {
  const std::string& operation = expression.text;
  if (operation.size() == 1 && std::string_view("+-*/^").find(operation[0]) != std::string_view::npos)
    return arithmetic(operation[0], std::move(a), std::move(b));
  if (operation != "and" && operation != "or") return comparison(expression, std::move(a), std::move(b));
  if (!is_tensor_of(a, DType::boolean) || !is_tensor_of(b, DType::boolean))
    return Error(ErrorCode::bad_operands, "'" + operation + "' joins truth values, but these are " +
                                              a.signature.text() + " and " + b.signature.text());
  if (operation == "and") return logical(a, b, [](bool x, bool y) { return x && y; });
  return logical(a, b, [](bool x, bool y) { return x || y; });
}

Result<Operand> unary(const Expression& expression, Operand a) {
  if (expression.text == "not") {
    if (!is_tensor_of(a, DType::boolean))
      return Error(ErrorCode::bad_operands, "'not' needs a truth value, but this is " + a.signature.text());
    return compare(a, truth(false), [](double x, double y) { return x == y; });
  }
  auto x = to_si(std::move(a));
  if (!x || expression.text == "+") return x;
  if (!is_whole(*x)) {
    Operand negated = map(*x, x->signature.unit, [](double v) { return -v; });
    negated.signature.unit_known = x->signature.unit_known;
    return negated;
  }
  const auto zero = value::Tensor::scalar<std::int64_t>(0);
  return arithmetic('-', {signature_of(zero), zero}, std::move(*x));
}

Result<std::vector<Operand>> operands(const Expression& expression, const Lookup& lookup) {
  std::vector<Operand> values;
  base::Errors errors;
  for (const Expression& operand : expression.operands) {
    auto value = evaluate(operand, lookup);
    if (value) values.push_back(std::move(*value));
    else add(errors, std::move(value).errors());
  }
  if (!errors.empty()) return errors;
  if (values.size() < expression.operands.size()) return reported();
  return values;
}

Result<Operand> call(const Expression& expression, std::vector<Operand> arguments) {
  if (expression.text != "if") return call_function(expression.text, std::move(arguments));
  if (!is_tensor_of(arguments[0], DType::boolean))
    return Error(ErrorCode::bad_operands,
                 "the condition of if() is a truth value, but this is " + arguments[0].signature.text());
  Operand& yes = arguments[1];
  Operand& no = arguments[2];
  const auto differ = [&](const std::string& a, const std::string& b) {
    return Error(ErrorCode::bad_operands,
                 "both values of if() must be of one kind and dimension, but these are " + a + " and " + b);
  };
  const bool truth = is_tensor_of(yes, DType::boolean);
  if (yes.signature.kind != no.signature.kind || truth != is_tensor_of(no, DType::boolean))
    return differ(yes.signature.text(), no.signature.text());
  if (!may_agree(yes, no))
    return differ(a_value_of(yes.signature.unit.dimension()), a_value_of(no.signature.unit.dimension()));
  if (truth || yes.signature.kind != catalog::Kind::tensor) return choose(arguments[0], std::move(yes), std::move(no));
  auto x = to_si(std::move(yes));
  if (!x) return x;
  auto y = to_si(std::move(no));
  if (!y) return y;
  return choose(arguments[0], std::move(*x), std::move(*y));
}

Operand text_operand(const std::string& text) { return {signature_of(text), value::Value(text)}; }

}  // namespace

Result<Operand> evaluate(const Expression& expression, const Lookup& lookup) {
  using Kind = Expression::Kind;
  if (expression.kind == Kind::text) return text_operand(expression.text);
  if (expression.kind == Kind::number) return located(number(expression), expression.span);
  if (expression.kind == Kind::name && scenario::is_constant(expression.text)) return named_constant(expression.text);
  if (expression.kind == Kind::name || expression.kind == Kind::reference)
    return located(lookup(expression), expression.span);
  auto values = operands(expression, lookup);
  if (!values) return std::move(values).errors();
  if (expression.kind == Kind::call) return located(call(expression, std::move(*values)), expression.span);
  if (expression.kind == Kind::unary) return located(unary(expression, std::move((*values)[0])), expression.span);
  return located(binary(expression, std::move((*values)[0]), std::move((*values)[1])), expression.span);
}

}  // namespace orrery::plan
