// Lambert's problem: the orbits that lead from one place to another in a given time.
// SPDX-License-Identifier: Apache-2.0
// Izzo, Celest. Mech. Dyn. Astron. 121 (2015) 1. Problems that the fast kernel leaves over are brought to sizes near
// one by powers of two, and solved with a bracket.
#define ORRERY_LANES lambert_careful
#include "plugins/orbital/core/lambert.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/orbital/core/lambert_block.hpp"
#include "plugins/orbital/core/lambert_kernel.hpp"
#include "plugins/orbital/core/lambert_roots.hpp"

namespace orrery::orbital {

namespace {

using namespace ORRERY_LANES;

constexpr Vec3 z_axis{0.0, 0.0, 1.0};

bool decided_by_angle(TransferWay way) { return way == TransferWay::short_way || way == TransferWay::long_way; }

double turn_of(TransferWay way) { return way == TransferWay::prograde || way == TransferWay::short_way ? 1.0 : -1.0; }

Vec3 normal_of(const LambertProblem& p) { return decided_by_angle(p.way) ? Vec3{} : p.normal.value_or(z_axis); }

LambertStatus check(const LambertProblem& p) {
  const bool finite = is_finite(p.position1) && is_finite(p.position2) && std::isfinite(p.time_of_flight) &&
                      std::isfinite(p.mu) && is_finite(p.normal.value_or(z_axis));
  if (!finite) return LambertStatus::not_finite;
  if (!(p.mu > 0.0)) return LambertStatus::bad_gravity;
  if (!(p.time_of_flight > 0.0)) return LambertStatus::bad_time;
  if (p.revolutions < 0) return LambertStatus::bad_revolutions;
  if (norm(p.position1) == 0.0 || norm(p.position2) == 0.0) return LambertStatus::zero_radius;
  if (p.position1 == p.position2) return LambertStatus::coincident;
  return LambertStatus::done;
}

/// A problem in units of 2^length and 2^time, in which the longer radius and mu are near one.
struct Scaled {
  LambertProblem problem;
  int length = 0, time = 0;
};

Vec3 shifted(const Vec3& v, int power) {
  return {std::ldexp(v[0], power), std::ldexp(v[1], power), std::ldexp(v[2], power)};
}

Scaled scaled(const LambertProblem& p) {
  Scaled s{p};
  const int mu = std::ilogb(p.mu);
  s.length = std::ilogb(std::max(norm(p.position1), norm(p.position2)));
  if ((3 * s.length - mu) % 2 != 0) ++s.length;
  s.time = (3 * s.length - mu) / 2;
  s.problem.position1 = shifted(p.position1, -s.length);
  s.problem.position2 = shifted(p.position2, -s.length);
  s.problem.time_of_flight = std::ldexp(p.time_of_flight, -s.time);
  s.problem.mu = std::ldexp(p.mu, 2 * s.time - 3 * s.length);
  return s;
}

/// The plane of opposite positions: at right angles to them, and as near to the normal as can be.
bool set_plane(Triangle<double>& t, const LambertProblem& p) {
  if (!p.normal || decided_by_angle(p.way)) return false;
  const double size = norm(*p.normal);
  if (size == 0.0) return false;
  const Vec3 out{t.out1[0], t.out1[1], t.out1[2]};
  const Vec3 normal = (1.0 / size) * *p.normal;
  const Vec3 across = cross(cross(out, normal), out);
  const double length = norm(across);
  if (!(length > 0x1p-50)) return false;
  const Vec3 pole = (turn_of(p.way) / length) * across;
  set_onward(t, pole.data());
  return true;
}

LambertStatus set_triangle(Triangle<double>& t, const LambertProblem& p) {
  const Vec3 normal = normal_of(p);
  t = triangle_of(p.position1.data(), p.position2.data(), normal.data(), turn_of(p.way));
  if (t.cross > 0.0) return LambertStatus::done;
  if (dot(p.position1, p.position2) < 0.0)
    return set_plane(t, p) ? LambertStatus::done : LambertStatus::plane_undefined;
  t.lambda = std::fabs(t.lambda);
  return LambertStatus::done;
}

LambertSolution failed(LambertStatus status, int most_revolutions = 0) {
  LambertSolution solution;
  solution.most_revolutions = most_revolutions;
  solution.status = status;
  return solution;
}

bool in_range(const LambertSolution& s) {
  return is_finite(s.velocity1) && is_finite(s.velocity2) && !std::isnan(s.semi_major_axis);
}

LambertSolution solve_carefully(const LambertProblem& given) {
  const Scaled s = scaled(given);
  Triangle<double> triangle;
  const LambertStatus status = set_triangle(triangle, s.problem);
  if (status != LambertStatus::done) return failed(status);
  const Transfer<double> transfer = transfer_of(triangle, s.problem.mu, s.problem.time_of_flight);
  const detail::TransferNumbers numbers{transfer.lambda, transfer.gap, transfer.time};
  if (!(numbers.time > 0.0) || !std::isfinite(numbers.time)) return failed(LambertStatus::out_of_range);
  const int most = detail::most_revolutions(numbers);
  const detail::TransferRoot root = detail::transfer_root(numbers, given.revolutions, given.branch);
  if (!root.found)
    return failed(given.revolutions > 0 ? LambertStatus::too_many_revolutions : LambertStatus::out_of_range, most);
  const Ends<double> ends = ends_of(triangle, Place<double>{root.anchor, root.offset}, s.problem.mu);
  LambertSolution solution;
  solution.velocity1 = shifted({ends.v1[0], ends.v1[1], ends.v1[2]}, s.length - s.time);
  solution.velocity2 = shifted({ends.v2[0], ends.v2[1], ends.v2[2]}, s.length - s.time);
  solution.semi_major_axis = std::ldexp(ends.axis, s.length);
  solution.most_revolutions = most;
  solution.iterations = root.steps;
  solution.residual = root.error;
  return in_range(solution) ? solution : failed(LambertStatus::out_of_range, most);
}

detail::LambertBlock block_of(const LambertProblem& p) {
  detail::LambertBlock block;
  const Vec3 normal = normal_of(p);
  for (std::size_t i = 0; i < 3; ++i) {
    block.position1[i][0] = p.position1[i];
    block.position2[i][0] = p.position2[i];
    block.normal[i][0] = normal[i];
  }
  block.time_of_flight[0] = p.time_of_flight;
  block.mu[0] = p.mu;
  block.turn[0] = turn_of(p.way);
  return block;
}

}  // namespace

LambertSolution try_lambert(const LambertProblem& problem) noexcept {
  const LambertStatus status = check(problem);
  if (status != LambertStatus::done) return failed(status);
  if (problem.revolutions > 0) return solve_carefully(problem);
  detail::LambertBlock block = block_of(problem);
  detail::solve_row(block);
  if (block.good[0] == 0.0) return solve_carefully(problem);
  LambertSolution solution;
  for (std::size_t i = 0; i < 3; ++i) {
    solution.velocity1[i] = block.velocity1[i][0];
    solution.velocity2[i] = block.velocity2[i][0];
  }
  solution.semi_major_axis = block.axis[0];
  solution.most_revolutions = detail::most_revolutions({block.lambda[0], block.gap[0], block.time[0]});
  solution.iterations = static_cast<int>(block.steps[0]);
  solution.residual = block.error[0];
  return in_range(solution) ? solution : failed(LambertStatus::out_of_range);
}

LambertSolution lambert(const LambertProblem& problem) {
  const LambertSolution solution = try_lambert(problem);
  if (solution.status == LambertStatus::done) return solution;
  std::string text(describe(solution.status));
  if (solution.status == LambertStatus::too_many_revolutions)
    text += " " + std::to_string(problem.revolutions) + " revolutions; it allows " +
            std::to_string(solution.most_revolutions);
  throw std::domain_error(text);
}

std::string_view describe(LambertStatus status) {
  switch (status) {
    case LambertStatus::done:
      return "done";
    case LambertStatus::not_finite:
      return "positions, time of flight, gravitational parameter and normal must be finite";
    case LambertStatus::bad_gravity:
      return "gravitational parameter must be positive";
    case LambertStatus::bad_time:
      return "time of flight must be positive";
    case LambertStatus::bad_revolutions:
      return "revolutions must not be negative";
    case LambertStatus::zero_radius:
      return "a position must not be the centre itself";
    case LambertStatus::coincident:
      return "the two positions must differ: full turns through one place have no chord";
    case LambertStatus::plane_undefined:
      return "the positions are opposite, and no normal across them says in which plane to go";
    case LambertStatus::too_many_revolutions:
      return "the time of flight is too short for";
    case LambertStatus::out_of_range:
      return "the velocities are beyond the range of a double";
  }
  return "unknown";
}

}  // namespace orrery::orbital
