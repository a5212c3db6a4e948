// Arithmetic and functions of expressions: units first, then numbers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/functions.hpp"

#include <algorithm>
#include <cmath>

#include "engine/plan/numeric.hpp"

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

Error wrong_units(const std::string& what, const Operand& a, const Operand& b) {
  return {ErrorCode::bad_operands, what + " need the same dimension, but these are " +
                                       value::dimension_name(a.signature.unit.dimension()) + " and " +
                                       value::dimension_name(b.signature.unit.dimension())};
}

Unit angle() {
  value::Dimension dimension{};
  dimension[static_cast<std::size_t>(value::Base::angle)] = value::sixths;
  return value::si_unit(dimension);
}

Unit product(const Unit& a, const Unit& b, int sign) {
  value::Dimension dimension = a.dimension();
  for (std::size_t i = 0; i < dimension.size(); ++i)
    dimension[i] = static_cast<std::int16_t>(dimension[i] + sign * b.dimension()[i]);
  return value::si_unit(dimension);
}

Result<Unit> root_or_power(const Unit& unit, double exponent) {
  value::Dimension dimension = unit.dimension();
  for (std::int16_t& sixth : dimension) {
    const double scaled = sixth * exponent;
    if (scaled != std::round(scaled) || std::abs(scaled) > 1000)
      return Error(ErrorCode::bad_operands, "no unit has the dimension of " + unit.symbol() + " to the power " +
                                                std::to_string(exponent));
    sixth = static_cast<std::int16_t>(scaled);
  }
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
  if (!a[0].signature.unit.is_number())
    return Error(ErrorCode::bad_operands, "a number without dimension is needed here, but this is " +
                                              value::dimension_name(a[0].signature.unit.dimension()));
  return map(a[0], {}, kernel);
}
Result<Operand> of_angle(Arguments& a, double (*kernel)(double)) {
  if (a[0].signature.unit.same_dimension(angle())) return map(a[0], {}, kernel);
  return number_only(a, kernel);
}
Result<Operand> to_angle(Arguments& a, double (*kernel)(double)) {
  auto result = number_only(a, kernel);
  if (!result) return result;
  return map(*result, angle(), [](double x) { return x; });
}
Result<Operand> keeping_unit(Arguments& a, double (*kernel)(double)) { return map(a[0], a[0].signature.unit, kernel); }

Result<Operand> reduced(Arguments& a, double (*kernel)(std::span<const double>)) {
  return reduce(a[0], a[0].signature.unit, kernel);
}

Result<Operand> same_units(Arguments& a, const std::string& what, const Unit& unit, Kernel kernel) {
  Operand result = a[0];
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (!result.signature.unit.same_dimension(a[i].signature.unit)) return wrong_units(what, result, a[i]);
    auto next = elementwise(result, a[i], unit, kernel);
    if (!next) return next;
    result = std::move(*next);
  }
  return result;
}

Result<Operand> extreme(Arguments& a, const std::string& what, double (*all)(std::span<const double>), Kernel two) {
  return a.size() == 1 ? reduced(a, all) : same_units(a, what, a[0].signature.unit, two);
}

Result<Operand> length(Arguments& a) {
  Operand result = unknown(DType::i64, {}, std::vector<Extent>{});
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
  Operand result = unknown(DType::f64, product(a[0].signature.unit, a[1].signature.unit, -1), std::vector<Extent>{});
  if (!a[0].value || !a[1].value) return result;
  const auto y = doubles(std::get<Tensor>(*a[0].value)), x = doubles(std::get<Tensor>(*a[1].value));
  if (x.size() != y.size() || x.size() < 2)
    return Error(ErrorCode::bad_operands, "slope() needs two series of one length of at least 2; they have " +
                                              std::to_string(y.size()) + " and " + std::to_string(x.size()));
  result.value = Tensor::scalar(slope_of(y, x), result.signature.unit);
  return result;
}

/// Linear interpolation between order statistics (Hyndman and Fan 1996, definition 7).
Result<Operand> quantile(Arguments& a) {
  Operand result = unknown(DType::f64, a[0].signature.unit, std::vector<Extent>{});
  if (!a[0].value || !a[1].value) return result;
  auto x = doubles(std::get<Tensor>(*a[0].value));
  const auto q = doubles(std::get<Tensor>(*a[1].value));
  if (x.empty() || q.size() != 1 || !(q[0] >= 0.0 && q[0] <= 1.0))
    return Error(ErrorCode::bad_operands, "quantile() needs elements, and a fraction in [0, 1]");
  std::sort(x.begin(), x.end());
  const double position = q[0] * static_cast<double>(x.size() - 1);
  const auto low = static_cast<std::size_t>(position);
  const std::size_t high = std::min(low + 1, x.size() - 1);
  const double weight = position - static_cast<double>(low);
  result.value = Tensor::scalar(weight == 0.0 ? x[low] : x[low] + weight * (x[high] - x[low]), result.signature.unit);
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
  auto unit = root_or_power(a[0].signature.unit, 0.5);
  if (!unit) return std::move(unit).errors();
  return map(a[0], *unit, [](double x) { return std::sqrt(x); });
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
    {"atan2", [](Arguments& a) { return same_units(a, "the arguments of atan2()", angle(), [](double y, double x) { return std::atan2(y, x); }); }},
    {"hypot", [](Arguments& a) { return same_units(a, "the arguments of hypot()", a[0].signature.unit, [](double x, double y) { return std::hypot(x, y); }); }},
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
