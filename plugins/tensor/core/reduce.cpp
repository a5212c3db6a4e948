// Reductions: compensated sums after Neumaier 1974, scaled norms after Blue 1978, the rest by its definition.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/reduce.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include "plugins/tensor/core/compensated.hpp"

namespace orrery::tensor {

namespace {

__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): a using-declaration cannot carry __extension__

// The elements that one result is made of.
template <typename T>
struct Line {
  const T* first;
  std::size_t count;
  std::size_t step;

  const T& operator[](std::size_t i) const { return first[i * step]; }
};

template <typename T, typename R, typename Reducer>
void for_each_line(View<T> in, Axis axis, std::span<R> out, Reducer reducer) {
  require_elements(in.data.size(), in.shape, "the tensor");
  require_elements(out.size(), reduced_shape(in.shape, axis), "the result");
  if (!axis) {
    out[0] = reducer(Line<T>{in.data.data(), in.data.size(), 1});
    return;
  }
  const AxisSplit split = split_at(in.shape, normal_axis(*axis, in.shape.size()));
  for (std::size_t o = 0; o < split.outer; ++o) {
    for (std::size_t i = 0; i < split.inner; ++i) {
      const T* first = in.data.data() + o * split.length * split.inner + i;
      out[o * split.inner + i] = reducer(Line<T>{first, split.length, split.inner});
    }
  }
}

template <typename T>
void require_not_empty(const Line<T>& line, std::string_view name) {
  if (line.count == 0) {
    throw std::invalid_argument("the " + std::string(name) + " of no elements is not defined");
  }
}

std::int64_t narrowed(Wide value, std::string_view name) {
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max()) {
    throw std::out_of_range("a " + std::string(name) + " leaves the range of i64, [-2^63, 2^63 - 1]");
  }
  return static_cast<std::int64_t>(value);
}

template <typename T>
double real_sum(const Line<T>& line) {
  CompensatedSum sum;
  for (std::size_t i = 0; i < line.count; ++i) {
    sum.add(static_cast<double>(line[i]));
  }
  return sum.value();
}

Complex complex_sum(const Line<Complex>& line) {
  CompensatedSum real;
  CompensatedSum imaginary;
  for (std::size_t i = 0; i < line.count; ++i) {
    real.add(line[i].real());
    imaginary.add(line[i].imag());
  }
  return {real.value(), imaginary.value()};
}

Wide integer_sum(const Line<std::int64_t>& line) {
  Wide sum = 0;
  for (std::size_t i = 0; i < line.count; ++i) {
    sum += line[i];
  }
  return sum;
}

std::int64_t integer_product(const Line<std::int64_t>& line) {
  for (std::size_t i = 0; i < line.count; ++i) {
    if (line[i] == 0) {
      return 0;
    }
  }
  // Without zeros the magnitude never falls; 2^63 itself may still become -2^63.
  constexpr Wide most = Wide{1} << 63;
  Wide product = 1;
  for (std::size_t i = 0; i < line.count && product <= most && product >= -most; ++i) {
    product *= line[i];
  }
  return narrowed(product, "product");
}

template <typename T>
T line_product(const Line<T>& line) {
  if constexpr (is_complex<T>) {
    Complex product = 1.0;
    for (std::size_t i = 0; i < line.count; ++i) {
      product *= line[i];
    }
    return product;
  } else if constexpr (std::is_integral_v<T>) {
    return integer_product(line);
  } else {
    CompensatedProduct product;
    for (std::size_t i = 0; i < line.count; ++i) {
      product.multiply(static_cast<double>(line[i]));
    }
    return static_cast<T>(product.value());
  }
}

template <typename T>
bool is_nan(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::isnan(value);
  } else {
    return false;
  }
}

// The first element that comes before all others, or the first nan.
template <typename T, typename Before>
std::size_t first_extreme(const Line<T>& line, Before before) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < line.count; ++i) {
    if (is_nan(line[i])) {
      return i;
    }
    best = before(line[i], line[best]) ? i : best;
  }
  return best;
}

// Calls visit(x) for the real numbers that an element consists of.
template <typename T, typename Visit>
void for_each_part(const Line<T>& line, Visit visit) {
  for (std::size_t i = 0; i < line.count; ++i) {
    if constexpr (is_complex<T>) {
      visit(line[i].real());
      visit(line[i].imag());
    } else {
      visit(static_cast<double>(line[i]));
    }
  }
}

// A power of two as scale costs no rounding.
template <typename T>
double line_norm(const Line<T>& line) {
  double largest = 0.0;
  bool has_nan = false;
  for_each_part(line, [&](double x) {
    largest = std::max(largest, std::abs(x));
    has_nan = has_nan || std::isnan(x);
  });
  if (has_nan || largest == 0.0 || std::isinf(largest)) {
    return has_nan ? std::numeric_limits<double>::quiet_NaN() : largest;
  }
  const int exponent = std::clamp(std::ilogb(largest), -1000, 1000);
  const double scale = std::scalbn(1.0, -exponent);
  CompensatedSum squares;
  for_each_part(line, [&](double x) { squares.add_product(x * scale, x * scale); });
  return std::scalbn(std::sqrt(squares.value()), exponent);
}

}  // namespace

Shape reduced_shape(ShapeView shape, Axis axis, bool keep) {
  if (!axis) {
    return keep ? Shape(shape.size(), 1) : Shape{};
  }
  const std::size_t place = normal_axis(*axis, shape.size());
  return keep ? with_length(shape, place, 1) : without_axis(shape, place);
}

template <typename T>
void sum(View<T> in, Axis axis, std::span<T> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    if constexpr (is_complex<T>) {
      return complex_sum(line);
    } else if constexpr (std::is_integral_v<T>) {
      return narrowed(integer_sum(line), "sum");
    } else {
      return static_cast<T>(real_sum(line));
    }
  });
}

template <typename T>
void mean(View<T> in, Axis axis, std::span<Mean<T>> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    require_not_empty(line, "mean");
    const auto count = static_cast<double>(line.count);
    if constexpr (is_complex<T>) {
      return complex_sum(line) / count;
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<double>(integer_sum(line)) / count;
    } else {
      return static_cast<T>(real_sum(line) / count);
    }
  });
}

template <typename T>
void product(View<T> in, Axis axis, std::span<T> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) { return line_product(line); });
}

template <typename T>
void minimum(View<T> in, Axis axis, std::span<T> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    require_not_empty(line, "minimum");
    return line[first_extreme(line, [](T a, T b) { return a < b; })];
  });
}

template <typename T>
void maximum(View<T> in, Axis axis, std::span<T> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    require_not_empty(line, "maximum");
    return line[first_extreme(line, [](T a, T b) { return a > b; })];
  });
}

template <typename T>
void index_of_minimum(View<T> in, Axis axis, std::span<std::int64_t> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    require_not_empty(line, "minimum");
    return static_cast<std::int64_t>(first_extreme(line, [](T a, T b) { return a < b; }));
  });
}

template <typename T>
void index_of_maximum(View<T> in, Axis axis, std::span<std::int64_t> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    require_not_empty(line, "maximum");
    return static_cast<std::int64_t>(first_extreme(line, [](T a, T b) { return a > b; }));
  });
}

template <typename T>
void norm(View<T> in, Axis axis, std::span<Real<T>> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) { return static_cast<Real<T>>(line_norm(line)); });
}

template <typename T>
void any(View<T> in, Axis axis, std::span<Truth> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    bool found = false;
    for (std::size_t i = 0; i < line.count && !found; ++i) {
      found = line[i] != T{};
    }
    return static_cast<Truth>(found);
  });
}

template <typename T>
void all(View<T> in, Axis axis, std::span<Truth> out) {
  for_each_line(in, axis, out, [](const Line<T>& line) {
    bool every = true;
    for (std::size_t i = 0; i < line.count && every; ++i) {
      every = line[i] != T{};
    }
    return static_cast<Truth>(every);
  });
}

// NOLINTBEGIN(bugprone-macro-parentheses,cppcoreguidelines-macro-usage): thirty lines of instantiations say the same
#define ORRERY_REDUCE_ORDERED(T)                                             \
  template void minimum<T>(View<T>, Axis, std::span<T>);                     \
  template void maximum<T>(View<T>, Axis, std::span<T>);                     \
  template void index_of_minimum<T>(View<T>, Axis, std::span<std::int64_t>); \
  template void index_of_maximum<T>(View<T>, Axis, std::span<std::int64_t>)
#define ORRERY_REDUCE_NUMBERS(T)                            \
  template void sum<T>(View<T>, Axis, std::span<T>);        \
  template void mean<T>(View<T>, Axis, std::span<Mean<T>>); \
  template void product<T>(View<T>, Axis, std::span<T>);    \
  template void norm<T>(View<T>, Axis, std::span<Real<T>>)
#define ORRERY_REDUCE_TRUTH(T)                           \
  template void any<T>(View<T>, Axis, std::span<Truth>); \
  template void all<T>(View<T>, Axis, std::span<Truth>)

ORRERY_REDUCE_ORDERED(double);
ORRERY_REDUCE_ORDERED(float);
ORRERY_REDUCE_ORDERED(std::int64_t);
ORRERY_REDUCE_NUMBERS(double);
ORRERY_REDUCE_NUMBERS(float);
ORRERY_REDUCE_NUMBERS(std::int64_t);
ORRERY_REDUCE_NUMBERS(Complex);
ORRERY_REDUCE_TRUTH(double);
ORRERY_REDUCE_TRUTH(float);
ORRERY_REDUCE_TRUTH(std::int64_t);
ORRERY_REDUCE_TRUTH(Complex);
ORRERY_REDUCE_TRUTH(Truth);

#undef ORRERY_REDUCE_ORDERED
#undef ORRERY_REDUCE_NUMBERS
#undef ORRERY_REDUCE_TRUTH
// NOLINTEND(bugprone-macro-parentheses,cppcoreguidelines-macro-usage)

}  // namespace orrery::tensor
