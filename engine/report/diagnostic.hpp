// Errors as people and programs read them: the source line with carets, or JSON with the fields of rustc.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/error.hpp"

namespace orrery::report {

/// One error, ending with a line break:
///     error[unknown_step]: there is no step 'orbt'
///       --> bad1.toml:19:9
///        |
///     19 | input = "@orbt.velocity"
///        |         ^^^^^^^^^^^^^^^^ did you mean '@orbit.velocity'?
///        |
///        = note: steps: curve, matrix, orbit
/// Further labels follow after ":::". Nothing of a source can reach the terminal as a control character; tabs become
/// spaces, and of a long line the part around the carets is shown. Columns count characters.
std::string render(const base::Error& error, bool color);

/// All errors with a blank line between them, and a line that counts them: "3 errors in bad1.toml". At most 200 are
/// shown. Empty if there are none.
std::string render(const base::Errors& errors, bool color);

/// A JSON array with one object an error: message, code, level, spans (with byte and line/column ranges, is_primary,
/// label, suggested_replacement), children (notes, helps, suggestions) and rendered, named as in rustc's output.
std::string to_json(const base::Errors& errors);

}  // namespace orrery::report
