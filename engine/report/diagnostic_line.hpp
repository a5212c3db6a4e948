// A line of a source as a terminal may show it, and where in it the carets go.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace orrery::report {

struct Excerpt {
  std::string text;       ///< tabs expanded, control characters spelled out, cut to about 120 columns
  std::size_t caret = 0;  ///< columns before the first caret
  std::size_t width = 1;  ///< number of carets
};

Excerpt excerpt(const base::Span& span);

/// The line that a span lies in, without its line break; empty if the source has no such line.
std::string_view line_of(const base::Span& span);
/// Bytes before that line.
std::size_t line_offset(const base::Span& span);
/// A column of a span, counted in characters from 1.
std::size_t character_column(const base::Span& span, std::uint32_t byte_column);

}  // namespace orrery::report
