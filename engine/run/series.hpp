// The rows of a value that passes leave, as one growing tensor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/plan/signature.hpp"
#include "engine/run/checkpoint.hpp"
#include "engine/value/value.hpp"

namespace orrery::run {

class Series {
 public:
  /// What is wrong if the row has another type or shape than the first one, or memory ran out.
  std::optional<std::string> append(const value::Tensor& row);
  /// All rows; without any, an empty tensor of the shape that was expected.
  value::Tensor take(const plan::Signature& expected);

  void pack(Packer& packer) const;
  bool unpack(Unpacker& unpacker);

 private:
  std::optional<std::string> grow();

  std::optional<value::Tensor> rows_;  // with room for more
  value::Shape row_shape_;
  std::int64_t count_ = 0, room_ = 0;
};

}  // namespace orrery::run
