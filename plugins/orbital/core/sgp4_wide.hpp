// SGP4 for vectors of near-earth instants, included by one file for each instruction set.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "plugins/orbital/core/sgp4_kernel.hpp"
#include "plugins/orbital/core/sgp4_parts.hpp"

namespace orrery::orbital::detail {
namespace {  // NOLINT: the bodies differ with the flags of the file, so each file has its own

template <class V>
constexpr std::size_t width_of = sizeof(V) / sizeof(double);

/// Instants i to i + count.
template <class V>
void wide_block(const Sgp4Near& near, const double* minutes, std::size_t count, double* position, double* velocity,
                double* status) {
  V t;
  for (std::size_t k = 0; k < width_of<V>; ++k) t[k] = minutes[k < count ? k : 0];
  Osculant<V> o = secular_effects<V>(near.secular, near.tilt, t);
  check_eccentricity<V>(o);
  const Instants<V> out = state_of<V>(o, near.earth);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      position[3 * k + axis] = out.position[axis][k];
      velocity[3 * k + axis] = out.velocity[axis][k];
    }
    status[k] = out.status[k];
  }
}

template <class V>
void wide(const Sgp4Near& near, const double* minutes, std::size_t n, double* position, double* velocity,
          double* status) {
  constexpr std::size_t w = width_of<V>;
  for (std::size_t i = 0; i < n; i += w)
    wide_block<V>(near, minutes + i, n - i < w ? n - i : w, position + 3 * i, velocity + 3 * i, status + i);
}

}  // namespace
}  // namespace orrery::orbital::detail
