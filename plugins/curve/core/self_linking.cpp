// The self-linking number of a framed closed curve.
// SPDX-License-Identifier: Apache-2.0
// Sources: Calugareanu 1961; White 1969; Fuller 1971.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "plugins/curve/core/linking.hpp"
#include "plugins/curve/core/twist.hpp"
#include "plugins/curve/core/vectors.hpp"
#include "plugins/curve/core/writhe.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t most_points = 1U << 15U;

struct Shape {
  double bend = 0.0;   // largest curvature
  double reach = 0.0;  // half the least distance of points that are not near along the curve, or the least radius
  double step = 0.0;   // longest edge
};

Shape shape_of(const ClosedCurve& curve, std::size_t m) {
  const std::vector<double> points = refine_closed(curve.points, m), first = refine_closed(curve.first, m),
                            second = refine_closed(curve.second, m);
  Shape shape;
  std::vector<double> length(m + 1);
  for (std::size_t i = 0; i < m; ++i) {
    const Vector3 v = row_of(first, i);
    shape.bend = std::max(shape.bend, norm(cross(v, row_of(second, i))) / (dot(v, v) * norm(v)));
    const double edge = norm(minus(row_of(points, (i + 1) % m), row_of(points, i)));
    shape.step = std::max(shape.step, edge);
    length[i + 1] = length[i] + edge;
  }
  // Points less than half a turn of the tightest circle apart are at least a chord of that circle apart (Schur).
  const double near = std::numbers::pi / shape.bend;
  double least = 2.0 / shape.bend;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = i + 1; j < m; ++j) {
      const double along = length[j] - length[i];
      if (std::min(along, length[m] - along) < near) continue;
      least = std::min(least, norm(minus(row_of(points, j), row_of(points, i))));
    }
  shape.reach = least / 2.0;
  return shape;
}

// Unit vectors across the curve: the directors without their part along it, or the principal normals.
std::vector<double> frame(const ClosedCurve& curve, std::span<const double> directors, std::size_t m) {
  const std::vector<double> first = refine_closed(curve.first, m);
  const std::vector<double> field = refine_closed(directors.empty() ? std::span(curve.second) : directors, m);
  std::vector<double> result(3 * m);
  for (std::size_t i = 0; i < m; ++i) {
    const Vector3 v = row_of(first, i), u = row_of(field, i);
    const Vector3 across = minus(u, scaled(v, dot(u, v) / dot(v, v)));
    const double size = norm(across);
    for (std::size_t c = 0; c < 3; ++c) result[3 * i + c] = across[c] / size;
  }
  return result;
}

}  // namespace

SelfLinking self_linking(std::span<const double> points, std::span<const double> directors) {
  SelfLinking result;
  result.twist = directors.empty() ? smooth_total_torsion(points).value / (2.0 * std::numbers::pi)
                                   : smooth_twist(points, directors).value;
  result.writhe = smooth_writhe(points).value;
  const ClosedCurve curve = interpolate_closed(points);
  std::size_t m = std::max<std::size_t>(128, points.size() / 3);
  Shape shape = shape_of(curve, m);
  // A polygon is within bend step^2 / 8 of its curve, and the frame turns little over one edge.
  while (m < most_points && (shape.bend * shape.step * shape.step > 0.1 * shape.reach || shape.step > shape.reach)) {
    m *= 2;
    shape = shape_of(curve, m);
  }
  if (shape.step > shape.reach)
    throw std::invalid_argument("the curve comes so near to itself that its self-linking number cannot be told from " +
                                std::to_string(m) + " points");
  const std::vector<double> base = refine_closed(curve.points, m), across = frame(curve, directors, m);
  std::vector<double> pushed(3 * m);
  result.push_off = shape.reach / 4.0;
  result.places = m;
  for (std::size_t i = 0; i < 3 * m; ++i) pushed[i] = base[i] + result.push_off * across[i];
  result.number = linking_number(base, pushed).number;
  result.defect = std::abs(static_cast<double>(result.number) - result.writhe - result.twist);
  return result;
}

}  // namespace orrery::curve
