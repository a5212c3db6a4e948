// Tables: named columns of equal length.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/value/tensor.hpp"

namespace orrery::value {

using Texts = std::vector<std::string>;

struct Column {
  std::string name;
  std::variant<Tensor, Texts> data;  ///< a tensor of rank 1, or texts

  bool is_text() const { return std::holds_alternative<Texts>(data); }
  const Tensor& tensor() const { return std::get<Tensor>(data); }
  const Texts& texts() const { return std::get<Texts>(data); }
};

struct Table {
  std::int64_t rows = 0;
  std::vector<Column> columns;

  const Column* find(std::string_view name) const;
  std::vector<std::string> names() const;
};

}  // namespace orrery::value
