// Gives an error of a unit the place that only the scenario knows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/error.hpp"

namespace orrery::scenario {

/// "did you mean" moves from the help to the place itself.
inline base::Error place_unit_error(base::Error error, base::Span span) {
  base::Label label{std::move(span), ""};
  if (error.helps.size() == 1 && error.helps.front().starts_with("did you mean")) {
    label.text = std::move(error.helps.front());
    error.helps.clear();
  }
  error.labels.push_back(std::move(label));
  return error;
}

}  // namespace orrery::scenario
