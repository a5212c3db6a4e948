// Curves in the plane and in space from their natural equations; the kernel and the matrix flow name their sources.
// SPDX-License-Identifier: Apache-2.0
// Source: do Carmo 1976, section 1-5 (fundamental theorem).
#include "plugins/curve/core/reconstruct.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/double_double.hpp"
#include "plugins/curve/core/matrix_flow.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"

namespace orrery::curve {

namespace {

// The last steps, filled up with steps of no length; what they give is copied to where it belongs.
class Tail {
 public:
  Tail(const NaturalEquations& e, std::size_t nodes, std::size_t first) : first_(first) {
    count_ = e.parameter.size() - 1 - first;
    parameter_.assign(block_steps + 1, e.parameter.back());
    std::copy(e.parameter.begin() + static_cast<std::ptrdiff_t>(first), e.parameter.end(), parameter_.begin());
    curvature_ = filled(e.curvature, nodes);
    torsion_ = filled(e.torsion, nodes);
    speed_ = filled(e.speed, nodes);
    position_.resize(block_steps * 3), rotation_.resize(block_steps * 4), frame_.resize(block_steps * 9);
  }
  PoseBlock block() {
    const auto pointer = [](auto& v) { return v.empty() ? nullptr : v.data(); };
    return {parameter_.data(), curvature_.data(), pointer(torsion_), pointer(speed_),
            position_.data(),  rotation_.data(),  frame_.data()};
  }
  void copy(std::span<double> position, std::span<double> rotation, std::span<double> frame) const {
    copy_rows(position_, 3, position), copy_rows(rotation_, 4, rotation), copy_rows(frame_, 9, frame);
  }

 private:
  [[nodiscard]] std::vector<double> filled(std::span<const double> values, std::size_t nodes) const {
    if (values.empty()) {
      return {};
    }
    std::vector<double> result(block_steps * nodes, 0.0);
    const auto rest = values.subspan(first_ * nodes);
    std::copy(rest.begin(), rest.end(), result.begin());
    return result;
  }
  void copy_rows(const std::vector<double>& from, std::size_t width, std::span<double> to) const {
    if (!to.empty()) {
      std::copy_n(from.begin(), count_ * width, to.begin() + static_cast<std::ptrdiff_t>((first_ + 1) * width));
    }
  }
  std::size_t first_, count_ = 0;
  std::vector<double> parameter_, curvature_, torsion_, speed_, position_, rotation_, frame_;
};

void store_start(const Pose& pose, std::span<double> position, std::span<double> rotation, std::span<double> frame) {
  if (!position.empty()) {
    std::copy(pose.position.begin(), pose.position.end(), position.begin());
  }
  if (!rotation.empty()) {
    std::copy(pose.rotation.begin(), pose.rotation.end(), rotation.begin());
  }
  if (!frame.empty()) {
    const std::array<double, 9> rows = frame_of(pose.rotation);
    std::copy(rows.begin(), rows.end(), frame.begin());
  }
}

PoseBlock block_at(const NaturalEquations& e, std::size_t nodes, std::size_t first, std::span<double> position,
                   std::span<double> rotation, std::span<double> frame) {
  const auto in = [&](std::span<const double> v) { return v.empty() ? nullptr : v.data() + first * nodes; };
  const auto out = [&](std::span<double> v, std::size_t width) {
    return v.empty() ? nullptr : v.data() + (first + 1) * width;
  };
  return {e.parameter.data() + first, in(e.curvature),  in(e.torsion), in(e.speed),
          out(position, 3),           out(rotation, 4), out(frame, 9)};
}

SpaceCurve space_by_runge_kutta(const NaturalEquations& e, const SpaceStart& start, const Progress& progress) {
  std::vector<double> rates(2 * e.curvature.size(), 0.0);
  for (std::size_t i = 0; i < e.curvature.size(); ++i) {
    rates[2 * i] = e.curvature[i];
    rates[2 * i + 1] = e.torsion.empty() ? 0.0 : e.torsion[i];
  }
  MatrixFlowResult result = follow({.d = 3,
                                    .parameter = e.parameter,
                                    .rates = rates,
                                    .speed = e.speed,
                                    .integrator = Integrator::runge_kutta,
                                    .start_position = start.position,
                                    .start_frame = start.frame,
                                    .progress = progress});
  return {std::move(result.position), std::move(result.frame), 0.0};
}

// Integral of v kappa by the Gauss rule of the step, summed without loss.
std::vector<double> tangent_angles(const NaturalEquations& e, double start, std::size_t nodes) {
  constexpr std::array<double, 3> weights3{5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
  std::vector<double> angle(e.parameter.size(), start);
  DoubleDouble sum{start, 0.0};
  for (std::size_t i = 0; i + 1 < e.parameter.size(); ++i) {
    double mean = 0.0;
    for (std::size_t k = 0; k < nodes; ++k) {
      const std::size_t at = i * nodes + k;
      mean += (nodes == 2 ? 0.5 : weights3[k]) * e.curvature[at] * (e.speed.empty() ? 1.0 : e.speed[at]);
    }
    sum = sum + DoubleDouble{mean * (e.parameter[i + 1] - e.parameter[i]), 0.0};
    angle[i + 1] = sum.hi;
  }
  return angle;
}

}  // namespace

std::size_t node_count(Integrator integrator) { return integrator == Integrator::magnus6 ? 3 : 2; }

void require_valid(const NaturalEquations& e, std::size_t nodes) {
  if (e.parameter.empty()) {
    throw std::invalid_argument("parameter must hold at least 1 number; it holds 0");
  }
  require_finite(e.parameter, 1, "parameter");
  require_increasing(e.parameter, "parameter");
  const auto check = [&](std::span<const double> values, const char* name, bool needed) {
    if (needed || !values.empty()) {
      require_size(values, e.parameter.size() - 1, nodes, name);
      require_finite(values, nodes, name);
    }
  };
  check(e.curvature, "curvature", true);
  check(e.torsion, "torsion", false);
  check(e.speed, "speed", false);
}

void follow_poses(const NaturalEquations& e, Pose pose, std::size_t nodes, PoseTarget target,
                  std::span<double> position, std::span<double> rotation, std::span<double> frame,
                  const Progress& progress) {
  const PoseKernel kernel = nodes == 2 ? magnus4_kernel(target) : magnus6_kernel(target);
  store_start(pose, position, rotation, frame);
  const std::size_t steps = e.parameter.size() - 1;
  constexpr std::size_t blocks_at_once = 32;
  std::size_t done = 0;
  while (done + block_steps <= steps) {
    const std::size_t blocks = std::min(blocks_at_once, (steps - done) / block_steps);
    kernel(block_at(e, nodes, done, position, rotation, frame), blocks, pose);
    done += blocks * block_steps;
    if (progress) {
      progress(done);
    }
  }
  if (done < steps) {
    Tail tail(e, nodes, done);
    kernel(tail.block(), 1, pose);
    tail.copy(position, rotation, frame);
  }
}

SpaceCurve reconstruct_space(const NaturalEquations& e, const SpaceStart& start, Integrator integrator,
                             bool with_frames, const Progress& progress) {
  const std::size_t nodes = node_count(integrator);
  require_valid(e, nodes);
  require_finite(start.position, 3, "position");
  require_frame(start.frame, 3);
  SpaceCurve curve;
  if (integrator == Integrator::runge_kutta) {
    curve = space_by_runge_kutta(e, start, progress);
  } else {
    const std::size_t n = e.parameter.size();
    curve.position.resize(n * 3);
    curve.frame.resize(with_frames ? n * 9 : 0);
    const Pose pose{.rotation = rotation_of(start.frame), .position = start.position};
    follow_poses(e, pose, nodes, best_pose_target(), curve.position, {}, curve.frame, progress);
  }
  require_reached(curve.position, 3);
  curve.defect = orthonormality_defect(curve.frame, 3);
  return curve;
}

PlaneCurve reconstruct_plane(const NaturalEquations& e, const PlaneStart& start, Integrator integrator,
                             const Progress& progress) {
  require_no_torsion(e);
  require_finite(start.position, 2, "position");
  require_finite(std::span(&start.angle, 1), 1, "angle");
  const double c = std::cos(start.angle), s = std::sin(start.angle);
  const SpaceStart lifted{{start.position[0], start.position[1], 0.0}, {c, s, 0.0, -s, c, 0.0, 0.0, 0.0, 1.0}};
  const SpaceCurve space = reconstruct_space(e, lifted, integrator, false, progress);
  PlaneCurve curve{{}, tangent_angles(e, start.angle, node_count(integrator))};
  curve.position.reserve(e.parameter.size() * 2);
  for (std::size_t i = 0; i < e.parameter.size(); ++i) {
    curve.position.insert(curve.position.end(), {space.position[3 * i], space.position[3 * i + 1]});
  }
  return curve;
}

}  // namespace orrery::curve
