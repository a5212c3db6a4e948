// Other units and wider element types for tensors, without losing anything unsaid.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/value/tensor.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr double exact_limit = 9007199254740992.0;  ///< 2^53: beyond it not every whole number is a double

using Chain = std::array<DType, 3>;

/// The types that hold all values of a type, the smallest first.
Chain wider(DType from) {
  switch (from) {
    case DType::i64:
      return {DType::i64, DType::f64, DType::c128};
    case DType::f32:
      return {DType::f32, DType::f64, DType::c128};
    case DType::f64:
      return {DType::f64, DType::c128, DType::c128};
    default:
      return {from, from, from};
  }
}

std::string element(const Tensor& tensor, std::int64_t at) {
  return tensor.rank() == 0 ? "the value" : "element " + position_text(tensor.shape(), at);
}

Error no_way(const Tensor& tensor, DType dtype) {
  return {ErrorCode::lossy_conversion,
          std::string(name_of(tensor.dtype())) + " cannot become " + std::string(name_of(dtype)) + " without loss"};
}

Error lossy(const Tensor& tensor, std::int64_t at, DType dtype, const Unit& unit) {
  const std::string value = std::to_string(tensor.data<std::int64_t>()[at]);
  std::string message =
      element(tensor, at) + " is " + value + ", which " + std::string(name_of(dtype)) + " cannot hold exactly";
  if (!tensor.unit().same_scale(unit)) message += " in " + unit.symbol();
  return {ErrorCode::lossy_conversion, std::move(message)};
}

/// Position of the first whole number that a double cannot be trusted to hold.
std::optional<std::int64_t> first_inexact(const Tensor& tensor) {
  if (tensor.dtype() != DType::i64) return std::nullopt;
  constexpr auto limit = static_cast<std::int64_t>(exact_limit);
  const auto values = tensor.span<std::int64_t>();
  const auto found = std::ranges::find_if(values, [](std::int64_t v) { return v > limit || v < -limit; });
  return found == values.end() ? std::nullopt : std::optional<std::int64_t>(found - values.begin());
}

template <class From, class To>
To converted(From x, const Conversion& unit, const Conversion& difference) {
  if constexpr (std::is_same_v<From, std::complex<double>>) {
    return {unit(x.real()), difference(x.imag())};
  } else {
    return static_cast<To>(unit(static_cast<double>(x)));
  }
}

template <class From, class To>
void fill(const Tensor& from, Tensor& to) {
  const Conversion unit(from.unit(), to.unit());
  // Only the real part of a temperature counts from an offset.
  const Conversion difference(Unit(from.unit().dimension(), from.unit().factor(), ""),
                              Unit(to.unit().dimension(), to.unit().factor(), ""));
  const From* in = from.data<From>();
  To* out = to.data<To>();
  const std::int64_t count = from.count();
  for (std::int64_t i = 0; i < count; ++i) out[i] = converted<From, To>(in[i], unit, difference);
}

/// Whole numbers in another unit are allowed where they stay whole and exact.
std::optional<Error> fill_whole(const Tensor& from, Tensor& to) {
  const Conversion unit(from.unit(), to.unit());
  const std::int64_t* in = from.data<std::int64_t>();
  for (std::int64_t i = 0; i < from.count(); ++i) {
    const double x = unit(static_cast<double>(in[i]));
    if (!(std::abs(x) <= exact_limit) || x != std::floor(x)) return lossy(from, i, DType::i64, to.unit());
    to.data<std::int64_t>()[i] = static_cast<std::int64_t>(x);
  }
  return std::nullopt;
}

template <class From>
std::optional<Error> fill_from(const Tensor& from, Tensor& to) {
  if (to.dtype() == DType::f64) {
    if constexpr (!std::is_same_v<From, std::complex<double>>) fill<From, double>(from, to);
  } else if (to.dtype() == DType::c128) {
    fill<From, std::complex<double>>(from, to);
  } else if constexpr (std::is_same_v<From, float>) {
    fill<float, float>(from, to);
  } else if constexpr (std::is_same_v<From, std::int64_t>) {
    return fill_whole(from, to);
  }
  return std::nullopt;
}

}  // namespace

std::optional<DType> widened(DType from, DTypeMask mask) {
  for (const DType type : wider(from)) {
    if (accepts(mask, type)) return type;
  }
  return std::nullopt;
}

base::Result<Tensor> convert(const Tensor& tensor, DType dtype, const Unit& unit) {
  if (!tensor.unit().same_dimension(unit)) {
    return Error{ErrorCode::wrong_dimension, "expected " + dimension_name(unit.dimension()) + ", but the value is " +
                                                 dimension_name(tensor.unit().dimension())};
  }
  const bool same_unit = Conversion(tensor.unit(), unit).is_identity();
  if (same_unit && dtype == tensor.dtype()) {
    Tensor same = tensor;
    same.set_unit(unit);
    return same;
  }
  if (widened(tensor.dtype(), static_cast<DTypeMask>(dtype)) != dtype || dtype == DType::boolean) {
    return no_way(tensor, dtype);
  }
  if (const auto at = first_inexact(tensor)) return lossy(tensor, *at, dtype, unit);
  base::Result<Tensor> result = Tensor::allocate(dtype, tensor.shape(), unit);
  if (!result) return result;
  auto error = visit_dtype(tensor.dtype(), [&](auto type) { return fill_from<decltype(type)>(tensor, *result); });
  if (error) return std::move(*error);
  return result;
}

}  // namespace orrery::value
