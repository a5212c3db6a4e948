// A value: what flows along a wire.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "engine/value/table.hpp"
#include "engine/value/tensor.hpp"

namespace orrery::value {

/// Cheap to copy: tensors share memory. A table is shared too, since nobody writes to a value that others read.
using Value = std::variant<Tensor, std::string, std::shared_ptr<const Table>>;

/// "f64[n x 3] in km/s" with actual extents, "text", "table of 12 rows".
std::string describe(const Value& value);

/// The value as a person reads it: scalars with unit, short arrays in full, long ones by their ends.
/// @param limit  most elements that are written out
std::string preview(const Value& value, std::size_t limit = 8);

bool same_bits(const Value& a, const Value& b);

}  // namespace orrery::value
