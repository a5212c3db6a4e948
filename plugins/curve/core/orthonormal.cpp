// Orthonormal frames: Gram-Schmidt twice (Bjoerck 1967) and the smallest rotation between two directions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/orthonormal.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

// Row `row` becomes the axis that the rows before it cover least, made orthogonal to them.
void add_axis(std::span<double> frame, std::size_t d, std::size_t row) {
  std::size_t best = 0;
  double least = 2.0;
  for (std::size_t axis = 0; axis < d; ++axis) {
    double covered = 0.0;
    for (std::size_t j = 0; j < row; ++j) {
      covered += frame[j * d + axis] * frame[j * d + axis];
    }
    if (covered < least - 1e-9) {
      least = covered;
      best = axis;
    }
  }
  const std::span<double> v = frame.subspan(row * d, d);
  std::fill(v.begin(), v.end(), 0.0);
  v[best] = 1.0;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::size_t j = 0; j < row; ++j) {
      const double overlap = dot(v, frame.subspan(j * d, d));
      for (std::size_t c = 0; c < d; ++c) {
        v[c] -= overlap * frame[j * d + c];
      }
    }
    const double length = std::sqrt(dot(v, v));
    std::for_each(v.begin(), v.end(), [length](double& x) { x /= length; });
  }
}

}  // namespace

bool is_positively_oriented(std::vector<double> rows, std::size_t d) {
  bool positive = true;
  for (std::size_t column = 0; column < d; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < d; ++row) {
      pivot = std::abs(rows[row * d + column]) > std::abs(rows[pivot * d + column]) ? row : pivot;
    }
    for (std::size_t c = 0; pivot != column && c < d; ++c) {
      std::swap(rows[pivot * d + c], rows[column * d + c]);
    }
    positive = (pivot != column) != positive;
    positive = (rows[column * d + column] < 0.0) != positive;
    for (std::size_t row = column + 1; row < d; ++row) {
      const double factor = rows[row * d + column] / rows[column * d + column];
      for (std::size_t c = column; c < d; ++c) {
        rows[row * d + c] -= factor * rows[column * d + c];
      }
    }
  }
  return positive;
}

void complete_frame(std::span<double> frame, std::size_t d) {
  add_axis(frame, d, d - 1);
  if (!is_positively_oriented({frame.begin(), frame.end()}, d)) {
    const std::span<double> last = frame.subspan((d - 1) * d, d);
    std::for_each(last.begin(), last.end(), [](double& x) { x = -x; });
  }
}

void any_frame(bool axes, std::span<double> frame, std::size_t d) {
  for (std::size_t row = axes ? 0 : 1; row + 1 < d; ++row) {
    add_axis(frame, d, row);
  }
  complete_frame(frame, d);
}

// x -> x - (x.(a + b))/(1 + a.b) (a + b) + 2 (x.a) b takes a to b and leaves what is orthogonal to both.
void carry_frame(std::span<const double> from, std::span<const double> tangent, std::span<double> out, std::size_t d) {
  const std::vector<double> b(tangent.begin(), tangent.end());
  const std::span<const double> a = from.first(d);
  const double cosine = dot(a, b);
  for (std::size_t row = 1; row < d; ++row) {
    const std::span<const double> x = from.subspan(row * d, d);
    const std::span<double> y = out.subspan(row * d, d);
    if (1.0 + cosine > 1e-12) {
      const double share = dot(x, b) / (1.0 + cosine);
      std::transform(x.begin(), x.end(), y.begin(), [](double value) { return value; });
      for (std::size_t c = 0; c < d; ++c) {
        y[c] -= share * (a[c] + b[c]);
      }
    } else {
      std::transform(x.begin(), x.end(), y.begin(), [row](double value) { return row == 1 ? -value : value; });
    }
  }
  std::copy(b.begin(), b.end(), out.begin());
  for (std::size_t row = 1; row < d; ++row) {  // what rounding has left is taken out again
    const std::span<double> y = out.subspan(row * d, d);
    for (std::size_t j = 0; j < row; ++j) {
      const double overlap = dot(y, out.subspan(j * d, d));
      for (std::size_t c = 0; c < d; ++c) {
        y[c] -= overlap * out[j * d + c];
      }
    }
    const double length = std::sqrt(dot(y, y));
    std::for_each(y.begin(), y.end(), [length](double& value) { value /= length; });
  }
}

}  // namespace orrery::curve
