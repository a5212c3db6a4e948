// Total torsion of a polygon.
// SPDX-License-Identifier: Apache-2.0
// Source: Banchoff, White 1975.
#include "plugins/curve/core/polygon_torsion.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double straight = 4e-16;

std::vector<Vector3> directions(std::span<const double> points, bool closed) {
  const std::size_t n = points.size() / 3;
  std::vector<Vector3> result;
  for (std::size_t i = 0; i + (closed ? 0 : 1) < n; ++i) {
    const std::size_t j = (i + 1) % n;
    // Halves, so that differences of huge numbers stay finite.
    const Vector3 edge = minus(scaled(row_of(points, j), 0.5), scaled(row_of(points, i), 0.5));
    const double length = std::hypot(edge[0], edge[1], edge[2]);
    if (length > 0.0) result.push_back({edge[0] / length, edge[1] / length, edge[2] / length});
  }
  return result;
}

struct Corner {
  Vector3 normal;  // of the plane of the two edges
  Vector3 after;   // direction of the second edge
};

}  // namespace

double polygon_total_torsion(std::span<const double> points, bool closed) {
  require_size(points, points.size() / 3, 3, "points");
  require_finite(points, 3, "points");
  const std::vector<Vector3> edges = directions(points, closed);
  std::vector<Corner> corners;
  for (std::size_t i = 0; i + (closed ? 0 : 1) < edges.size(); ++i) {
    const Vector3& after = edges[(i + 1) % edges.size()];
    const Vector3 normal = cross(edges[i], after);
    if (norm(normal) > straight) corners.push_back({normal, after});
  }
  double sum = 0.0;
  for (std::size_t i = 0; i + (closed ? 0 : 1) < corners.size(); ++i) {
    const Corner& a = corners[i];
    const Corner& b = corners[(i + 1) % corners.size()];
    sum += std::atan2(dot(cross(a.normal, b.normal), a.after), dot(a.normal, b.normal));
  }
  return sum;
}

}  // namespace orrery::curve
