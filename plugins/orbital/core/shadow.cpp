// The shadow of a sphere: its sharp edges, and how much of the Sun is seen between them.
// SPDX-License-Identifier: Apache-2.0
//
// Montenbruck and Gill, Satellite Orbits (2000) section 3.4.2.
#include <algorithm>
#include <cmath>

#include "plugins/orbital/core/satellite.hpp"

namespace orrery::orbital {

double outside_shadow(ShadowEdge edge, const Vec3& position, const Vec3& sun, double body_radius, double sun_radius) {
  const double distance = norm(sun);
  const double along = dot(position, sun) / distance, depth = std::max(-along, 0.0);
  double edge_radius = body_radius;
  if (edge != ShadowEdge::cylinder) {
    // both cones touch the sphere; the umbra's narrows behind it, the penumbra's widens
    const double sign = edge == ShadowEdge::umbra ? -1.0 : 1.0;
    const double sine = (sun_radius + sign * body_radius) / distance, cosine = std::sqrt(1.0 - sine * sine);
    edge_radius = std::max((body_radius + sign * depth * sine) / cosine, 0.0);
  }
  // in front of the sphere the distance from its centre stands for that from the axis
  const double radius = norm(position);
  return (radius - depth) * (radius + depth) - edge_radius * edge_radius;
}

double visible_part(const Vec3& position, const Vec3& sun, double body_radius, double sun_radius) {
  const Vec3 to_sun = sun - position;
  const double sun_distance = norm(to_sun), radius = norm(position);
  if (radius <= body_radius) return 0.0;
  const double a = std::asin(std::min(sun_radius / sun_distance, 1.0)), b = std::asin(body_radius / radius);
  const double c = std::atan2(norm(cross(to_sun, position)), -dot(to_sun, position));
  if (c >= a + b) return 1.0;
  if (c <= b - a) return 0.0;
  if (c <= a - b) return 1.0 - (b / a) * (b / a);  // the body is seen before the disc
  const double x = (c * c + a * a - b * b) / (2.0 * c), y = std::sqrt(std::max(a * a - x * x, 0.0));
  const double covered =
      a * a * std::acos(std::clamp(x / a, -1.0, 1.0)) + b * b * std::acos(std::clamp((c - x) / b, -1.0, 1.0)) - c * y;
  return 1.0 - covered / (3.14159265358979323846 * a * a);
}

}  // namespace orrery::orbital
