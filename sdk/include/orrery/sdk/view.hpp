// Typed views of tensors and tables, as an operation reads and writes them. Nothing here owns memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <orrery/abi/value.h>
#include <orrery/sdk/port.hpp>

namespace orrery::sdk {

using Shape = std::span<const std::int64_t>;

inline std::int64_t count_of(Shape shape) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) count *= extent;
  return count;
}

/// A contiguous row-major array of known rank.
template <class T, std::size_t Rank>
class View {
 public:
  View() = default;
  View(T* data, std::array<std::int64_t, Rank> shape) : data_(data), shape_(shape) {}
  View(T* data, Shape shape) : data_(data) { std::copy_n(shape.begin(), Rank, shape_.begin()); }

  template <class... Index>
  requires(sizeof...(Index) == Rank) T& operator()(Index... index) const {
    std::int64_t offset = 0;
    std::size_t axis = 0;
    ((offset = offset * shape_[axis++] + static_cast<std::int64_t>(index)), ...);
    return data_[offset];
  }
  std::int64_t extent(std::size_t axis) const { return shape_[axis]; }
  std::int64_t size() const { return count_of(shape_); }
  const std::array<std::int64_t, Rank>& shape() const { return shape_; }
  T* data() const { return data_; }
  std::span<T> span() const { return {data_, static_cast<std::size_t>(size())}; }
  /// The part at a position of the first axis.
  std::span<T> row(std::int64_t i) const requires(Rank >= 1) {
    const auto stride = static_cast<std::size_t>(count_of(Shape(shape_).subspan(1)));
    return {data_ + static_cast<std::size_t>(i) * stride, stride};
  }
  T* begin() const { return data_; }
  T* end() const { return data_ + size(); }

 private:
  T* data_ = nullptr;
  std::array<std::int64_t, Rank> shape_{};
};

/// An array of any shape.
template <class T>
class DynamicView {
 public:
  DynamicView() = default;
  DynamicView(T* data, Shape shape) : data_(data), shape_(shape) {}
  Shape shape() const { return shape_; }
  std::int64_t size() const { return count_of(shape_); }
  T* data() const { return data_; }
  std::span<T> span() const { return {data_, static_cast<std::size_t>(size())}; }

 private:
  T* data_ = nullptr;
  Shape shape_;
};

/// A batch ("..." in the shape) of arrays of known rank. A single item, without batch axes, serves every position, so
/// that scalars broadcast.
template <class T, std::size_t Rank>
class BatchView {
 public:
  BatchView() = default;
  BatchView(T* data, Shape shape) : data_(data), batch_(shape.first(shape.size() - Rank)) {
    std::copy_n(shape.end() - static_cast<std::ptrdiff_t>(Rank), Rank, item_.begin());
  }
  Shape batch() const { return batch_; }
  std::int64_t count() const { return count_of(batch_); }
  std::int64_t extent(std::size_t axis) const { return item_[axis]; }
  View<T, Rank> item(std::int64_t i) const { return {data_ + position(i) * count_of(item_), item_}; }
  /// The number at a position of a batch of scalars.
  T& operator()(std::int64_t i) const requires(Rank == 0) { return data_[position(i)]; }
  std::span<T> span() const { return {data_, static_cast<std::size_t>(count() * count_of(item_))}; }

 private:
  std::int64_t position(std::int64_t i) const { return batch_.empty() ? 0 : i; }

  T* data_ = nullptr;
  Shape batch_;
  std::array<std::int64_t, Rank> item_{};
};

/// A tensor whose element type is known only when the operation runs.
class AnyView {
 public:
  AnyView() = default;
  explicit AnyView(const orrery_tensor& tensor) : tensor_(tensor) {}
  std::uint32_t dtype() const { return tensor_.dtype; }
  Shape shape() const { return {tensor_.shape, tensor_.rank}; }
  std::int64_t size() const { return tensor_.count; }
  template <class T>
  DynamicView<T> as() const {
    return {static_cast<T*>(tensor_.data), shape()};
  }
  /// Calls f with a DynamicView of the actual element type.
  template <class F>
  decltype(auto) visit(F&& f) const {
    switch (tensor_.dtype) {
      case ORRERY_F64:
        return f(as<f64>());
      case ORRERY_F32:
        return f(as<f32>());
      case ORRERY_C128:
        return f(as<c128>());
      case ORRERY_I64:
        return f(as<i64>());
      case ORRERY_BOOL:
        return f(as<bool>());
      default:
        throw std::logic_error("the host passed an element type that the port does not accept");
    }
  }

 private:
  orrery_tensor tensor_{};
};

/// Named columns of equal length.
class TableView {
 public:
  TableView() = default;
  explicit TableView(const orrery_table& table) : table_(table) {}
  std::int64_t rows() const { return table_.n_rows; }
  std::uint32_t columns() const { return table_.n_columns; }
  bool has(std::string_view name) const { return find(name) != nullptr; }
  const orrery_column& column(std::uint32_t index) const {
    const auto* bytes = reinterpret_cast<const std::byte*>(table_.columns);
    return *reinterpret_cast<const orrery_column*>(bytes + index * table_.column_stride);
  }
  /// @throws std::invalid_argument if there is no such column of that element type
  template <class T>
  std::span<const T> numbers(std::string_view name) const {
    return {static_cast<const T*>(require(name, ElementBits<T>::value).data), static_cast<std::size_t>(rows())};
  }
  std::string_view text(std::string_view name, std::int64_t row) const {
    const auto* texts = static_cast<const orrery_text*>(require(name, ORRERY_TEXT).data);
    return {texts[row].data, texts[row].size};
  }

 private:
  const orrery_column* find(std::string_view name) const {
    for (std::uint32_t i = 0; i < table_.n_columns; ++i) {
      const orrery_column& c = column(i);
      if (std::string_view(c.name.data, c.name.size) == name) return &c;
    }
    return nullptr;
  }
  const orrery_column& require(std::string_view name, std::uint32_t dtype) const {
    const orrery_column* found = find(name);
    if (!found) throw std::invalid_argument("the table has no column '" + std::string(name) + "'");
    if (found->dtype != dtype)
      throw std::invalid_argument("column '" + std::string(name) + "' has another element type than is needed");
    return *found;
  }

  orrery_table table_{};
};

}  // namespace orrery::sdk
