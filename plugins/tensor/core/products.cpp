// Differences, dot products and cross products.
// SPDX-License-Identifier: Apache-2.0
// Sources: Ogita, Rump, Oishi 2005 (compensated dot product); Jeannerod, Louvet, Muller 2013 (Kahan's determinant).
#include "plugins/tensor/core/products.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/tensor/core/broadcast.hpp"
#include "plugins/tensor/core/compensated.hpp"

namespace orrery::tensor {

namespace {

__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): a using-declaration cannot carry __extension__

[[noreturn]] void refuse_overflow(const char* name) {
  throw std::out_of_range(std::string("a ") + name + " leaves the range of i64, [-2^63, 2^63 - 1]");
}

template <typename T>
T minus(T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    T result = 0;
    if (__builtin_sub_overflow(a, b, &result)) {
      refuse_overflow("difference");
    }
    return result;
  } else {
    return a - b;
  }
}

// outer x length x inner -> outer x (length - 1) x inner, in place from the front.
template <typename T>
void difference_once(std::vector<T>& data, AxisSplit& split) {
  std::size_t to = 0;
  for (std::size_t o = 0; o < split.outer; ++o) {
    for (std::size_t k = 0; k + 1 < split.length; ++k) {
      const std::size_t from = (o * split.length + k) * split.inner;
      for (std::size_t i = 0; i < split.inner; ++i) {
        data[to++] = minus(data[from + split.inner + i], data[from + i]);
      }
    }
  }
  split.length -= split.length > 0 ? 1 : 0;
  data.resize(to);
}

template <typename T>
T dot_row(const T* a, const T* b, std::size_t count) {
  if constexpr (is_complex<T>) {
    CompensatedSum real;
    CompensatedSum imaginary;
    for (std::size_t i = 0; i < count; ++i) {
      real.add_product(a[i].real(), b[i].real());
      real.add_product(-a[i].imag(), b[i].imag());
      imaginary.add_product(a[i].real(), b[i].imag());
      imaginary.add_product(a[i].imag(), b[i].real());
    }
    return {real.value(), imaginary.value()};
  } else if constexpr (std::is_integral_v<T>) {
    Wide sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (__builtin_add_overflow(sum, Wide{a[i]} * b[i], &sum)) {
        refuse_overflow("dot product");
      }
    }
    if (sum < std::numeric_limits<T>::min() || sum > std::numeric_limits<T>::max()) {
      refuse_overflow("dot product");
    }
    return static_cast<T>(sum);
  } else {
    CompensatedSum sum;
    for (std::size_t i = 0; i < count; ++i) {
      sum.add_product(static_cast<double>(a[i]), static_cast<double>(b[i]));
    }
    return static_cast<T>(sum.value());
  }
}

template <typename T>
T determinant(T a, T b, T c, T d) {
  if constexpr (is_complex<T>) {
    return a * d - b * c;
  } else {
    const T product = b * c;
    const T error = std::fma(-b, c, product);
    return std::fma(a, d, -product) + error;
  }
}

ShapeView leading(ShapeView shape, const char* name) {
  if (shape.empty()) {
    throw std::invalid_argument(std::string(name) + " needs tensors with at least one axis; one is a scalar");
  }
  return shape.first(shape.size() - 1);
}

// Calls combine(vector of a, vector of b, number of the pair) for all pairs of vectors along the last axes.
template <typename T, typename Combine>
void for_each_vector_pair(View<T> a, View<T> b, Combine combine) {
  const ShapeView rows_a = a.shape.first(a.shape.size() - 1);
  const ShapeView rows_b = b.shape.first(b.shape.size() - 1);
  const auto length = static_cast<std::size_t>(a.shape.back());
  for_each_row(
      rows_a, rows_b, broadcast_shape(rows_a, rows_b),
      [&](std::size_t i, std::size_t step_i, std::size_t j, std::size_t step_j, std::size_t to, std::size_t count) {
        for (std::size_t k = 0; k < count; ++k) {
          combine(a.data.data() + (i + k * step_i) * length, b.data.data() + (j + k * step_j) * length, to + k);
        }
      });
}

template <typename T>
void require_operands(View<T> a, View<T> b, std::size_t out, ShapeView result) {
  require_elements(a.data.size(), a.shape, "the first operand");
  require_elements(b.data.size(), b.shape, "the second operand");
  require_elements(out, result, "the result");
}

}  // namespace

Shape differenced_shape(ShapeView shape, std::int64_t axis, std::int64_t order) {
  const std::size_t place = normal_axis(axis, shape.size());
  if (order < 0) {
    throw std::out_of_range("order must be at least 0; it is " + std::to_string(order));
  }
  return with_length(shape, place, shape[place] > order ? shape[place] - order : 0);
}

template <typename T>
void difference(View<T> in, std::int64_t axis, std::int64_t order, std::span<T> out) {
  require_elements(in.data.size(), in.shape, "the tensor");
  require_elements(out.size(), differenced_shape(in.shape, axis, order), "the result");
  AxisSplit split = split_at(in.shape, normal_axis(axis, in.shape.size()));
  std::vector<T> data(in.data.begin(), in.data.end());
  for (std::int64_t pass = 0; pass < order && split.length > 0; ++pass) {
    difference_once(data, split);
  }
  std::copy(data.begin(), data.end(), out.begin());
}

Shape dot_shape(ShapeView a, ShapeView b) {
  const ShapeView rows_a = leading(a, "dot");
  const ShapeView rows_b = leading(b, "dot");
  if (a.back() != b.back()) {
    throw std::invalid_argument("the last axes of a dot product must be equal; they have lengths " +
                                std::to_string(a.back()) + " and " + std::to_string(b.back()));
  }
  return broadcast_shape(rows_a, rows_b);
}

template <typename T>
void dot(View<T> a, View<T> b, std::span<T> out) {
  require_operands(a, b, out.size(), dot_shape(a.shape, b.shape));
  const auto length = static_cast<std::size_t>(a.shape.back());
  for_each_vector_pair(a, b, [&](const T* x, const T* y, std::size_t to) { out[to] = dot_row(x, y, length); });
}

Shape cross_shape(ShapeView a, ShapeView b) {
  Shape result = broadcast_shape(leading(a, "cross"), leading(b, "cross"));
  if (a.back() != 3 || b.back() != 3) {
    throw std::invalid_argument("the last axes of a cross product must have length 3; they have lengths " +
                                std::to_string(a.back()) + " and " + std::to_string(b.back()));
  }
  result.push_back(3);
  return result;
}

template <typename T>
void cross(View<T> a, View<T> b, std::span<T> out) {
  require_operands(a, b, out.size(), cross_shape(a.shape, b.shape));
  for_each_vector_pair(a, b, [&](const T* x, const T* y, std::size_t to) {
    out[3 * to] = determinant(x[1], x[2], y[1], y[2]);
    out[3 * to + 1] = determinant(x[2], x[0], y[2], y[0]);
    out[3 * to + 2] = determinant(x[0], x[1], y[0], y[1]);
  });
}

template void difference<double>(View<double>, std::int64_t, std::int64_t, std::span<double>);
template void difference<float>(View<float>, std::int64_t, std::int64_t, std::span<float>);
template void difference<std::int64_t>(View<std::int64_t>, std::int64_t, std::int64_t, std::span<std::int64_t>);
template void difference<Complex>(View<Complex>, std::int64_t, std::int64_t, std::span<Complex>);
template void dot<double>(View<double>, View<double>, std::span<double>);
template void dot<float>(View<float>, View<float>, std::span<float>);
template void dot<std::int64_t>(View<std::int64_t>, View<std::int64_t>, std::span<std::int64_t>);
template void dot<Complex>(View<Complex>, View<Complex>, std::span<Complex>);
template void cross<double>(View<double>, View<double>, std::span<double>);
template void cross<float>(View<float>, View<float>, std::span<float>);
template void cross<Complex>(View<Complex>, View<Complex>, std::span<Complex>);

}  // namespace orrery::tensor
