// Tensors: contiguous row-major arrays with a unit, over reference-counted 64-byte aligned memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/value/dtype.hpp"
#include "engine/value/unit.hpp"

namespace orrery::value {

using Shape = std::vector<std::int64_t>;

std::string to_text(const Shape& shape);  ///< "3 x 4"; "scalar" for rank 0

/// Equality without the call that comparing vectors makes: shapes have a handful of extents.
inline bool same_extents(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

/// Number of elements; empty if it does not fit or an extent is negative.
std::optional<std::int64_t> checked_count(std::span<const std::int64_t> shape);

/// Memory that several values may share. Shared, because a wire hands on a view and no copy: the last reader frees it.
using Buffer = std::shared_ptr<std::byte[]>;

/// Bytes allocated through this since the process began, and the most that lived at once; for reports and benchmarks.
struct MemoryUse {
  std::uint64_t live = 0, peak = 0;
};
MemoryUse memory_use();

class Tensor {
 public:
  Tensor() : Tensor(DType::f64, Shape{0}, Unit{}, nullptr) {}
  /// A tensor over existing memory.
  Tensor(DType dtype, Shape shape, Unit unit, Buffer buffer, std::size_t offset_bytes = 0);
  /// Uninitialised; an out_of_memory or too_large error if it cannot be had.
  static base::Result<Tensor> allocate(DType dtype, Shape shape, Unit unit = {});
  /// A small tensor; ends the process if there is no memory for it.
  template <class T>
  static Tensor scalar(T value, Unit unit = {}) {
    Tensor t = std::move(*allocate(DTypeOf<T>::value, {}, std::move(unit)));
    *t.data<T>() = value;
    return t;
  }
  template <class T>
  static Tensor of(std::span<const T> values, Shape shape, Unit unit = {}) {
    Tensor t = std::move(*allocate(DTypeOf<T>::value, std::move(shape), std::move(unit)));
    std::copy(values.begin(), values.end(), t.data<T>());
    return t;
  }

  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::size_t rank() const { return shape_.size(); }
  std::int64_t count() const { return count_; }
  std::size_t bytes() const { return static_cast<std::size_t>(count_) * size_of(dtype_); }
  const Unit& unit() const { return unit_; }
  void set_unit(Unit unit) { unit_ = std::move(unit); }

  const std::byte* raw() const { return data_; }
  /// Only for whoever has just made it: a value that others read is never written.
  std::byte* raw() { return data_; }
  template <class T>
  const T* data() const {
    return reinterpret_cast<const T*>(data_);
  }
  template <class T>
  T* data() {
    return reinterpret_cast<T*>(data_);
  }
  template <class T>
  std::span<const T> span() const {
    return {data<T>(), static_cast<std::size_t>(count_)};
  }
  const Buffer& buffer() const { return buffer_; }
  /// True when nobody else can read this memory, so that it may be reused.
  bool is_sole_owner() const { return buffer_ && buffer_.use_count() == 1; }

  /// Element i as a double (booleans 0 or 1; complex: its real part).
  double number(std::int64_t i) const;
  /// The same memory seen with another shape of the same count.
  Tensor reshaped(Shape shape) const;
  /// The part at an index of the first axis; no copy.
  Tensor slice_first(std::int64_t index) const;

 private:
  DType dtype_;
  Shape shape_;
  std::int64_t count_ = 0;
  Unit unit_;
  Buffer buffer_;
  std::byte* data_ = nullptr;
};

/// The same numbers in another unit of the same dimension and, where wanted, another element type that loses nothing.
/// Returns the same memory when nothing has to change. Errors without span: wrong_dimension, lossy_conversion,
/// out_of_memory.
base::Result<Tensor> convert(const Tensor& tensor, DType dtype, const Unit& unit);

/// The element type that a value of `from` takes in a port that accepts `mask`; empty if none holds all its values.
std::optional<DType> widened(DType from, DTypeMask mask);

/// True if both have the same element type, shape and bytes (NaN of equal bits are equal; -0 and 0 differ).
bool same_bits(const Tensor& a, const Tensor& b);

/// Position of the first NaN or infinity; empty if there is none.
std::optional<std::int64_t> first_non_finite(const Tensor& tensor);

/// "[3, 17]" for a flat position in a shape; "" for a scalar.
std::string position_text(const Shape& shape, std::int64_t flat);

}  // namespace orrery::value
