// The base of operations that are only declared, to see that the interface carries what a domain needs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <orrery/sdk/plugin.hpp>

namespace orrery::domains {

using namespace orrery::sdk;

using Real = AnyOf<f64, f32>;         ///< computed in the precision that the input has
using Field = AnyOf<f64, f32, c128>;  ///< matrices

template <class Op>
struct Declared {
  static void run(Call<Op>&) { throw Error(ORRERY_E_UNSUPPORTED, std::string(Op::info.name) + " is only declared"); }
};

constexpr Info about(const char* name, const char* title) { return {.name = name, .version = "1.0.0", .title = title}; }
constexpr Info long_running(const char* name, const char* title) {
  return {.name = name, .version = "1.0.0", .title = title, .cancellable = true};
}
constexpr Info drawing(const char* name, const char* title) {
  return {.name = name, .version = "1.0.0", .title = title, .cancellable = true, .uses_random = true};
}
constexpr Info reading(const char* name, const char* title) {
  return {.name = name, .version = "1.0.0", .title = title, .reads_files = true};
}

/// What becomes of the items of a batch that cannot be computed.
enum class OnError { fail, nan };
inline constexpr in<"on_error", Choice<OnError>> on_error{
    .fallback = "fail", .choices = {"fail", "nan"}, .doc = "fail names the first bad row; nan keeps the other rows"};

}  // namespace orrery::domains
