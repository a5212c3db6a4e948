// Range checks that say what is wrong, what is allowed, and what was given.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orrery::orbital {

/// The shortest decimal text that reads back as the same double.
std::string shortest(double value);

/// @throws std::domain_error "<name> must <rule>; it is <value>"
[[noreturn]] void fail_domain(std::string_view name, std::string_view rule, double value);

/// @throws std::domain_error unless value is neither infinite nor NaN
void require_finite(std::string_view name, double value);

/// @throws std::domain_error unless 0 < value < infinity
void require_positive(std::string_view name, double value);

/// @throws std::invalid_argument unless actual equals expected
void require_size(std::string_view name, std::size_t actual, std::size_t expected);

/// @throws std::invalid_argument unless actual is 1 or expected
void require_size_or_one(std::string_view name, std::size_t actual, std::size_t expected);

/// @throws std::invalid_argument unless actual is 0 or expected
void require_size_or_none(std::string_view name, std::size_t actual, std::size_t expected);

}  // namespace orrery::orbital
