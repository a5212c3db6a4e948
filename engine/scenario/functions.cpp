// The functions and constants of expressions.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "engine/scenario/expression.hpp"

namespace orrery::scenario {

const std::vector<Function>& functions() {
  static const std::vector<Function> all{
      {"abs", 1, 1},      {"acos", 1, 1},  {"all", 1, 1},  {"any", 1, 1},  {"asin", 1, 1},  {"atan", 1, 1},
      {"atan2", 2, 2},    {"ceil", 1, 1},  {"cos", 1, 1},  {"cosh", 1, 1}, {"exp", 1, 1},   {"first", 1, 1},
      {"floor", 1, 1},    {"hypot", 2, 2}, {"if", 3, 3},   {"last", 1, 1}, {"len", 1, 1},   {"log", 1, 1},
      {"log10", 1, 1},    {"log2", 1, 1},  {"max", 1, -1}, {"mean", 1, 1}, {"min", 1, -1},  {"norm", 1, 1},
      {"quantile", 2, 2}, {"round", 1, 1}, {"sin", 1, 1},  {"sinh", 1, 1}, {"slope", 2, 2}, {"sqrt", 1, 1},
      {"std", 1, 1},      {"sum", 1, 1},   {"tan", 1, 1},  {"tanh", 1, 1},
  };
  return all;
}

bool is_constant(std::string_view name) {
  static constexpr std::array<std::string_view, 6> names{"pi", "e", "inf", "nan", "true", "false"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace orrery::scenario
