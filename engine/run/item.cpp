// Making items and stacking them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item.hpp"

#include <cstring>
#include <exception>
#include <new>

namespace orrery::run {
namespace {

using base::Error;
using base::ErrorCode;
using value::Tensor;

std::string name_of(const MadeItem& item) {
  return "item " + std::to_string(item.index) + " of epoch " + std::to_string(item.epoch);
}

base::Result<Item> made_or_caught(const MakeItem& make, std::uint32_t worker, std::uint64_t epoch,
                                  std::uint64_t index) {
  try {
    return make(worker, epoch, index);
  } catch (const std::bad_alloc&) {
    return Error(ErrorCode::out_of_memory, "there was not enough memory to make it");
  } catch (const std::exception& e) {
    return Error(ErrorCode::step_failed, e.what());
  } catch (...) {
    return Error(ErrorCode::step_failed, "something was thrown that is no std::exception");
  }
}

std::string output_name(const std::vector<std::string>& names, std::size_t output) {
  return output < names.size() ? "'" + names[output] + "'" : std::to_string(output);
}

/// How two values of an output disagree; empty if they can be stacked.
std::optional<ErrorCode> disagreement(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) return ErrorCode::wrong_type;
  if (!value::same_extents(a.shape(), b.shape())) return ErrorCode::wrong_shape;
  if (!a.unit().same_scale(b.unit())) return ErrorCode::wrong_dimension;
  return std::nullopt;
}

std::optional<Error> problem_of(const MadeItem& item, const MadeItem& first, std::size_t output,
                                const std::vector<std::string>& names) {
  const value::Value &value = item.item[output], &wanted = first.item[output];
  const auto* tensor = std::get_if<Tensor>(&value);
  if (!tensor)
    return Error(ErrorCode::wrong_type, name_of(item) + ": output " + output_name(names, output) + " is " +
                                            value::describe(value) + ", but items are stacked to batches, and only " +
                                            "tensors can be stacked");
  const auto code = disagreement(std::get<Tensor>(wanted), *tensor);
  if (!code) return std::nullopt;
  return Error(*code, "items of a batch must agree in type, shape and unit, but output " + output_name(names, output) +
                          " of " + name_of(first) + " is " + value::describe(wanted) + ", and of " + name_of(item) +
                          " it is " + value::describe(value));
}

base::Result<Tensor> stack_output(const std::vector<MadeItem>& items, std::size_t output,
                                  const std::vector<std::string>& names) {
  for (const MadeItem& item : items)
    if (auto problem = problem_of(item, items.front(), output, names)) return std::move(*problem);
  const auto& first = std::get<Tensor>(items.front().item[output]);
  value::Shape shape = first.shape();
  shape.insert(shape.begin(), static_cast<std::int64_t>(items.size()));
  auto stacked = Tensor::allocate(first.dtype(), std::move(shape), first.unit());
  const std::size_t bytes = first.bytes();
  if (!stacked || bytes == 0) return stacked;
  std::byte* row = stacked->raw();
  for (const MadeItem& item : items) {
    std::memcpy(row, std::get<Tensor>(item.item[output]).raw(), bytes);
    row += bytes;
  }
  return stacked;
}

}  // namespace

MadeItem make_item(const MakeItem& make, std::uint32_t worker, std::uint64_t epoch, std::uint64_t index) {
  MadeItem made{epoch, index, {}, {}};
  auto result = made_or_caught(make, worker, epoch, index);
  if (result) {
    made.item = std::move(*result);
    return made;
  }
  made.errors = std::move(result).errors();
  for (Error& error : made.errors) error.message = name_of(made) + ": " + error.message;
  return made;
}

base::Result<std::vector<Tensor>> stack_items(const std::vector<MadeItem>& items,
                                              const std::vector<std::string>& names) {
  const MadeItem& first = items.front();
  for (const MadeItem& item : items)
    if (item.item.size() != first.item.size())
      return Error(ErrorCode::broken_promise, "items of a batch must have the same outputs, but " + name_of(first) +
                                                  " has " + std::to_string(first.item.size()) + " and " +
                                                  name_of(item) + " has " + std::to_string(item.item.size()));
  std::vector<Tensor> outputs;
  for (std::size_t output = 0; output < first.item.size(); ++output) {
    auto stacked = stack_output(items, output, names);
    if (!stacked) return std::move(stacked).errors();
    outputs.push_back(std::move(*stacked));
  }
  return outputs;
}

}  // namespace orrery::run
