// Making tensors and looking at them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/tensor.hpp"

#include <bit>
#include <cstring>
#include <limits>

#include "engine/value/buffer.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t most_bytes = std::int64_t{1} << 47;  ///< the address space of a process

template <class T>
double as_number(T value) {
  if constexpr (std::is_same_v<T, std::complex<double>>) {
    return value.real();
  } else {
    return static_cast<double>(value);
  }
}

/// The exponent bits of a number are all set only where it is infinite or NaN.
template <class T>
bool is_finite(T x) {
  using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  constexpr Bits exponent = std::bit_cast<Bits>(std::numeric_limits<T>::infinity());
  return (std::bit_cast<Bits>(x) & exponent) != exponent;
}

/// Blocks without a branch inside first: finite numbers are the rule, and this runs over every output.
template <class T>
std::optional<std::int64_t> find_non_finite(std::span<const T> values) {
  constexpr std::size_t block = 256;
  for (std::size_t begin = 0; begin < values.size(); begin += block) {
    const auto part = values.subspan(begin, std::min(block, values.size() - begin));
    bool all_finite = true;
    for (const T x : part) all_finite &= is_finite(x);
    if (all_finite) continue;
    const auto found = std::find_if_not(part.begin(), part.end(), is_finite<T>);
    return static_cast<std::int64_t>(begin) + (found - part.begin());
  }
  return std::nullopt;
}

}  // namespace

Tensor::Tensor(DType dtype, Shape shape, Unit unit, Buffer buffer, std::size_t offset_bytes)
    : dtype_(dtype), shape_(std::move(shape)), unit_(std::move(unit)), buffer_(std::move(buffer)) {
  const auto count = checked_count(shape_);
  ORRERY_ASSERT(count.has_value());
  ORRERY_ASSERT(buffer_ != nullptr || *count == 0);
  count_ = *count;
  data_ = buffer_ ? buffer_.get() + offset_bytes : nullptr;
}

base::Result<Tensor> Tensor::allocate(DType dtype, Shape shape, Unit unit) {
  const auto size = static_cast<std::int64_t>(size_of(dtype));
  if (size == 0) return Error{ErrorCode::wrong_type, "a tensor cannot hold " + std::string(name_of(dtype))};
  const auto count = checked_count(shape);
  if (!count || *count > most_bytes / size) {
    return Error{ErrorCode::too_large,
                 "a tensor of " + value::to_text(shape) + " is larger than any memory, or has a negative extent"};
  }
  Buffer buffer = allocate_buffer(static_cast<std::size_t>(*count * size));
  if (!buffer) {
    return Error{ErrorCode::out_of_memory, "there are not " + std::to_string(*count * size) +
                                               " bytes of memory for a tensor of " + value::to_text(shape)};
  }
  return Tensor(dtype, std::move(shape), std::move(unit), std::move(buffer));
}

double Tensor::number(std::int64_t i) const {
  ORRERY_ASSERT(i >= 0 && i < count_);
  return visit_dtype(dtype_, [&](auto type) { return as_number(data<decltype(type)>()[i]); });
}

Tensor Tensor::reshaped(Shape shape) const {
  ORRERY_ASSERT(checked_count(shape) == count_);
  Tensor view = *this;
  view.shape_ = std::move(shape);
  return view;
}

Tensor Tensor::slice_first(std::int64_t index) const {
  ORRERY_ASSERT(!shape_.empty() && index >= 0 && index < shape_.front());
  Tensor part = *this;
  part.shape_.erase(part.shape_.begin());
  part.count_ = count_ / shape_.front();
  if (data_ != nullptr) part.data_ = data_ + static_cast<std::size_t>(index) * part.bytes();
  return part;
}

bool same_bits(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype() || a.shape() != b.shape()) return false;
  return a.raw() == b.raw() || a.bytes() == 0 || std::memcmp(a.raw(), b.raw(), a.bytes()) == 0;
}

std::optional<std::int64_t> first_non_finite(const Tensor& tensor) {
  switch (tensor.dtype()) {
    case DType::f64:
      return find_non_finite(tensor.span<double>());
    case DType::f32:
      return find_non_finite(tensor.span<float>());
    case DType::c128: {
      const std::span parts(tensor.data<double>(), 2 * static_cast<std::size_t>(tensor.count()));
      const auto found = find_non_finite(parts);
      return found ? std::optional(*found / 2) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace orrery::value
