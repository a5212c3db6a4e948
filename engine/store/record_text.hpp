// Recorded values as cells of a database and back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/store/database.hpp"
#include "engine/value/value.hpp"

namespace orrery::store {

/// How a record is kept: a number as a number, except NaN and the infinities, which SQLite would lose; a text as text.
struct StoredValue {
  Cell value;
  std::string unit;   ///< "1" for a text
  std::string dtype;  ///< "f64", "f32", "c128", "i64", "bool" or "text"
};

/// @param value  one number or a text, as records are
StoredValue stored(const value::Value& value);
/// Error: damaged_run.
base::Result<value::Value> restored(const StoredValue& stored);

}  // namespace orrery::store
