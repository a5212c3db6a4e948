// The spelling of the elementwise operations; nothing here comes from the literature.
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plugins/tensor/core/elementwise.hpp"

namespace orrery::tensor {

namespace {

constexpr std::array<std::string_view, 29> unary_names{
    "negate", "absolute", "sign",  "square", "reciprocal", "sqrt",  "cbrt", "exp",   "expm1",    "log",
    "log1p",  "log2",     "log10", "sin",    "cos",        "tan",   "asin", "acos",  "atan",     "sinh",
    "cosh",   "tanh",     "asinh", "acosh",  "atanh",      "floor", "ceil", "round", "conjugate"};
constexpr std::array<std::string_view, 10> binary_names{"add",       "subtract", "multiply", "divide",  "power",
                                                        "remainder", "atan2",    "hypot",    "minimum", "maximum"};
constexpr std::array<std::string_view, 6> comparison_names{"equal",      "not_equal", "less",
                                                           "less_equal", "greater",   "greater_equal"};

}  // namespace

std::string_view operation_name(UnaryOperation operation) {
  return unary_names.at(static_cast<std::size_t>(operation));
}
std::string_view operation_name(BinaryOperation operation) {
  return binary_names.at(static_cast<std::size_t>(operation));
}
std::string_view operation_name(Comparison comparison) {
  return comparison_names.at(static_cast<std::size_t>(comparison));
}

}  // namespace orrery::tensor
