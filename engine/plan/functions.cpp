// Functions of expressions: units first, then numbers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/functions.hpp"

#include <algorithm>
#include <cmath>

#include "engine/plan/numeric.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using value::DType;
using value::Tensor;
using value::Unit;

using Arguments = std::vector<Operand>;
using Function = Result<Operand> (*)(Arguments&);

struct Entry {
  std::string_view name;
  Function function;
};

Unit angle() {
  value::Dimension dimension{};
  dimension[static_cast<std::size_t>(value::Base::angle)] = value::sixths;
  return value::si_unit(dimension);
}

// Reductions go in order with Neumaier's compensation, so that they are exact in nearly all cases and always the same.
double compensated_sum(std::span<const double> x) {
  double sum = 0.0, lost = 0.0;
  for (const double term : x) {
    const double next = sum + term;
    lost += std::abs(sum) >= std::abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }
  return std::isfinite(lost) ? sum + lost : sum;
}
double mean(std::span<const double> x) { return compensated_sum(x) / static_cast<double>(x.size()); }
double standard_deviation(std::span<const double> x) {
  const double centre = mean(x);
  std::vector<double> squares;
  for (const double value : x) squares.push_back((value - centre) * (value - centre));
  return std::sqrt(compensated_sum(squares) / static_cast<double>(x.size() - 1));
}
double norm(std::span<const double> x) {
  double largest = 0.0;
  for (const double value : x) largest = std::max(largest, std::abs(value));
  if (largest == 0.0 || !std::isfinite(largest)) return std::isnan(compensated_sum(x)) ? NAN : largest;
  std::vector<double> squares;
  for (const double value : x) squares.push_back((value / largest) * (value / largest));
  return largest * std::sqrt(compensated_sum(squares));
}
// NaN is contagious here: a minimum over a series with a hole has no answer.
double smaller(double a, double b) { return std::isnan(a) || std::isnan(b) ? NAN : std::min(a, b); }
double larger(double a, double b) { return std::isnan(a) || std::isnan(b) ? NAN : std::max(a, b); }
double smallest(std::span<const double> x) {
  double found = x[0];
  for (const double value : x) found = smaller(found, value);
  return found;
}
double largest(std::span<const double> x) {
  double found = x[0];
  for (const double value : x) found = larger(found, value);
  return found;
}

Result<Operand> number_only(Arguments& a, double (*kernel)(double)) {
  if (!may_be_number(a[0]))
    return Error(ErrorCode::bad_operands,
                 "a number is needed here, but this is " + a_value_of(a[0].signature.unit.dimension()));
  return map(a[0], {}, kernel);
}
Result<Operand> of_angle(Arguments& a, double (*kernel)(double)) {
  if (may_be_number(a[0]) || a[0].signature.unit.same_dimension(angle())) return map(a[0], {}, kernel);
  return Error(ErrorCode::bad_operands,
               "an angle or a number is needed here, but this is " + a_value_of(a[0].signature.unit.dimension()));
}
Result<Operand> to_angle(Arguments& a, double (*kernel)(double)) {
  auto result = number_only(a, kernel);
  if (!result) return result;
  return map(*result, angle(), [](double x) { return x; });
}

Operand with_known(Operand result, bool known) {
  result.signature.unit_known = known;
  return result;
}
Result<Operand> keeping_unit(Arguments& a, double (*kernel)(double)) {
  return with_known(map(a[0], a[0].signature.unit, kernel), a[0].signature.unit_known);
}
Result<Operand> reduced(Arguments& a, double (*kernel)(std::span<const double>)) {
  auto result = reduce(a[0], a[0].signature.unit, kernel);
  if (result) result->signature.unit_known = a[0].signature.unit_known;
  return result;
}

/// Two or more arguments of one dimension. The result has that dimension, or the unit that is given.
Result<Operand> same_units(Arguments& a, const std::string& what, const std::optional<Unit>& unit, Kernel kernel) {
  Operand result = a[0];
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (!may_agree(result, a[i])) return wrong_units(what, result, a[i]);
    const Signature& known = result.signature.unit_known ? result.signature : a[i].signature;
    auto next = elementwise(result, a[i], unit.value_or(known.unit), kernel);
    if (!next) return next;
    result = with_known(std::move(*next), unit || known.unit_known);
  }
  return result;
}

Result<Operand> extreme(Arguments& a, const std::string& what, double (*all)(std::span<const double>), Kernel two) {
  return a.size() == 1 ? reduced(a, all) : same_units(a, what, std::nullopt, two);
}

Result<Operand> length(Arguments& a) {
  Operand result = unknown(DType::i64, {}, std::vector<Extent>{});
  if (a[0].signature.kind == catalog::Kind::text) return Error(ErrorCode::bad_operands, "a text has no length here");
  const auto& shape = a[0].signature.shape;
  if (!shape) return result;
  if (shape->empty()) return Error(ErrorCode::bad_operands, "a scalar has no length");
  if (shape->front()) result.value = Tensor::scalar<std::int64_t>(*shape->front());
  return result;
}

/// Least-squares slope of y over x.
double slope_of(std::span<const double> y, std::span<const double> x) {
  const double x0 = mean(x), y0 = mean(y);
  std::vector<double> xy, xx;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy.push_back((x[i] - x0) * (y[i] - y0));
    xx.push_back((x[i] - x0) * (x[i] - x0));
  }
  return compensated_sum(xy) / compensated_sum(xx);
}

Result<Operand> slope(Arguments& a) {
  auto unit = product_unit(a[0].signature.unit, a[1].signature.unit, -1);
  if (!unit) return std::move(unit).errors();
  Operand result = unknown(DType::f64, *unit, std::vector<Extent>{});
  result.signature.unit_known = a[0].signature.unit_known && a[1].signature.unit_known;
  if (!a[0].value || !a[1].value) return result;
  const auto y = doubles(std::get<Tensor>(*a[0].value)), x = doubles(std::get<Tensor>(*a[1].value));
  if (x.size() != y.size() || x.size() < 2)
    return Error(ErrorCode::bad_operands, "slope() needs two series of one length of at least 2; they have " +
                                              std::to_string(y.size()) + " and " + std::to_string(x.size()));
  result.value = Tensor::scalar(slope_of(y, x), result.signature.unit);
  return result;
}

/// Linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). NaN has no order.
double quantile_of(std::vector<double> x, double fraction) {
  if (std::any_of(x.begin(), x.end(), [](double value) { return std::isnan(value); })) return NAN;
  std::sort(x.begin(), x.end());
  const double position = fraction * static_cast<double>(x.size() - 1);
  const auto low = static_cast<std::size_t>(position);
  const std::size_t high = std::min(low + 1, x.size() - 1);
  const double weight = position - static_cast<double>(low);
  return weight == 0.0 || x[low] == x[high] ? x[low] : x[low] + weight * (x[high] - x[low]);
}

Result<Operand> quantile(Arguments& a) {
  const Error wrong(ErrorCode::bad_operands, "quantile() needs elements, and a fraction in [0, 1]");
  if (!may_be_number(a[1])) return wrong;
  Operand result =
      with_known(unknown(DType::f64, a[0].signature.unit, std::vector<Extent>{}), a[0].signature.unit_known);
  if (!a[0].value || !a[1].value) return result;
  const auto q = doubles(std::get<Tensor>(*a[1].value));
  auto x = doubles(std::get<Tensor>(*a[0].value));
  if (x.empty() || q.size() != 1 || !(q[0] >= 0.0 && q[0] <= 1.0)) return wrong;
  result.value = Tensor::scalar(quantile_of(std::move(x), q[0]), result.signature.unit);
  return result;
}

Result<Operand> truth_of(Arguments& a, bool wanted) {
  if (!is_tensor_of(a[0], DType::boolean))
    return Error(ErrorCode::bad_operands, "truth values are needed here, but this is " + a[0].signature.text());
  Operand result = unknown(DType::boolean, {}, std::vector<Extent>{});
  if (!a[0].value) return result;
  const auto values = std::get<Tensor>(*a[0].value).span<bool>();
  const bool found = std::find(values.begin(), values.end(), wanted) != values.end();
  result.value = Tensor::scalar(found == wanted);
  return result;
}

Result<Operand> square_root(Arguments& a) {
  auto unit = power_unit(a[0].signature.unit, 0.5);
  if (!unit) return std::move(unit).errors();
  return with_known(map(a[0], *unit, [](double x) { return std::sqrt(x); }), a[0].signature.unit_known);
}

constexpr Entry table[] = {
    {"sqrt", square_root},
    {"exp", [](Arguments& a) { return number_only(a, [](double x) { return std::exp(x); }); }},
    {"log", [](Arguments& a) { return number_only(a, [](double x) { return std::log(x); }); }},
    {"log10", [](Arguments& a) { return number_only(a, [](double x) { return std::log10(x); }); }},
    {"log2", [](Arguments& a) { return number_only(a, [](double x) { return std::log2(x); }); }},
    {"sinh", [](Arguments& a) { return number_only(a, [](double x) { return std::sinh(x); }); }},
    {"cosh", [](Arguments& a) { return number_only(a, [](double x) { return std::cosh(x); }); }},
    {"tanh", [](Arguments& a) { return number_only(a, [](double x) { return std::tanh(x); }); }},
    {"sin", [](Arguments& a) { return of_angle(a, [](double x) { return std::sin(x); }); }},
    {"cos", [](Arguments& a) { return of_angle(a, [](double x) { return std::cos(x); }); }},
    {"tan", [](Arguments& a) { return of_angle(a, [](double x) { return std::tan(x); }); }},
    {"asin", [](Arguments& a) { return to_angle(a, [](double x) { return std::asin(x); }); }},
    {"acos", [](Arguments& a) { return to_angle(a, [](double x) { return std::acos(x); }); }},
    {"atan", [](Arguments& a) { return to_angle(a, [](double x) { return std::atan(x); }); }},
    {"atan2",
     [](Arguments& a) {
       return same_units(a, "the arguments of atan2()", angle(), [](double y, double x) { return std::atan2(y, x); });
     }},
    {"hypot",
     [](Arguments& a) {
       return same_units(a, "the arguments of hypot()", std::nullopt,
                         [](double x, double y) { return std::hypot(x, y); });
     }},
    {"abs", [](Arguments& a) { return keeping_unit(a, [](double x) { return std::abs(x); }); }},
    {"floor", [](Arguments& a) { return number_only(a, [](double x) { return std::floor(x); }); }},
    {"ceil", [](Arguments& a) { return number_only(a, [](double x) { return std::ceil(x); }); }},
    {"round", [](Arguments& a) { return number_only(a, [](double x) { return std::round(x); }); }},
    {"min", [](Arguments& a) { return extreme(a, "the arguments of min()", smallest, smaller); }},
    {"max", [](Arguments& a) { return extreme(a, "the arguments of max()", largest, larger); }},
    {"sum", [](Arguments& a) { return reduced(a, compensated_sum); }},
    {"mean", [](Arguments& a) { return reduced(a, mean); }},
    {"std", [](Arguments& a) { return reduced(a, standard_deviation); }},
    {"norm", [](Arguments& a) { return reduced(a, norm); }},
    {"first", [](Arguments& a) { return reduced(a, [](std::span<const double> x) { return x.front(); }); }},
    {"last", [](Arguments& a) { return reduced(a, [](std::span<const double> x) { return x.back(); }); }},
    {"slope", slope},
    {"quantile", quantile},
};

}  // namespace

Result<Operand> call_function(std::string_view name, Arguments arguments) {
  if (name == "len") return length(arguments);
  if (name == "all" || name == "any") return truth_of(arguments, name == "any");
  for (Operand& argument : arguments) {
    auto number = to_si(std::move(argument));
    if (!number) return std::move(number).errors();
    argument = std::move(*number);
  }
  for (const Entry& entry : table)
    if (entry.name == name) return entry.function(arguments);
  return Error(ErrorCode::unknown_function, "there is no function '" + std::string(name) + "'");
}

}  // namespace orrery::plan
