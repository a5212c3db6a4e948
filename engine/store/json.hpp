// JSON as the store and the reports write it: members keep their order, whatever the text it can be written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/base/text.hpp"

namespace orrery::store {

using Json = nlohmann::ordered_json;

/// Bytes that are not UTF-8 (a command line may hold some) are replaced instead of thrown about.
inline std::string dump(const Json& json, int indent = 2) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

/// JSON has no NaN and no infinity; they become the texts "nan", "inf" and "-inf".
inline Json json_number(double x) { return std::isfinite(x) ? Json(x) : Json(base::shortest(x)); }

}  // namespace orrery::store
