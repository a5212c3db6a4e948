// Operators of expressions: units first, then numbers.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/plan/functions.hpp"
#include "engine/plan/numeric.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using value::Tensor;
using value::Unit;

constexpr int highest_exponent = 60 * value::sixths;  // as value::can_pow has it

bool add(std::int64_t x, std::int64_t y, std::int64_t* z) { return !__builtin_add_overflow(x, y, z); }
bool subtract(std::int64_t x, std::int64_t y, std::int64_t* z) { return !__builtin_sub_overflow(x, y, z); }
bool multiply(std::int64_t x, std::int64_t y, std::int64_t* z) { return !__builtin_mul_overflow(x, y, z); }

Result<Operand> power(const Operand& base, const Operand& exponent) {
  const Kernel kernel = [](double x, double y) { return std::pow(x, y); };
  if (!may_be_number(exponent))
    return Error(ErrorCode::bad_operands,
                 "an exponent is a number, but this is " + a_value_of(exponent.signature.unit.dimension()));
  if (base.signature.unit.is_number()) {
    auto result = elementwise(base, exponent, {}, kernel);
    if (result) result->signature.unit_known = base.signature.unit_known;
    return result;
  }
  const auto* fixed = exponent.value ? std::get_if<Tensor>(&*exponent.value) : nullptr;
  if (!fixed || fixed->rank() != 0)
    return Error(ErrorCode::bad_operands, "the exponent of " + a_value_of(base.signature.unit.dimension()) +
                                              " must be one number that is known before the run");
  auto unit = power_unit(base.signature.unit, fixed->number(0));
  if (!unit) return std::move(unit).errors();
  return elementwise(base, exponent, *unit, kernel);
}

Result<Operand> sum_or_difference(char operation, const Operand& a, const Operand& b) {
  const bool plus = operation == '+';
  if (!may_agree(a, b)) return wrong_units(plus ? "the terms of a sum" : "the terms of a difference", a, b);
  if (is_whole(a) && is_whole(b)) return elementwise_whole(a, b, plus ? add : subtract);
  const Kernel kernel =
      plus ? Kernel([](double x, double y) { return x + y; }) : Kernel([](double x, double y) { return x - y; });
  const Operand& known = a.signature.unit_known ? a : b;
  auto result = elementwise(a, b, known.signature.unit, kernel);
  if (result) result->signature.unit_known = known.signature.unit_known;
  return result;
}

Result<Operand> product_or_quotient(char operation, const Operand& a, const Operand& b) {
  const bool times = operation == '*';
  auto unit = product_unit(a.signature.unit, b.signature.unit, times ? 1 : -1);
  if (!unit) return std::move(unit).errors();
  const Kernel kernel =
      times ? Kernel([](double x, double y) { return x * y; }) : Kernel([](double x, double y) { return x / y; });
  const bool whole = times && is_whole(a) && is_whole(b);
  auto result = whole ? elementwise_whole(a, b, multiply) : elementwise(a, b, *unit, kernel);
  if (result) result->signature.unit_known = a.signature.unit_known && b.signature.unit_known;
  return result;
}

}  // namespace

bool may_agree(const Operand& a, const Operand& b) {
  return !a.signature.unit_known || !b.signature.unit_known || a.signature.unit.same_dimension(b.signature.unit);
}

bool may_be_number(const Operand& a) { return !a.signature.unit_known || a.signature.unit.is_number(); }

Error wrong_units(const std::string& what, const Operand& a, const Operand& b) {
  return {ErrorCode::bad_operands, what + " need the same dimension, but these are " +
                                       a_value_of(a.signature.unit.dimension()) + " and " +
                                       a_value_of(b.signature.unit.dimension())};
}

Result<Unit> product_unit(const Unit& a, const Unit& b, int sign) {
  value::Dimension dimension = a.dimension();
  for (std::size_t i = 0; i < dimension.size(); ++i) {
    const int sum = dimension[i] + sign * b.dimension()[i];
    if (std::abs(sum) > highest_exponent) return Error(ErrorCode::bad_operands, "no unit has an exponent beyond 60");
    dimension[i] = static_cast<std::int16_t>(sum);
  }
  return value::si_unit(dimension);
}

Result<Unit> power_unit(const Unit& unit, double exponent) {
  value::Dimension dimension = unit.dimension();
  for (std::int16_t& sixth : dimension) {
    const double scaled = sixth * exponent, whole = std::round(scaled);
    if (!(std::abs(scaled - whole) <= 1e-12 * std::abs(scaled)) || std::abs(whole) > highest_exponent)
      return Error(ErrorCode::bad_operands,
                   "there is no unit for " + a_value_of(unit.dimension()) + " to the power " + base::shortest(exponent))
          .note("exponents of units are sixths, up to 60");
    sixth = static_cast<std::int16_t>(whole);
  }
  return value::si_unit(dimension);
}

Result<Operand> arithmetic(char operation, Operand left, Operand right) {
  auto a = to_si(std::move(left));
  if (!a) return a;
  auto b = to_si(std::move(right));
  if (!b) return b;
  if (operation == '+' || operation == '-') return sum_or_difference(operation, *a, *b);
  if (operation == '^') return power(*a, *b);
  return product_or_quotient(operation, *a, *b);
}

}  // namespace orrery::plan
