// Items of a data source: what makes one, and what came of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/value/value.hpp"

namespace orrery::run {

/// One value an output.
using Item = std::vector<value::Value>;

/// Makes one item, a pure function of epoch and index. Called from several threads at once, but never twice at the same
/// time with one worker number; those are below the number of workers. It may use the pool that it is called from.
using MakeItem = std::function<base::Result<Item>(std::uint32_t worker, std::uint64_t epoch, std::uint64_t index)>;

/// An item that was asked for: made, or failed with errors that name it.
struct MadeItem {
  std::uint64_t epoch = 0, index = 0;
  Item item;
  base::Errors errors;
};

/// Whatever `make` does, also when it throws.
MadeItem make_item(const MakeItem& make, std::uint32_t worker, std::uint64_t epoch, std::uint64_t index);

/// The items of a batch stacked along a new first axis, output by output.
/// @param items  at least one, none of which failed
/// @param names  of the outputs, for messages; those that are missing are numbered
/// Errors name two items that do not agree in number of outputs, type, shape or unit, or one that is no tensor.
base::Result<std::vector<value::Tensor>> stack_items(const std::vector<MadeItem>& items,
                                                     const std::vector<std::string>& names);

}  // namespace orrery::run
