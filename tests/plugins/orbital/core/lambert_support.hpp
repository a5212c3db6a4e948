// Random problems of Lambert, and how well a solution arrives when it is propagated.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "plugins/orbital/core/lambert.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

namespace orrery::orbital::test {

enum class Corner {
  plain,           ///< radii within a factor of 10, T from 0.1 to 30
  lopsided,        ///< radii up to 1e6 apart, T from 1e-6 to 1e6
  aligned,         ///< within 1e-12 to 0.1 of the same or the opposite direction
  near_parabolic,  ///< within 1e-16 to 0.1 of the parabola's time
};

inline Vec3 near_direction(Draw& draw, const Vec3& of) {
  const Vec3 off = draw.decade(-12, -1) * draw.direction();
  const Vec3 sum = (draw.uniform(0, 1) < 0.5 ? 1.0 : -1.0) * of + off;
  return (1.0 / norm(sum)) * sum;
}

inline LambertProblem draw_problem(Draw& draw, Corner corner) {
  LambertProblem p;
  const Vec3 u1 = draw.direction();
  const Vec3 u2 = corner == Corner::aligned ? near_direction(draw, u1) : draw.direction();
  const double spread = corner == Corner::lopsided ? 6 : 0.5, reach = corner == Corner::lopsided ? 6 : 4;
  const double r2 =
      corner == Corner::aligned && draw.uniform(0, 1) < 0.3 ? 1 + draw.decade(-15, -1) : draw.decade(-spread, spread);
  p.position1 = u1;
  p.position2 = r2 * u2;
  p.way = static_cast<TransferWay>(static_cast<int>(draw.uniform(0, 4)));
  const double chord = norm(p.position2 - p.position1), s = 0.5 * (norm(p.position1) + norm(p.position2) + chord);
  double time = corner == Corner::plain ? draw.decade(-1, 1.5) : draw.decade(-reach, reach);
  if (corner == Corner::near_parabolic) {
    const bool around = draw.uniform(0, 1) < 0.5;
    p.way = around ? TransferWay::long_way : TransferWay::short_way;
    const double lambda = (around ? -1 : 1) * std::sqrt(std::max(1 - chord / s, 0.0));
    time =
        2.0 / 3.0 * (1 - lambda * lambda * lambda) * (1 + (draw.uniform(0, 1) < 0.5 ? 1 : -1) * draw.decade(-16, -1));
  }
  p.time_of_flight = time * s * std::sqrt(0.5 * s);
  return p;
}

inline Vec3 arrival(const LambertProblem& p, const Vec3& velocity1) {
  return Orbit(State{p.position1, velocity1}, p.mu).at(p.time_of_flight).position;
}

/// How far one rounding of position2, the time or velocity1 moves the arrival.
inline double arrival_unit(const LambertProblem& p, const LambertSolution& s) {
  const Vec3 reached = arrival(p, s.velocity1);
  const double step = 0x1p-36 * norm(s.velocity1);
  double unit = 0x1p-53 * (norm(p.position2) + norm(s.velocity2) * p.time_of_flight);
  for (std::size_t k = 0; k < 3; ++k) {
    Vec3 other = s.velocity1;
    other[k] += step;
    unit = std::max(unit, 0x1p-17 * norm(arrival(p, other) - reached));
  }
  return unit;
}

/// By how many roundings the propagated orbit misses position2; 0 where one moves the arrival by more than 1e-6 of its
/// distance, so that nothing can be said.
inline double roundings_off(const LambertProblem& p, const LambertSolution& s) {
  const double unit = arrival_unit(p, s);
  return unit > 1e-6 * norm(p.position2) ? 0.0 : norm(arrival(p, s.velocity1) - p.position2) / unit;
}

}  // namespace orrery::orbital::test
