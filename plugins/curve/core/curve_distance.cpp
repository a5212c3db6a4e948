// Distances between sequences and sets of points.
// SPDX-License-Identifier: Apache-2.0
// Sources: Eiter, Mannila 1994; Hausdorff 1914.
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/alignment.hpp"
#include "plugins/curve/core/checks.hpp"

namespace orrery::curve {

namespace {

void check(std::span<const double> points, std::size_t d, const char* name) {
  if (d < 1 || points.size() < d)
    throw std::invalid_argument(std::string(name) + " must have at least one point; it has none");
  require_size(points, points.size() / d, d, name);
  require_finite(points, d, name);
}

double distance(std::span<const double> a, std::size_t i, std::span<const double> b, std::size_t j, std::size_t d) {
  double square = 0.0;
  for (std::size_t c = 0; c < d; ++c) {
    const double gap = a[i * d + c] - b[j * d + c];
    square += gap * gap;
  }
  return std::sqrt(square);
}

struct Farthest {
  double distance = 0.0;
  std::size_t row = 0;
};

Farthest farthest(std::span<const double> a, std::span<const double> b, std::size_t d) {
  Farthest result;
  for (std::size_t i = 0; i < a.size() / d; ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < b.size() / d && nearest > result.distance; ++j)
      nearest = std::min(nearest, distance(a, i, b, j, d));
    if (nearest > result.distance) result = {nearest, i};
  }
  return result;
}

}  // namespace

double frechet_distance(std::span<const double> a, std::span<const double> b, std::size_t d) {
  check(a, d, "first");
  check(b, d, "second");
  const std::size_t n = a.size() / d, m = b.size() / d;
  std::vector<double> leash(m);
  for (std::size_t i = 0; i < n; ++i) {
    double diagonal = i == 0 ? 0.0 : leash[0];
    for (std::size_t j = 0; j < m; ++j) {
      const double above = i == 0 ? HUGE_VAL : leash[j];
      const double before = j == 0 ? HUGE_VAL : leash[j - 1];
      const double corner = i == 0 && j == 0 ? 0.0 : i == 0 || j == 0 ? HUGE_VAL : diagonal;
      const double reached = std::min({above, before, corner});
      diagonal = above;
      leash[j] = std::max(reached, distance(a, i, b, j, d));
    }
  }
  return leash[m - 1];
}

Hausdorff hausdorff_distance(std::span<const double> a, std::span<const double> b, std::size_t d) {
  check(a, d, "first");
  check(b, d, "second");
  const Farthest first = farthest(a, b, d), second = farthest(b, a, d);
  return {std::max(first.distance, second.distance), first.distance, second.distance, first.row, second.row};
}

}  // namespace orrery::curve
