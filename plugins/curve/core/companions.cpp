// Evolutes, involutes, parallels (do Carmo 1976; Farouki, Neff 1990) and rotations (Rodrigues 1840).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/companions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/curvature.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void require_rows(std::span<const double> data, std::size_t n, std::size_t d, const char* name) {
  require_size(data, n, d, name);
  require_finite(data, d, name);
}

FrenetData geometry_of(std::span<const double> first, std::span<const double> second, std::size_t n) {
  const std::array<std::span<const double>, 2> derivatives{first, second};
  return curvature_from_derivatives(derivatives, n, 2);
}

}  // namespace

Companion evolute(std::span<const double> points, std::span<const double> first, std::span<const double> second,
                  std::size_t n) {
  const FrenetData geometry = geometry_of(first, second, n);
  Companion out{centres_of_curvature(points, geometry), std::vector<std::int64_t>(n)};
  std::transform(geometry.status.begin(), geometry.status.end(), out.status.begin(),
                 [](PointStatus status) { return static_cast<std::int64_t>(status); });
  return out;
}

Companion involute(std::span<const double> points, std::span<const double> first, std::span<const double> arc,
                   double start, std::size_t n, std::size_t d) {
  require_rows(points, n, d, "points");
  require_rows(first, n, d, "first");
  require_rows(arc, n, 1, "arc");
  require_finite(std::span(&start, 1), 1, "start");
  Companion out{{points.begin(), points.end()}, std::vector<std::int64_t>(n)};
  for (std::size_t row = 0; row < n; ++row) {
    const std::span<const double> v = first.subspan(row * d, d);
    const double speed = length(v), thread = arc[row] - start;
    out.status[row] = speed == 0.0 ? 1 : thread == 0.0 ? 2 : 0;
    for (std::size_t c = 0; c < d && thread != 0.0; ++c) {
      double& x = out.points[row * d + c];
      x = speed == 0.0 ? infinity : x - thread * (v[c] / speed);
    }
  }
  return out;
}

Companion offset(std::span<const double> points, std::span<const double> first, std::span<const double> second,
                 double distance, std::size_t n) {
  require_rows(points, n, 2, "points");
  require_rows(first, n, 2, "first");
  require_finite(std::span(&distance, 1), 1, "distance");
  Companion out{std::vector<double>(2 * n, infinity), std::vector<std::int64_t>(n)};
  const FrenetData geometry = second.empty() ? FrenetData() : geometry_of(first, second, n);
  for (std::size_t row = 0; row < n; ++row) {
    const double x = first[2 * row], y = first[2 * row + 1], speed = length(first.subspan(2 * row, 2));
    if (speed == 0.0) {
      out.status[row] = 1;
      continue;
    }
    out.points[2 * row] = points[2 * row] - distance * (y / speed);
    out.points[2 * row + 1] = points[2 * row + 1] + distance * (x / speed);
    if (!second.empty() && distance * geometry.signed_curvature[row] >= 1.0) {
      out.status[row] = 2;
    }
  }
  return out;
}

std::vector<double> rotate_about(std::span<const double> points, std::array<double, 2> centre, double angle,
                                 std::size_t n) {
  require_rows(points, n, 2, "points");
  require_finite(centre, 2, "centre");
  require_finite(std::span(&angle, 1), 1, "angle");
  const double c = std::cos(angle), s = std::sin(angle);
  std::vector<double> out(2 * n);
  for (std::size_t row = 0; row < n; ++row) {
    const double x = points[2 * row] - centre[0], y = points[2 * row + 1] - centre[1];
    out[2 * row] = centre[0] + (c * x - s * y);
    out[2 * row + 1] = centre[1] + (s * x + c * y);
  }
  return out;
}

std::vector<double> rotate_about(std::span<const double> points, std::array<double, 3> centre,
                                 std::array<double, 3> axis, double angle, std::size_t n) {
  require_rows(points, n, 3, "points");
  require_finite(centre, 3, "centre");
  require_finite(axis, 3, "axis");
  require_finite(std::span(&angle, 1), 1, "angle");
  const double size = length(axis);
  if (size == 0.0) {
    throw std::domain_error("axis must not be 0; it is [0, 0, 0]");
  }
  const double u = axis[0] / size, v = axis[1] / size, w = axis[2] / size;
  const double s = std::sin(angle), half = std::sin(0.5 * angle), versine = 2.0 * half * half;
  std::vector<double> out(3 * n);
  for (std::size_t row = 0; row < n; ++row) {
    const double x = points[3 * row] - centre[0], y = points[3 * row + 1] - centre[1],
                 z = points[3 * row + 2] - centre[2];
    const double a = v * z - w * y, b = w * x - u * z, c = u * y - v * x;  // axis x r
    out[3 * row] = centre[0] + (x + s * a + versine * (v * c - w * b));
    out[3 * row + 1] = centre[1] + (y + s * b + versine * (w * a - u * c));
    out[3 * row + 2] = centre[2] + (z + s * c + versine * (u * b - v * a));
  }
  return out;
}

}  // namespace orrery::curve
