// What is known of a value before it exists: kind, element type, shape as far as known, and unit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/catalog/port.hpp"
#include "engine/value/value.hpp"

namespace orrery::plan {

using Extent = std::optional<std::int64_t>;

struct Signature {
  catalog::Kind kind = catalog::Kind::tensor;
  value::DTypeMask dtypes = 0;  ///< the possible element types
  value::Unit unit;
  bool unit_known = true;                    ///< false only for columns of tables that come from outside
  std::optional<std::vector<Extent>> shape;  ///< empty: not even the rank is known
  std::vector<catalog::Port> columns;        ///< table: the columns that are promised

  std::string text() const;  ///< "f64[256 x 3] in m/s"
};

Signature signature_of(const value::Value& value);

/// True for tensors of truth values, of any shape.
bool is_truth(const Signature& signature);
/// False if what is known of two shapes rules out that they are the same.
bool shapes_may_agree(const Signature& a, const Signature& b);

}  // namespace orrery::plan
