// The state-transition matrix of two-body motion, for every conic.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), section 9.7, with the G functions of
// Stumpff, Himmelsmechanik I (1959), all in twice the working precision: the blocks are sums of dyads that cancel after
// long times and near the parabola.
#include <array>
#include <cmath>

#include "plugins/orbital/core/stumpff.hpp"
#include "plugins/orbital/core/universal.hpp"

namespace orrery::orbital {

namespace {

constexpr DoubleDouble two_pi{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52};

using Triple = std::array<DoubleDouble, 3>;
using Block = std::array<Triple, 3>;

Triple combine(DoubleDouble f, const Triple& a, DoubleDouble g, const Triple& b) {
  return {f * a[0] + g * b[0], f * a[1] + g * b[1], f * a[2] + g * b[2]};
}

Triple widen(const Vec3& a) { return {a[0], a[1], a[2]}; }
DoubleDouble dot(const Triple& a, const Triple& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

void add_dyad(Block& block, DoubleDouble factor, const Triple& left, const Triple& right) {
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) block[i][j] = block[i][j] + factor * left[i] * right[j];
}

void add_identity(Block& block, DoubleDouble factor) {
  for (std::size_t i = 0; i < 3; ++i) block[i][i] = block[i][i] + factor;
}

// c4 and c5 of Stumpff for small z, where (1/2 - c2)/z and (1/6 - c3)/z cancel.
DoubleDouble series(DoubleDouble z, int order) {
  constexpr int terms = 16;
  DoubleDouble sum{1.0};
  for (int k = terms; k > 0; --k)
    sum = 1.0 - z * sum / DoubleDouble(static_cast<double>((order + 2 * k - 1) * (order + 2 * k)));
  double factorial = 1.0;
  for (int k = 2; k <= order; ++k) factorial *= k;
  return sum / DoubleDouble(factorial);
}

/// What Battin's formulas are made of.
struct Pieces {
  DoubleDouble mu, r0, r, f, g, f_dot, g_dot, c;
  Triple start, start_velocity, there, velocity, gain;  // gain = v - v0
};

// dr/dr0, dr/dv0, dv/dr0, dv/dv0
Block position_by_position(const Pieces& p) {
  Block b{};
  const DoubleDouble cube = p.r0 * p.r0 * p.r0;
  add_dyad(b, p.r / p.mu, p.gain, p.gain);
  add_dyad(b, p.r0 * (1.0 - p.f) / cube, p.there, p.start);
  add_dyad(b, p.c / cube, p.velocity, p.start);
  add_identity(b, p.f);
  return b;
}

Block position_by_velocity(const Pieces& p) {
  Block b{};
  const DoubleDouble share = p.r0 * (1.0 - p.f) / p.mu;
  add_dyad(b, share, combine(1.0, p.there, -1.0, p.start), p.start_velocity);
  add_dyad(b, -share, p.gain, p.start);
  add_dyad(b, p.c / p.mu, p.velocity, p.start_velocity);
  add_identity(b, p.g);
  return b;
}

Block velocity_by_position(const Pieces& p) {
  Block b{};
  const DoubleDouble square = p.r * p.r, start_square = p.r0 * p.r0;
  const Triple turned = combine(dot(p.there, p.velocity), p.there, -square, p.velocity);
  add_dyad(b, -1.0 / start_square, p.gain, p.start);
  add_dyad(b, -1.0 / square, p.there, p.gain);
  add_dyad(b, -p.f_dot / square, p.there, p.there);
  add_dyad(b, p.f_dot / (p.mu * p.r), turned, p.gain);
  add_dyad(b, -(p.mu * p.c) / (square * p.r * start_square * p.r0), p.there, p.start);
  add_identity(b, p.f_dot);
  return b;
}

Block velocity_by_velocity(const Pieces& p) {
  Block b{};
  const DoubleDouble cube = p.r * p.r * p.r;
  add_dyad(b, p.r0 / p.mu, p.gain, p.gain);
  add_dyad(b, p.r0 * (1.0 - p.f) / cube, p.there, p.start);
  add_dyad(b, -p.c / cube, p.there, p.start_velocity);
  add_identity(b, p.g_dot);
  return b;
}

void place(const Block& block, std::size_t row, std::size_t column, int exponent, std::array<double, 36>& matrix) {
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) matrix[6 * (row + i) + column + j] = std::ldexp(block[i][j].value(), exponent);
}

bool all_finite(const std::array<double, 36>& matrix) {
  for (const double value : matrix)
    if (!std::isfinite(value)) return false;
  return true;
}

}  // namespace

// Battin's C = mu^2 (3 G5 - s G4) - mu t G2, which grows with the turns: a change of the period adds up.
DoubleDouble Orbit::secular(const Universal& u, double dt) const noexcept {
  constexpr double series_below = 1.0;
  const DoubleDouble mu{mu_};
  DoubleDouble s = u.s;
  double turns = 0.0;
  if (beta_.hi > 0.0 && std::fabs(dt) > 0.5 * period_.hi) turns = std::nearbyint(dt / period_.hi);
  if (turns != 0.0) s = s + two_pi * turns / sqrt(beta_);
  const DoubleDouble z = beta_ * s * s;
  DoubleDouble g4, g5;
  if (std::fabs(z.hi) < series_below) {
    const DoubleDouble fourth = s * s * s * s;
    g4 = fourth * series(z, 4);
    g5 = fourth * s * series(z, 5);
  } else {
    const DoubleDouble g3 = turns == 0.0 ? u.g3 : (s - u.g1) / beta_;
    g4 = (0.5 * s * s - u.g2) / beta_;
    g5 = (s * s * s / DoubleDouble(6.0) - g3) / beta_;
  }
  return mu * mu * (3.0 * g5 - s * g4) - mu * dt * u.g2;
}

TransitionResult Orbit::try_transition(double dt) const noexcept {
  TransitionResult result;
  const PropagationResult there = try_at(dt);
  result.status = there.status;
  if (result.status != PropagationStatus::done) return result;
  const double scaled_dt = std::ldexp(dt, -time_);
  bool lost = false;
  const DoubleDouble left = reduced(scaled_dt, lost) + since_start_;
  int iterations = 0;
  const Universal u = solve(left, iterations);
  Pieces p{.mu = mu_, .r0 = radius_, .r = u.radius};
  p.f = 1.0 - p.mu * u.g2 / p.r0;
  p.g = radius_ * u.g1 + sigma_ * u.g2;
  p.f_dot = -(p.mu * u.g1) / (p.r * p.r0);
  p.g_dot = (radius_ * (1.0 - beta_ * u.g2) + sigma_ * u.g1) / p.r;
  p.c = secular(u, scaled_dt);
  p.start = widen(start_.position);
  p.start_velocity = widen(start_.velocity);
  p.there = combine(p.f, p.start, p.g, p.start_velocity);
  p.velocity = combine(p.f_dot, p.start, p.g_dot, p.start_velocity);
  p.gain = combine(1.0, p.velocity, -1.0, p.start_velocity);
  result.state = there.state;
  place(position_by_position(p), 0, 0, 0, result.matrix);
  place(position_by_velocity(p), 0, 3, time_, result.matrix);
  place(velocity_by_position(p), 3, 0, -time_, result.matrix);
  place(velocity_by_velocity(p), 3, 3, 0, result.matrix);
  if (!all_finite(result.matrix)) {
    result = {};
    result.status = PropagationStatus::out_of_range;
  }
  return result;
}

}  // namespace orrery::orbital
