// What a loop needs to go on after a pass: values one after the other, kept by whoever keeps files.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/checkpoint.hpp"

namespace orrery::run {

using value::Tensor;
using value::Value;

namespace {

template <class T>
Tensor row(const std::vector<T>& numbers) {
  return Tensor::of<T>(numbers, {static_cast<std::int64_t>(numbers.size())});
}

}  // namespace

void Packer::put(const std::vector<std::int64_t>& numbers) { put(row(numbers)); }
void Packer::put(const std::vector<double>& numbers) { put(row(numbers)); }

bool Unpacker::take(Value& into) {
  good_ = good_ && next_ < from_.values.size();
  if (good_) into = from_.values[next_++];
  return good_;
}

bool Unpacker::take(Tensor& into) {
  Value value;
  if (!take(value)) return false;
  auto* tensor = std::get_if<Tensor>(&value);
  good_ = tensor != nullptr;
  if (good_) into = std::move(*tensor);
  return good_;
}

template <class T>
bool Unpacker::take_numbers(std::vector<T>& into) {
  Tensor tensor;
  if (!take(tensor)) return false;
  good_ = tensor.dtype() == value::DTypeOf<T>::value;
  if (good_) into.assign(tensor.span<T>().begin(), tensor.span<T>().end());
  return good_;
}

bool Unpacker::take(std::vector<std::int64_t>& into) { return take_numbers(into); }
bool Unpacker::take(std::vector<double>& into) { return take_numbers(into); }

bool Unpacker::take(std::int64_t& into) {
  std::vector<std::int64_t> numbers;
  good_ = take(numbers) && numbers.size() == 1;
  if (good_) into = numbers.front();
  return good_;
}

}  // namespace orrery::run
