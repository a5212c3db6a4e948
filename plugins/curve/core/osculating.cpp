// Osculating circle, sphere and helix from frame and curvatures: do Carmo 1976; Kuehnel 2015.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/osculating.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// One sample: what is given about it.
struct Sample {
  std::span<const double> point, tangent, normal, binormal;
  double kappa, tau, speed;
  bool regular;
};

Sample sample_at(std::span<const double> points, const FrameTable& f, std::size_t row) {
  const auto vector = [&](std::size_t j) { return std::span(f.frame).subspan((row * f.d + j) * f.d, f.d); };
  return {points.subspan(row * f.d, f.d),
          vector(0),
          vector(1),
          vector(f.d - 1),
          f.curvatures[row * (f.d - 1)],
          f.d == 3 ? f.curvatures[row * 2 + 1] : 0.0,
          f.speed[row],
          f.status[row] == FrameStatus::regular};
}

// r + x N + y B, infinite as a whole if x or y is.
void append_centre(const Sample& s, double x, double y, std::vector<double>& out) {
  const bool finite = std::isfinite(x) && std::isfinite(y);
  for (std::size_t c = 0; c < s.point.size(); ++c) {
    out.push_back(finite ? s.point[c] + x * s.normal[c] + (y == 0.0 ? 0.0 : y * s.binormal[c]) : infinity);
  }
}

void add_circle(const Sample& s, Osculating& out) {
  const double radius = 1.0 / s.kappa;  // of a plane curve with its sign; infinite for 0
  append_centre(s, s.kappa == 0.0 ? infinity : radius, 0.0, out.centre);
  out.radius.push_back(std::abs(radius));
}

// The normal part of r''' is (kappa_s v^3 + 3 v v_t kappa) N + ...; v_t is the tangential part of r''.
double rate_at(const Sample& s, std::span<const double> second, std::span<const double> third) {
  if (!s.regular) {
    return 0.0;
  }
  const double along = dot(second, s.tangent);
  return (dot(third, s.normal) / s.speed - 3.0 * along * s.kappa) / s.speed / s.speed;
}

void add_sphere(const Sample& s, double rate, double rounding, Osculating& out) {
  double shift = infinity;
  if (s.regular && s.tau != 0.0) {
    shift = -rate / (s.kappa * s.kappa) / s.tau;
  } else if (s.regular && std::abs(rate) <= rounding) {
    shift = 0.0;  // a circle lies on many spheres; this is the smallest
  }
  const double radius = 1.0 / s.kappa;
  append_centre(s, radius, shift, out.sphere_centre);
  out.sphere_radius.push_back(std::hypot(radius, shift));
}

void add_helix(const Sample& s, Osculating& out) {
  const double w = std::hypot(s.kappa, s.tau);
  const bool exists = w > 0.0 && std::isfinite(w);
  const double radius = exists ? s.kappa / w / w : (w > 0.0 ? 0.0 : infinity);
  append_centre(s, radius, 0.0, out.helix_point);
  out.helix_radius.push_back(radius);
  out.helix_pitch.push_back(exists ? 2.0 * std::numbers::pi * (s.tau / w / w) : (w > 0.0 ? 0.0 : infinity));
  for (std::size_t c = 0; c < 3; ++c) {
    out.helix_axis.push_back(exists ? (s.tau / w) * s.tangent[c] + (s.kappa / w) * s.binormal[c] : s.binormal[c]);
  }
}

}  // namespace

Osculating osculating(std::span<const double> points, std::span<const double> second, std::span<const double> third,
                      const FrameTable& f) {
  const std::array<std::span<const double>, 3> arrays{points, second, third};
  const std::array<const char*, 3> names{"points", "second", "third"};
  for (std::size_t k = 0; k < (third.empty() ? 2U : 3U); ++k) {
    require_size(arrays[k], f.n, f.d, names[k]);
    require_finite(arrays[k], f.d, names[k]);
  }
  Osculating out;
  for (std::size_t row = 0; row < f.n; ++row) {
    const Sample s = sample_at(points, f, row);
    add_circle(s, out);
    if (!third.empty()) {
      const auto r2 = second.subspan(row * f.d, f.d), r3 = third.subspan(row * f.d, f.d);
      const double rate = rate_at(s, r2, r3);
      out.curvature_rate.push_back(rate);
      if (f.d == 3) {
        const double size = std::sqrt(dot(r3, r3)) / s.speed + 3.0 * std::sqrt(dot(r2, r2)) * s.kappa;
        add_sphere(s, rate, 1e-15 * size / s.speed / s.speed, out);
      }
    }
    if (f.d == 3) {
      add_helix(s, out);
    }
  }
  return out;
}

}  // namespace orrery::curve
