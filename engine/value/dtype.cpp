// Sizes and names of element types.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/dtype.hpp"

namespace orrery::value {

std::size_t size_of(DType type) {
  switch (type) {
    case DType::f64:
      return sizeof(double);
    case DType::f32:
      return sizeof(float);
    case DType::c128:
      return sizeof(std::complex<double>);
    case DType::i64:
      return sizeof(std::int64_t);
    case DType::boolean:
      return sizeof(bool);
    case DType::text:
      break;
  }
  return 0;
}

std::string_view name_of(DType type) {
  switch (type) {
    case DType::f64:
      return "f64";
    case DType::f32:
      return "f32";
    case DType::c128:
      return "c128";
    case DType::i64:
      return "i64";
    case DType::boolean:
      return "bool";
    case DType::text:
      break;
  }
  return "text";
}

}  // namespace orrery::value
