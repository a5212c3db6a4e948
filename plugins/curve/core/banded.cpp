// Band and cyclic band systems: Golub and Van Loan 2013, sections 4.3 and 4.5; no exchanges after de Boor, Pinkus 1977.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/banded.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace orrery::curve {

namespace {

[[noreturn]] void refuse_singular(std::size_t row) {
  throw std::invalid_argument("the interpolation system is singular at row " + std::to_string(row) +
                              "; the parameter is too uneven");
}

// rhs[row] -= factor * rhs[other], for all columns.
void subtract_row(std::span<double> rhs, std::size_t d, std::size_t row, std::size_t other, double factor) {
  for (std::size_t c = 0; c < d; ++c) {
    rhs[row * d + c] -= factor * rhs[other * d + c];
  }
}

void solve_dense(std::vector<double>& matrix, std::size_t n, std::span<double> rhs, std::size_t d) {
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t row = k + 1; row < n; ++row) {
      pivot = std::abs(matrix[row * n + k]) > std::abs(matrix[pivot * n + k]) ? row : pivot;
    }
    if (matrix[pivot * n + k] == 0.0) {
      refuse_singular(k);
    }
    for (std::size_t c = 0; pivot != k && c < n; ++c) {
      std::swap(matrix[k * n + c], matrix[pivot * n + c]);
    }
    for (std::size_t c = 0; pivot != k && c < d; ++c) {
      std::swap(rhs[k * d + c], rhs[pivot * d + c]);
    }
    for (std::size_t row = k + 1; row < n; ++row) {
      const double factor = matrix[row * n + k] / matrix[k * n + k];
      subtract_row(matrix, n, row, k, factor);
      subtract_row(rhs, d, row, k, factor);
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t c = k + 1; c < n; ++c) {
      subtract_row(rhs, d, k, c, matrix[k * n + c]);
    }
    for (std::size_t c = 0; c < d; ++c) {
      rhs[k * d + c] /= matrix[k * n + k];
    }
  }
}

// The cyclic matrix cut into blocks [A B; C D], D of size width.
struct Bordered {
  BandMatrix a;
  std::vector<double> b;  // inner x width
  std::vector<double> c;  // width x inner
  std::vector<double> d;  // width x width
};

Bordered cut(std::span<const double> bands, std::size_t n, std::size_t width) {
  const std::size_t inner = n - width;
  Bordered parts{BandMatrix(inner, width), std::vector<double>(inner * width), std::vector<double>(width * inner),
                 std::vector<double>(width * width)};
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t o = 0; o < 2 * width + 1; ++o) {
      const std::size_t column = (row + n + o - width) % n;
      const double entry = bands[row * (2 * width + 1) + o];
      if (row < inner && column < inner) {
        parts.a.at(row, column) = entry;
      } else if (row < inner) {
        parts.b[row * width + column - inner] = entry;
      } else if (column < inner) {
        parts.c[(row - inner) * inner + column] = entry;
      } else {
        parts.d[(row - inner) * width + column - inner] = entry;
      }
    }
  }
  return parts;
}

}  // namespace

void BandMatrix::factor() {
  for (std::size_t k = 0; k < n_; ++k) {
    const double pivot = at(k, k);
    if (!(std::abs(pivot) > 0.0)) {
      refuse_singular(k);
    }
    const std::size_t end = std::min(n_, k + width_ + 1);
    for (std::size_t row = k + 1; row < end; ++row) {
      const double factor = at(row, k) / pivot;
      at(row, k) = factor;
      for (std::size_t column = k + 1; column < end; ++column) {
        at(row, column) -= factor * at(k, column);
      }
    }
  }
}

void BandMatrix::solve(std::span<double> rhs, std::size_t d) const {
  for (std::size_t row = 0; row < n_; ++row) {
    for (std::size_t k = row > width_ ? row - width_ : 0; k < row; ++k) {
      subtract_row(rhs, d, row, k, at(row, k));
    }
  }
  for (std::size_t row = n_; row-- > 0;) {
    for (std::size_t k = row + 1; k < std::min(n_, row + width_ + 1); ++k) {
      subtract_row(rhs, d, row, k, at(row, k));
    }
    for (std::size_t c = 0; c < d; ++c) {
      rhs[row * d + c] /= at(row, row);
    }
  }
}

void solve_cyclic_band(std::span<const double> bands, std::size_t n, std::size_t width, std::span<double> rhs,
                       std::size_t d) {
  const std::size_t inner = n - width;
  Bordered parts = cut(bands, n, width);
  parts.a.factor();
  const std::span<double> upper = rhs.first(inner * d);
  const std::span<double> lower = rhs.subspan(inner * d);
  parts.a.solve(upper, d);
  parts.a.solve(parts.b, width);
  for (std::size_t row = 0; row < width; ++row) {
    for (std::size_t k = 0; k < inner; ++k) {
      const double factor = parts.c[row * inner + k];
      for (std::size_t c = 0; factor != 0.0 && c < width; ++c) {
        parts.d[row * width + c] -= factor * parts.b[k * width + c];
      }
      for (std::size_t c = 0; factor != 0.0 && c < d; ++c) {
        lower[row * d + c] -= factor * upper[k * d + c];
      }
    }
  }
  solve_dense(parts.d, width, lower, d);
  for (std::size_t k = 0; k < inner; ++k) {
    for (std::size_t row = 0; row < width; ++row) {
      for (std::size_t c = 0; c < d; ++c) {
        upper[k * d + c] -= parts.b[k * width + row] * lower[row * d + c];
      }
    }
  }
}

}  // namespace orrery::curve
