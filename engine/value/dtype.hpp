// The element types of tensors and table columns.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace orrery::value {

/// The values equal the bits of <orrery/abi/value.h>, so that a set of accepted types is a mask.
enum class DType : std::uint32_t { f64 = 1, f32 = 2, c128 = 4, i64 = 8, boolean = 16, text = 32 };

using DTypeMask = std::uint32_t;
constexpr DTypeMask mask_of(DType type) { return static_cast<DTypeMask>(type); }
constexpr bool accepts(DTypeMask mask, DType type) { return (mask & static_cast<DTypeMask>(type)) != 0; }

std::size_t size_of(DType type);       ///< bytes of one element; 0 for text
std::string_view name_of(DType type);  ///< "f64"

template <class T>
struct DTypeOf;
template <>
struct DTypeOf<double> {
  static constexpr DType value = DType::f64;
};
template <>
struct DTypeOf<float> {
  static constexpr DType value = DType::f32;
};
template <>
struct DTypeOf<std::complex<double>> {
  static constexpr DType value = DType::c128;
};
template <>
struct DTypeOf<std::int64_t> {
  static constexpr DType value = DType::i64;
};
template <>
struct DTypeOf<bool> {
  static constexpr DType value = DType::boolean;
};

/// Calls f(T{}) with the C++ type of a numeric element type.
template <class F>
decltype(auto) visit_dtype(DType type, F&& f) {
  switch (type) {
    case DType::f64:
      return f(double{});
    case DType::f32:
      return f(float{});
    case DType::c128:
      return f(std::complex<double>{});
    case DType::i64:
      return f(std::int64_t{});
    default:
      return f(bool{});
  }
}

}  // namespace orrery::value
