// Elementwise kernels of complex numbers: the functions of the C++ library.
// SPDX-License-Identifier: Apache-2.0
// Source: ISO/IEC 14882:2020, 29.4.
#include <complex>

#include "plugins/tensor/core/elementwise_loops.hpp"

namespace orrery::tensor {

void apply_complex(UnaryOperation operation, std::span<const Complex> in, std::span<Complex> out) {
  using enum UnaryOperation;
  using C = Complex;
  switch (operation) {
    case negate:
      return each(in, out, [](C x) { return -x; });
    case square:
      return each(in, out, [](C x) { return x * x; });
    case reciprocal:
      return each(in, out, [](C x) { return 1.0 / x; });
    case sqrt:
      return each(in, out, [](C x) { return std::sqrt(x); });
    case exp:
      return each(in, out, [](C x) { return std::exp(x); });
    case log:
      return each(in, out, [](C x) { return std::log(x); });
    case log10:
      return each(in, out, [](C x) { return std::log10(x); });
    case sin:
      return each(in, out, [](C x) { return std::sin(x); });
    case cos:
      return each(in, out, [](C x) { return std::cos(x); });
    case tan:
      return each(in, out, [](C x) { return std::tan(x); });
    case asin:
      return each(in, out, [](C x) { return std::asin(x); });
    case acos:
      return each(in, out, [](C x) { return std::acos(x); });
    case atan:
      return each(in, out, [](C x) { return std::atan(x); });
    case sinh:
      return each(in, out, [](C x) { return std::sinh(x); });
    case cosh:
      return each(in, out, [](C x) { return std::cosh(x); });
    case tanh:
      return each(in, out, [](C x) { return std::tanh(x); });
    case asinh:
      return each(in, out, [](C x) { return std::asinh(x); });
    case acosh:
      return each(in, out, [](C x) { return std::acosh(x); });
    case atanh:
      return each(in, out, [](C x) { return std::atanh(x); });
    case conjugate:
      return each(in, out, [](C x) { return std::conj(x); });
    default:
      refuse<Complex>(operation_name(operation));
  }
}

void apply_complex(BinaryOperation operation, View<Complex> a, View<Complex> b, std::span<Complex> out) {
  using enum BinaryOperation;
  using C = Complex;
  switch (operation) {
    case add:
      return each_pair(a, b, out, [](C x, C y) { return x + y; });
    case subtract:
      return each_pair(a, b, out, [](C x, C y) { return x - y; });
    case multiply:
      return each_pair(a, b, out, [](C x, C y) { return x * y; });
    case divide:
      return each_pair(a, b, out, [](C x, C y) { return x / y; });
    case power:
      return each_pair(a, b, out, [](C x, C y) { return std::pow(x, y); });
    default:
      refuse<Complex>(operation_name(operation));
  }
}

}  // namespace orrery::tensor
