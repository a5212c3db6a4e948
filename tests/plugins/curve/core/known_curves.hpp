// Derivatives of curves whose curvatures are known, and the calls around them that tests share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <numbers>

#include "plugins/curve/core/curvature.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve::test {

using Rows = std::vector<std::vector<double>>;

inline FrenetData geometry_of(const Rows& derivatives, std::size_t n, std::size_t d) {
  const std::vector<std::span<const double>> spans(derivatives.begin(), derivatives.end());
  return curvature_from_derivatives(spans, n, d);
}

inline Rows ellipse(double t) {
  return {{-3.0 * std::sin(t), 2.0 * std::cos(t)}, {-3.0 * std::cos(t), -2.0 * std::sin(t)}};
}

inline Rows twisted_cubic(double t) { return {{1.0, 2.0 * t, 3.0 * t * t}, {0.0, 2.0, 6.0 * t}, {0.0, 0.0, 6.0}}; }

inline Rows viviani(double t) {
  return {{-std::sin(t), std::cos(t), std::cos(t / 2.0)},
          {-std::cos(t), -std::sin(t), -std::sin(t / 2.0) / 2.0},
          {std::sin(t), -std::cos(t), -std::cos(t / 2.0) / 4.0}};
}

// Derivatives of the Salkowski curve, term by term; see science page curve.md 2.2.
inline Rows salkowski(double m, double t) {
  const double n = m / std::sqrt(1.0 + m * m);
  const std::array<double, 3> amplitude{(1.0 - n) / (4.0 * (1.0 + 2.0 * n)), (1.0 + n) / (4.0 * (1.0 - 2.0 * n)), 0.5};
  const std::array<double, 3> rate{1.0 + 2.0 * n, 1.0 - 2.0 * n, 1.0};
  Rows rows(3, std::vector<double>(3, 0.0));
  for (std::size_t k = 0; k < 3; ++k) {
    const double quarter = static_cast<double>(k + 1) * std::numbers::pi / 2.0;
    for (std::size_t i = 0; i < 3; ++i) {
      const double size = amplitude[i] * std::pow(rate[i], static_cast<double>(k + 1)) / std::sqrt(1.0 + m * m);
      rows[k][0] -= size * std::sin(rate[i] * t + quarter);
      rows[k][1] += size * std::cos(rate[i] * t + quarter);
    }
    rows[k][2] = std::pow(2.0 * n, static_cast<double>(k + 1)) * std::cos(2.0 * n * t + quarter) / (4.0 * m) /
                 std::sqrt(1.0 + m * m);
  }
  return rows;
}

// A curve (r_1 cos w_1 t, r_1 sin w_1 t, r_2 cos w_2 t, ...): every generalised curvature is constant.
inline Rows positional(std::span<const double> rate, double t, std::size_t count) {
  Rows rows(count, std::vector<double>(2 * rate.size()));
  for (std::size_t k = 0; k < count; ++k) {
    const double quarter = static_cast<double>(k + 1) * std::numbers::pi / 2.0;
    for (std::size_t i = 0; i < rate.size(); ++i) {
      const double size = std::pow(rate[i], static_cast<double>(k + 1));
      rows[k][2 * i] = size * std::cos(rate[i] * t + quarter);
      rows[k][2 * i + 1] = size * std::sin(rate[i] * t + quarter);
    }
  }
  return rows;
}

inline Rows random_rows(std::mt19937_64& generator, std::size_t count, std::size_t d) {
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  Rows rows(count, std::vector<double>(d));
  for (auto& row : rows) {
    std::generate(row.begin(), row.end(), [&] { return any(generator); });
  }
  return rows;
}

inline double orthonormality_defect(const FrenetData& g, std::size_t row) {
  double worst = 0.0;
  for (std::size_t i = 0; i < g.rank[row]; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double product = i == j ? -1.0 : 0.0;
      for (std::size_t c = 0; c < g.d; ++c) {
        product += g.frame[(row * g.frame_size + i) * g.d + c] * g.frame[(row * g.frame_size + j) * g.d + c];
      }
      worst = std::max(worst, std::abs(product));
    }
  }
  return worst;
}

constexpr double frame_rounding = 1e-15;

}  // namespace orrery::curve::test
