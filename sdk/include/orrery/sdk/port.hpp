// How an operation declares its inputs, outputs and taps: names, types and shapes as types, the rest as data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include <orrery/abi/plugin.h>

namespace orrery::sdk {

using f64 = double;
using f32 = float;
using c128 = std::complex<double>;
using i64 = std::int64_t;

/// A name that can be a template argument: `call.in<"eccentricity">()`.
template <std::size_t N>
struct FixedString {
  char text[N];
  consteval FixedString(const char (&literal)[N]) { std::copy_n(literal, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
  bool operator==(const FixedString&) const = default;
};

// Port types beside the element types above.
struct Text {};  ///< free text; read as std::string_view
template <class Enum>
struct Choice {};  ///< one of `.choices`; read as Enum, whose values count them from 0
struct Table {};   ///< named columns of equal length; read as TableView
template <class... T>
struct AnyOf {};  ///< a tensor of one of these element types; read as AnyView
using AnyElement = AnyOf<f64, f32, c128, i64, bool>;
using AnyReal = AnyOf<f64, f32, i64>;

template <class T>
struct ElementBits;
template <>
struct ElementBits<f64> {
  static constexpr std::uint32_t value = ORRERY_F64;
};
template <>
struct ElementBits<f32> {
  static constexpr std::uint32_t value = ORRERY_F32;
};
template <>
struct ElementBits<c128> {
  static constexpr std::uint32_t value = ORRERY_C128;
};
template <>
struct ElementBits<i64> {
  static constexpr std::uint32_t value = ORRERY_I64;
};
template <>
struct ElementBits<bool> {
  static constexpr std::uint32_t value = ORRERY_BOOL;
};

/// What a port type means at the interface.
template <class T>
struct PortType {
  static constexpr std::uint32_t kind = ORRERY_KIND_TENSOR;
  static constexpr std::uint32_t dtypes = ElementBits<T>::value;
};
template <class... T>
struct PortType<AnyOf<T...>> {
  static constexpr std::uint32_t kind = ORRERY_KIND_TENSOR;
  static constexpr std::uint32_t dtypes = (ElementBits<T>::value | ...);
};
template <>
struct PortType<Text> {
  static constexpr std::uint32_t kind = ORRERY_KIND_TEXT, dtypes = 0;
};
template <class Enum>
struct PortType<Choice<Enum>> : PortType<Text> {};
template <>
struct PortType<Table> {
  static constexpr std::uint32_t kind = ORRERY_KIND_TABLE, dtypes = 0;
};

/// What a shape pattern fixes at compile time; the grammar is in <orrery/abi/operation.h>.
struct ShapeTraits {
  bool any = false;      ///< "*"
  bool batch = false;    ///< leading "..."
  std::size_t rank = 0;  ///< axes, without the batch
};

consteval ShapeTraits shape_traits(std::string_view pattern) {
  if (pattern == "*") return {.any = true};
  ShapeTraits traits;
  if (pattern.starts_with("...")) {
    traits.batch = true;
    pattern.remove_prefix(3);
    if (pattern.empty()) return traits;
    if (!pattern.starts_with(" x ")) throw "a batch is followed by ' x '";
    pattern.remove_prefix(3);
  }
  if (pattern.empty()) return traits;
  traits.rank = 1;
  for (std::size_t i = 0; i + 3 <= pattern.size(); ++i) traits.rank += pattern.substr(i, 3) == " x ";
  return traits;
}

inline constexpr double unbounded = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::size_t max_choices = 24;

enum class Direction { in, out, tap };

/// One column that a table input needs or a table output has.
struct Column {
  const char* name = nullptr;
  std::uint32_t dtype = ORRERY_F64;
  const char* unit = "1";
  bool optional = false;
  const char* doc = "";
};

/// An input: `in<"eccentricity", f64>{.min = 0.0, .doc = "..."}`. Without `fallback` it must be given, unless optional.
template <FixedString Name, class Type, FixedString Shape = "">
struct in {
  static constexpr auto direction = Direction::in;
  static constexpr std::string_view name = Name.view();
  static constexpr ShapeTraits shape = shape_traits(Shape.view());
  static constexpr const char* c_name() { return Name.text; }
  static constexpr const char* c_shape() { return Shape.text; }
  using type = Type;

  const char* unit = "1";
  const char* fallback = nullptr;  ///< the default as text
  double min = unbounded, max = unbounded;
  bool above_min = false, below_max = false;  ///< the limit itself is not allowed
  bool optional = false, list = false;
  bool finite = true;  ///< the host refuses NaN and infinity
  std::array<const char*, max_choices> choices{};
  std::array<Column, 16> columns{};
  const char* doc = "";
};

/// An output: `out<"anomaly", f64, "n">{.unit = "rad"}`. An output of several element types names the input it follows.
template <FixedString Name, class Type, FixedString Shape = "">
struct out {
  static constexpr auto direction = Direction::out;
  static constexpr std::string_view name = Name.view();
  static constexpr ShapeTraits shape = shape_traits(Shape.view());
  static constexpr const char* c_name() { return Name.text; }
  static constexpr const char* c_shape() { return Shape.text; }
  using type = Type;

  const char* unit = "1";
  const char* dtype_like = nullptr;
  const char* in_place = nullptr;
  bool optional = false;
  std::array<Column, 16> columns{};
  const char* doc = "";
};

/// A named internal value that a scenario may listen to.
template <FixedString Name, class Type, FixedString Shape = "">
struct tap {
  static constexpr auto direction = Direction::tap;
  static constexpr std::string_view name = Name.view();
  static constexpr ShapeTraits shape = shape_traits(Shape.view());
  static constexpr const char* c_name() { return Name.text; }
  static constexpr const char* c_shape() { return Shape.text; }
  using type = Type;

  const char* unit = "1";
  const char* doc = "";
};

}  // namespace orrery::sdk
