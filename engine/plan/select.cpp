// Selections of wires: columns of tables, elements and ranges of tensors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "engine/base/text.hpp"
#include "engine/plan/evaluate.hpp"
#include "engine/plan/shapes.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using scenario::Selector;
using value::Tensor;

/// What one selector takes of an axis of known length.
struct Cut {
  std::int64_t start = 0, step = 1, count = 0;
};

/// Python's rules: negative numbers count from the end, ranges are clipped to the axis.
Result<Cut> cut_of(const Selector& selector, std::int64_t extent) {
  const auto from_end = [extent](std::int64_t i) { return i < 0 ? i + extent : i; };
  if (selector.kind == Selector::Kind::index) {
    const std::int64_t index = from_end(*selector.begin);
    if (index < 0 || index >= extent)
      return Error(ErrorCode::bad_selector, "index must lie in [" + std::to_string(-extent) + ", " +
                                                std::to_string(extent - 1) + "]; it is " +
                                                std::to_string(*selector.begin))
          .at(selector.span);
    return Cut{index, 1, 1};
  }
  const std::int64_t step = selector.step.value_or(1);
  if (step == 0) return Error(ErrorCode::bad_selector, "the step of a range must not be 0").at(selector.span);
  const std::int64_t low = step > 0 ? 0 : -1, high = step > 0 ? extent : extent - 1;
  const auto limit = [&](const std::optional<std::int64_t>& i, std::int64_t otherwise) {
    return i ? std::clamp(from_end(*i), low, high) : otherwise;
  };
  const std::int64_t begin = limit(selector.begin, step > 0 ? low : high);
  const std::int64_t end = limit(selector.end, step > 0 ? high : low);
  const std::int64_t span = step > 0 ? end - begin : begin - end;
  const std::int64_t stride = step > 0 ? step : (step == INT64_MIN ? INT64_MAX : -step);
  return Cut{begin, step, span <= 0 ? 0 : (span - 1) / stride + 1};
}

Error too_many(const std::vector<Selector>& group, std::size_t rank) {
  if (rank == 0)
    return Error(ErrorCode::bad_selector, "the value is a scalar, which has no elements to select")
        .at(group.back().span);
  return Error(ErrorCode::bad_selector, "the value has " + std::to_string(rank) + (rank == 1 ? " axis" : " axes") +
                                            ", but " + std::to_string(group.size()) + " are selected")
      .at(group.back().span);
}

/// The shape after a group of selectors, as far as it is known.
Result<std::vector<Extent>> shape_after(const std::vector<Selector>& group, const std::vector<Extent>& shape) {
  if (group.size() > shape.size()) return too_many(group, shape.size());
  std::vector<Extent> after;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (axis >= group.size() || !shape[axis]) {
      if (axis >= group.size() || group[axis].kind == Selector::Kind::range) after.push_back(shape[axis]);
      continue;
    }
    auto cut = cut_of(group[axis], *shape[axis]);
    if (!cut) return std::move(cut).errors();
    if (group[axis].kind == Selector::Kind::range) after.emplace_back(cut->count);
  }
  return after;
}

/// Copies the selected elements, block by block of the axes that are taken whole.
class Gather {
 public:
  Gather(const Tensor& from, std::vector<Cut> cuts) : from_(from), cuts_(std::move(cuts)) {
    block_ = value::size_of(from.dtype());
    for (std::size_t axis = cuts_.size(); axis < from.rank(); ++axis)
      block_ *= static_cast<std::size_t>(from.shape()[axis]);
  }
  void into(Tensor& to) {
    to_ = to.raw();
    if (to.count() > 0) walk(0, from_.raw());
  }

 private:
  void walk(std::size_t axis, const std::byte* at) {
    if (axis == cuts_.size()) {
      std::memcpy(to_, at, block_);
      to_ += block_;
      return;
    }
    std::size_t stride = block_;
    for (std::size_t inner = axis + 1; inner < cuts_.size(); ++inner)
      stride *= static_cast<std::size_t>(from_.shape()[inner]);
    const auto bytes = static_cast<std::int64_t>(stride);
    for (std::int64_t i = 0; i < cuts_[axis].count; ++i)
      walk(axis + 1, at + (cuts_[axis].start + i * cuts_[axis].step) * bytes);
  }

  const Tensor& from_;
  std::vector<Cut> cuts_;
  std::size_t block_ = 0;
  std::byte* to_ = nullptr;
};

Result<Tensor> gather(const Tensor& tensor, const std::vector<Selector>& group) {
  if (group.size() > tensor.rank()) return too_many(group, tensor.rank());
  std::vector<Cut> cuts;
  value::Shape shape;
  for (std::size_t axis = 0; axis < tensor.rank(); ++axis) {
    if (axis >= group.size()) {
      shape.push_back(tensor.shape()[axis]);
      continue;
    }
    auto cut = cut_of(group[axis], tensor.shape()[axis]);
    if (!cut) return std::move(cut).errors();
    cuts.push_back(*cut);
    if (group[axis].kind == Selector::Kind::range) shape.push_back(cut->count);
  }
  // One element of the first axis is a view of what is there.
  if (group.size() == 1 && group[0].kind == Selector::Kind::index) return tensor.slice_first(cuts[0].start);
  auto selected = Tensor::allocate(tensor.dtype(), shape, tensor.unit());
  if (selected) Gather(tensor, std::move(cuts)).into(*selected);
  return selected;
}

Error unknown_column(const Selector& selector, const std::vector<std::string>& names) {
  Error error(ErrorCode::bad_selector, "there is no column '" + selector.column + "'");
  const auto near = base::nearest(selector.column, names);
  if (near) error.suggestions.push_back({selector.span, *near});
  return std::move(error)
      .at(selector.span, near ? "did you mean '" + *near + "'?" : "")
      .note("columns: " + base::join(names));
}

Result<Operand> column_value(const value::Table& table, const Selector& selector) {
  const value::Column* column = table.find(selector.column);
  if (!column) return unknown_column(selector, table.names());
  if (column->is_text())
    return Error(ErrorCode::bad_selector, "column '" + selector.column + "' holds texts").at(selector.span);
  return Operand{signature_of(column->tensor()), column->tensor()};
}

Result<Operand> select_column(const Operand& operand, const Selector& selector) {
  if (operand.signature.kind != catalog::Kind::table)
    return Error(ErrorCode::bad_selector, "only tables have columns; this is " + operand.signature.text())
        .at(selector.span);
  if (operand.value) return column_value(*std::get<std::shared_ptr<const value::Table>>(*operand.value), selector);
  Operand column;
  column.signature.shape = std::vector<Extent>{Extent()};
  column.signature.dtypes = static_cast<value::DTypeMask>(value::DType::f64);
  column.signature.unit_known = false;
  std::vector<std::string> names;
  for (const catalog::Port& port : operand.signature.columns) {
    names.push_back(port.name);
    if (port.name != selector.column) continue;
    column.signature.dtypes = port.dtypes;
    column.signature.unit = port.unit.fixed;
    column.signature.unit_known = true;
    return column;
  }
  // An operation that promises no columns may make any.
  if (names.empty()) return column;
  return unknown_column(selector, names);
}

Result<Operand> select_elements(Operand operand, const std::vector<Selector>& group) {
  if (operand.signature.kind != catalog::Kind::tensor)
    return Error(ErrorCode::bad_selector, "only tensors have elements to select; this is " + operand.signature.text())
        .at(group.front().span);
  if (operand.value) {
    auto selected = gather(std::get<Tensor>(*operand.value), group);
    if (!selected) return std::move(selected).errors();
    return Operand{signature_of(*selected), std::move(*selected)};
  }
  if (operand.signature.shape) {
    auto shape = shape_after(group, *operand.signature.shape);
    if (!shape) return std::move(shape).errors();
    operand.signature.shape = std::move(*shape);
  }
  return operand;
}

}  // namespace

Result<Operand> select(Operand operand, const scenario::Reference& reference) {
  for (const std::vector<Selector>& group : reference.selections) {
    auto selected = group.front().kind == Selector::Kind::column ? select_column(operand, group.front())
                                                                 : select_elements(std::move(operand), group);
    if (!selected) return selected;
    operand = std::move(*selected);
  }
  return operand;
}

}  // namespace orrery::plan
