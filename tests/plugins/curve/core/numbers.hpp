// Tolerances, exact-input oracles and sample makers that the tests of the curve library share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace orrery::curve::test {

__extension__ typedef __float128 Quad;  // NOLINT(modernize-use-using): a using-declaration cannot carry __extension__

/// [same as x] n units in the last place of x.
inline double ulps(double n, double x) {
  const double magnitude = std::abs(x);
  return n * (std::nextafter(magnitude, std::numeric_limits<double>::infinity()) - magnitude);
}

inline Quad sqrt_quad(Quad x) {
  if (x <= 0) {
    return 0;
  }
  Quad root = static_cast<Quad>(std::sqrt(static_cast<double>(x)));
  for (int pass = 0; pass < 3; ++pass) {
    root = (root + x / root) / 2;
  }
  return root;
}

/// Error of `value` in units in the last place of `exact`.
inline double error_in_ulps(double value, Quad exact) {
  const Quad error = static_cast<Quad>(value) - exact;
  const double magnitude = std::abs(static_cast<double>(error));
  return magnitude / ulps(1.0, static_cast<double>(exact));
}

/// Samples of a function of one parameter, n x d.
inline std::vector<double> sample(const std::function<std::vector<double>(double)>& point,
                                  std::span<const double> parameter) {
  std::vector<double> points;
  for (const double t : parameter) {
    const std::vector<double> row = point(t);
    points.insert(points.end(), row.begin(), row.end());
  }
  return points;
}

inline std::vector<double> evenly(double first, double last, std::size_t n) {
  std::vector<double> result(n);
  for (std::size_t i = 0; i < n; ++i) {
    result[i] = first + (last - first) * static_cast<double>(i) / static_cast<double>(n - 1);
  }
  return result;
}

/// The message of the exception that `action` throws; empty if none.
template <typename Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

/// Rows of points moved by a rotation (an orthonormal d x d matrix), a scale and a shift.
inline std::vector<double> moved(std::span<const double> points, std::span<const double> rotation, double scale,
                                 std::span<const double> shift) {
  const std::size_t d = shift.size();
  std::vector<double> result(points.size());
  for (std::size_t row = 0; row < points.size() / d; ++row) {
    for (std::size_t i = 0; i < d; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < d; ++j) {
        sum += rotation[i * d + j] * points[row * d + j];
      }
      result[row * d + i] = scale * sum + shift[i];
    }
  }
  return result;
}

/// A random orthogonal matrix of R^d (a rotation or a reflection): Gram-Schmidt on normal deviates.
inline std::vector<double> random_rotation(std::size_t d, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  std::vector<double> rows(d * d);
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t c = 0; c < d; ++c) {
      rows[i * d + c] = normal(generator);
    }
    for (std::size_t pass = 0; pass < 2; ++pass) {
      for (std::size_t j = 0; j < i; ++j) {
        double overlap = 0.0;
        for (std::size_t c = 0; c < d; ++c) {
          overlap += rows[i * d + c] * rows[j * d + c];
        }
        for (std::size_t c = 0; c < d; ++c) {
          rows[i * d + c] -= overlap * rows[j * d + c];
        }
      }
    }
    double length = 0.0;
    for (std::size_t c = 0; c < d; ++c) {
      length = std::hypot(length, rows[i * d + c]);
    }
    for (std::size_t c = 0; c < d; ++c) {
      rows[i * d + c] /= length;
    }
  }
  return rows;
}

/// Largest absolute difference of two arrays of one size.
inline double distance(std::span<const double> a, std::span<const double> b) {
  double largest = a.size() == b.size() ? 0.0 : std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const double gap = std::abs(a[i] - b[i]);
    largest = gap <= largest ? largest : gap;
  }
  return largest;
}

}  // namespace orrery::curve::test
