// The element types that the tensor kernels know, with the types that their results have.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace orrery::tensor {

using Complex = std::complex<double>;

template <typename T>
inline constexpr bool is_complex = std::is_same_v<T, Complex>;

/// Type of a length or a magnitude: the real type of T, double for integers.
template <typename T>
using Real = std::conditional_t<is_complex<T> || std::is_integral_v<T>, double, T>;

/// Type of a mean: T itself, double for integers.
template <typename T>
using Mean = std::conditional_t<std::is_integral_v<T>, double, T>;

/// A truth value in memory: one byte, 0 or 1.
using Truth = std::uint8_t;

/// "f64", "f32", "i64", "c128" or "bool".
template <typename T>
constexpr std::string_view element_name() {
  if constexpr (is_complex<T>) {
    return "c128";
  } else if constexpr (std::is_same_v<T, double>) {
    return "f64";
  } else if constexpr (std::is_same_v<T, float>) {
    return "f32";
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return "i64";
  } else {
    return "bool";
  }
}

}  // namespace orrery::tensor
