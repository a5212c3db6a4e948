// Recorded values as cells of a database and back.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/record_text.hpp"

#include <charconv>
#include <cmath>
#include <complex>

#include "engine/base/text.hpp"

namespace orrery::store {
namespace {

using value::DType;
using value::Tensor;

Cell real_cell(double x) {
  if (!std::isfinite(x)) return base::shortest(x);
  return x;
}

Cell tensor_cell(const Tensor& tensor) {
  ORRERY_ASSERT(tensor.rank() == 0);
  if (tensor.dtype() == DType::i64) return *tensor.data<std::int64_t>();
  if (tensor.dtype() == DType::boolean) return std::int64_t{*tensor.data<bool>()};
  if (tensor.dtype() != DType::c128) return real_cell(tensor.number(0));
  const auto z = *tensor.data<std::complex<double>>();
  return base::shortest(z.real()) + " " + base::shortest(z.imag());
}

std::complex<double> complex_of(const std::string& text) {
  const std::size_t gap = std::min(text.find(' '), text.size());
  return {number_of(text.substr(0, gap)), number_of(text.substr(std::min(gap + 1, text.size())))};
}

base::Result<value::Value> restored_tensor(const StoredValue& stored) {
  auto unit = value::parse_unit(stored.unit);
  if (!unit) return base::Error(base::ErrorCode::damaged_run, "a record has the unit '" + stored.unit + "'");
  const double number = number_of(stored.value);
  if (stored.dtype == "i64") {
    const auto* whole = std::get_if<std::int64_t>(&stored.value);
    return value::Value(Tensor::scalar(whole ? *whole : std::int64_t{0}, std::move(*unit)));
  }
  if (stored.dtype == "bool") return value::Value(Tensor::scalar(number != 0.0, std::move(*unit)));
  if (stored.dtype == "f32") return value::Value(Tensor::scalar(static_cast<float>(number), std::move(*unit)));
  if (stored.dtype == "c128") return value::Value(Tensor::scalar(complex_of(text_of(stored.value)), std::move(*unit)));
  return value::Value(Tensor::scalar(number, std::move(*unit)));
}

}  // namespace

StoredValue stored(const value::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {*text, "1", "text"};
  const Tensor& tensor = std::get<Tensor>(value);
  return {tensor_cell(tensor), tensor.unit().symbol(), std::string(value::name_of(tensor.dtype()))};
}

base::Result<value::Value> restored(const StoredValue& stored) {
  if (stored.dtype == "text") return value::Value(text_of(stored.value));
  return restored_tensor(stored);
}

}  // namespace orrery::store
