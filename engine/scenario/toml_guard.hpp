// What is checked of a scenario's bytes before the TOML library sees them, so that no file can overflow its stack.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "engine/base/error.hpp"

namespace orrery::scenario {

inline constexpr std::uint32_t max_depth = 64;
inline constexpr std::size_t max_values = 250'000;
inline constexpr std::size_t max_headers = 100'000;

/// Errors: not_utf8, not_toml (a binary file), too_deep, too_large (values, tables).
std::optional<base::Error> refuse_bytes(const std::shared_ptr<const base::Source>& source);

}  // namespace orrery::scenario
