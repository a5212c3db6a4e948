// The rows of a value that passes leave, as one growing tensor.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/series.hpp"

#include <algorithm>
#include <cstring>

namespace orrery::run {
namespace {

using value::Shape;
using value::Tensor;

Shape with_rows(std::int64_t rows, const Shape& shape) {
  Shape all{rows};
  all.insert(all.end(), shape.begin(), shape.end());
  return all;
}

}  // namespace

std::optional<std::string> Series::grow() {
  const std::int64_t wanted = std::max<std::int64_t>(16, 2 * room_);
  auto larger = Tensor::allocate(rows_->dtype(), with_rows(wanted, row_shape_), rows_->unit());
  if (!larger) return larger.error().message;
  if (room_ > 0) std::memcpy(larger->raw(), rows_->raw(), rows_->bytes());
  rows_ = std::move(*larger);
  room_ = wanted;
  return std::nullopt;
}

std::optional<std::string> Series::append(const Tensor& row) {
  if (!rows_) {
    rows_ = Tensor(row.dtype(), with_rows(0, row.shape()), row.unit(), nullptr);
    row_shape_ = row.shape();
  }
  if (row.dtype() != rows_->dtype() || !value::same_extents(row.shape(), row_shape_))
    return "it changes from " + value::to_text(row_shape_) + " to " + value::to_text(row.shape());
  if (count_ == room_)
    if (auto problem = grow()) return problem;
  if (row.bytes() > 0)
    std::memcpy(rows_->raw() + static_cast<std::size_t>(count_) * row.bytes(), row.raw(), row.bytes());
  ++count_;
  return std::nullopt;
}

void Series::pack(Packer& packer) const {
  packer.put(count_);
  if (rows_) packer.put(Tensor(rows_->dtype(), with_rows(count_, row_shape_), rows_->unit(), rows_->buffer()));
}

bool Series::unpack(Unpacker& unpacker) {
  std::int64_t count = 0;
  if (!unpacker.take(count) || count == 0) return unpacker.good();
  Tensor rows;
  if (!unpacker.take(rows) || rows.rank() == 0 || rows.shape()[0] != count) return false;
  row_shape_.assign(rows.shape().begin() + 1, rows.shape().end());
  count_ = room_ = count;
  rows_ = std::move(rows);
  return true;
}

Tensor Series::take(const plan::Signature& expected) {
  if (rows_) return Tensor(rows_->dtype(), with_rows(count_, row_shape_), rows_->unit(), rows_->buffer());
  Shape shape{0};
  if (expected.shape)
    for (std::size_t axis = 1; axis < expected.shape->size(); ++axis)
      shape.push_back((*expected.shape)[axis].value_or(0));
  const auto dtype = static_cast<value::DType>(expected.dtypes & (~expected.dtypes + 1u));
  return Tensor(dtype, std::move(shape), expected.unit, nullptr);
}

}  // namespace orrery::run
