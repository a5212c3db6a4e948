// A block of Lambert's problems by the kernel, for V = Lanes or one double.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/lambert_block.hpp"
#include "plugins/orbital/core/lambert_kernel.hpp"

namespace orrery::orbital::ORRERY_LANES {

template <class V>
inline V load(const double* from) {
  V value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

template <class V>
inline void store(V value, double* to) {
  __builtin_memcpy(to, &value, sizeof value);
}

// Lengths and mu within which no product overflows or loses its error to underflow.
inline constexpr double least_size = 1e-60, largest_size = 1e60;

template <class V>
inline auto ordinary(V a) {
  return both(a >= least_size, a <= largest_size);
}

template <class V>
inline void solve_lanes(detail::LambertBlock& block, int at) {
  V p1[3], p2[3], normal[3];
  for (int i = 0; i < 3; ++i) {
    p1[i] = load<V>(block.position1[i] + at);
    p2[i] = load<V>(block.position2[i] + at);
    normal[i] = load<V>(block.normal[i] + at);
  }
  const V mu = load<V>(block.mu + at);
  const Triangle<V> triangle = triangle_of(p1, p2, normal, load<V>(block.turn + at));
  const Transfer<V> transfer = transfer_of(triangle, mu, load<V>(block.time_of_flight + at));
  const Root<V> found = find_root(transfer);
  const Ends<V> ends = ends_of(triangle, found.place, mu);
  for (int i = 0; i < 3; ++i) {
    store(ends.v1[i], block.velocity1[i] + at);
    store(ends.v2[i], block.velocity2[i] + at);
  }
  store(ends.axis, block.axis + at);
  store(found.error, block.error + at);
  store(found.steps, block.steps + at);
  store(transfer.lambda, block.lambda + at);
  store(transfer.gap, block.gap + at);
  store(transfer.time, block.time + at);
  const auto sized = both(both(ordinary(triangle.r1), ordinary(triangle.r2)), ordinary(mu));
  const auto spread = both(triangle.cross > 0.0, transfer.time > 0.0);
  const auto good = both(both(sized, spread), magnitude(found.error) <= settled);
  const V zero = 0.0 * load<V>(block.turn + at);
  store(select(good, 1.0 + zero, zero), block.good + at);
}

inline void solve_block(detail::LambertBlock& block) {
  for (int at = 0; at < detail::block_size; at += lane_count) solve_lanes<Lanes>(block, at);
}

}  // namespace orrery::orbital::ORRERY_LANES
