// Curves in R^d, on the sphere and on the hyperbolic plane from their curvatures; the matrix flow names its sources.
// SPDX-License-Identifier: Apache-2.0
// Sources: Kuehnel 2015, chapter 2; do Carmo 1976, section 4-4; Ratcliffe 2019, chapter 3.
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/matrix_flow.hpp"
#include "plugins/curve/core/reconstruct.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"

namespace orrery::curve {

namespace {

void require_radius(double radius) {
  if (!(radius > 0.0 && std::isfinite(radius))) {
    throw std::invalid_argument("radius must be positive and finite; it is " + number_text(radius));
  }
}

// The chain position / radius -> tangent -> left normal has the rates 1/radius and the geodesic curvature.
std::vector<double> surface_rates(const NaturalEquations& e, double radius) {
  std::vector<double> rates(2 * e.curvature.size());
  for (std::size_t i = 0; i < e.curvature.size(); ++i) {
    rates[2 * i] = 1.0 / radius;
    rates[2 * i + 1] = e.curvature[i];
  }
  return rates;
}

SurfaceCurve surface_curve(std::vector<double> frame, double radius) {
  SurfaceCurve curve{{}, std::move(frame)};
  curve.position.reserve(curve.frame.size() / 3);
  for (std::size_t i = 0; i < curve.frame.size(); i += 9) {
    curve.position.insert(curve.position.end(),
                          {radius * curve.frame[i], radius * curve.frame[i + 1], radius * curve.frame[i + 2]});
  }
  require_reached(curve.position, 3);
  return curve;
}

SurfaceCurve by_matrices(const NaturalEquations& e, double radius, Integrator integrator, bool hyperbolic,
                         const Progress& progress) {
  const std::vector<double> rates = surface_rates(e, radius);
  return surface_curve(follow({.d = 3,
                               .parameter = e.parameter,
                               .rates = rates,
                               .speed = e.speed,
                               .moves = false,
                               .hyperbolic = hyperbolic,
                               .integrator = integrator,
                               .start_position = {},
                               .start_frame = {},
                               .progress = progress})
                           .frame,
                       radius);
}

}  // namespace

SurfaceCurve reconstruct_on_sphere(const NaturalEquations& e, double radius, Integrator integrator,
                                   const Progress& progress) {
  const std::size_t nodes = node_count(integrator);
  require_valid(e, nodes);
  require_no_torsion(e);
  require_radius(radius);
  if (integrator == Integrator::runge_kutta) {
    return by_matrices(e, radius, integrator, false, progress);
  }
  // The frame of a curve with curvature 1/radius and the geodesic curvature as torsion obeys the same equations.
  const std::vector<double> bend(e.curvature.size(), 1.0 / radius);
  std::vector<double> frame(9 * e.parameter.size());
  follow_poses({e.parameter, bend, e.curvature, e.speed}, {}, nodes, best_pose_target(), {}, {}, frame, progress);
  return surface_curve(std::move(frame), radius);
}

SurfaceCurve reconstruct_on_hyperbolic_plane(const NaturalEquations& e, double radius, Integrator integrator,
                                             const Progress& progress) {
  require_valid(e, node_count(integrator));
  require_no_torsion(e);
  require_radius(radius);
  return by_matrices(e, radius, integrator, true, progress);
}

GeneralCurve reconstruct_general(std::size_t d, std::span<const double> parameter, std::span<const double> curvatures,
                                 std::span<const double> speed, std::span<const double> position,
                                 std::span<const double> frame, Integrator integrator, const Progress& progress) {
  if (d < 2 || d > 64) {
    throw std::invalid_argument("dimension must lie in [2, 64]; it is " + std::to_string(d));
  }
  const std::size_t nodes = node_count(integrator);
  const std::size_t steps = parameter.empty() ? 0 : parameter.size() - 1;
  require_size(curvatures, steps * nodes, d - 1, "curvatures");
  require_finite(curvatures, d - 1, "curvatures");
  require_valid({parameter, curvatures.first(steps * nodes), {}, speed}, nodes);
  if (!position.empty()) {
    require_size(position, 1, d, "position");
    require_finite(position, d, "position");
  }
  if (!frame.empty()) {
    require_frame(frame, d);
  }
  MatrixFlowResult result = follow({.d = d,
                                    .parameter = parameter,
                                    .rates = curvatures,
                                    .speed = speed,
                                    .integrator = integrator,
                                    .start_position = position,
                                    .start_frame = frame,
                                    .progress = progress});
  GeneralCurve curve{std::move(result.position), std::move(result.frame), 0.0};
  require_reached(curve.position, d);
  curve.defect = orthonormality_defect(curve.frame, d);
  return curve;
}

}  // namespace orrery::curve
