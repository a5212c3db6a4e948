// All that is known of one operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/catalog/operation.hpp"
#include "engine/report/layout.hpp"

namespace orrery::report {

/// Title, prose, a row for each input, output and tap, the promises, and an example step.
std::string describe_text(const catalog::OperationFacts& facts, const Paint& paint = Paint());
/// {"name", "version", "plugin", "title", "doc", "inputs", "outputs", "taps", "deterministic", "cancellable",
/// "uses_random", "reads_files", "example"}
std::string describe_json(const catalog::OperationFacts& facts);

}  // namespace orrery::report
