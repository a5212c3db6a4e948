// What an operation throws to refuse or to stop; the bridge turns everything thrown into a status and a message.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include <orrery/abi/base.h>

namespace orrery::sdk {

/// A failure with a status of its own. Standard exceptions work too: invalid_argument, domain_error, out_of_range,
/// range_error, overflow_error, bad_alloc, system_error.
class Error : public std::runtime_error {
 public:
  Error(orrery_status status, const std::string& message) : std::runtime_error(message), status_(status) {}
  orrery_status status() const { return status_; }

 private:
  orrery_status status_;
};

struct NumericError : Error {
  explicit NumericError(const std::string& message) : Error(ORRERY_E_NUMERIC, message) {}
};

struct ShapeError : Error {
  explicit ShapeError(const std::string& message) : Error(ORRERY_E_SHAPE, message) {}
};

/// Thrown by poll() when the host asks to stop; not an error, and nothing for an operation to catch.
struct Stopped {};

}  // namespace orrery::sdk
