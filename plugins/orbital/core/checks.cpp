// Range checks that say what is wrong, what is allowed, and what was given.
// SPDX-License-Identifier: Apache-2.0
// Shortest decimal text: Steele and White, PLDI 1990 (by std::to_chars).
#include "plugins/orbital/core/checks.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace orrery::orbital {

namespace {

[[noreturn]] void fail_size(std::string_view name, const std::string& rule, std::size_t actual) {
  throw std::invalid_argument(std::string(name) + " must have " + rule + " values; it has " + std::to_string(actual));
}

}  // namespace

std::string shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return std::string(text.data(), end.ptr);
}

void fail_domain(std::string_view name, std::string_view rule, double value) {
  throw std::domain_error(std::string(name) + " must " + std::string(rule) + "; it is " + shortest(value));
}

void require_finite(std::string_view name, double value) {
  if (!std::isfinite(value)) fail_domain(name, "be finite", value);
}

void require_positive(std::string_view name, double value) {
  if (!(value > 0.0) || !std::isfinite(value)) fail_domain(name, "be positive and finite", value);
}

void require_size(std::string_view name, std::size_t actual, std::size_t expected) {
  if (actual != expected) fail_size(name, std::to_string(expected), actual);
}

void require_size_or_one(std::string_view name, std::size_t actual, std::size_t expected) {
  if (actual != expected && actual != 1) fail_size(name, "1 or " + std::to_string(expected), actual);
}

void require_size_or_none(std::string_view name, std::size_t actual, std::size_t expected) {
  if (actual != expected && actual != 0) fail_size(name, "0 or " + std::to_string(expected), actual);
}

}  // namespace orrery::orbital
