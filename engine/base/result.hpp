// A value or the errors that kept it from being made.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "engine/base/assert.hpp"
#include "engine/base/error.hpp"

namespace orrery::base {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) { errors_.push_back(std::move(error)); }
  Result(Errors errors) : errors_(std::move(errors)) { ORRERY_ASSERT(!errors_.empty()); }

  explicit operator bool() const { return value_.has_value(); }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return std::move(*value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const Errors& errors() const& { return errors_; }
  Errors&& errors() && { return std::move(errors_); }
  /// The first error; only of a failed result.
  const Error& error() const { return errors_.front(); }

 private:
  std::optional<T> value_;
  Errors errors_;
};

/// The success of something that makes nothing.
struct Done {};

}  // namespace orrery::base
