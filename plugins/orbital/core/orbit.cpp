// One orbit and many times: the kernel of closed orbits where it can, universal variables elsewhere.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), sections 4.3 and 4.5; the kernel's
// sources are named in orbit_kernel.hpp.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/core/propagate_rows.hpp"

namespace orrery::orbital {

namespace {

constexpr std::size_t least_block = detail::orbit_block_unit;

const detail::OrbitKernel& kernel() { return detail::orbit_kernels().back(); }

// A power of two times a number; by a product where that power is a double.
double power_of_two(int exponent) { return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52); }
double times_power(double a, int exponent) {
  constexpr int largest = 1000;
  if (exponent < -largest || exponent > largest) return std::ldexp(a, exponent);
  return a * power_of_two(exponent);
}

}  // namespace

// The kernel finds the integrals of a state itself, with the bits that it finds them for many states.
void Orbit::prepare_columns(bool from_elements) noexcept {
  if (!(beta_.hi > 0.0)) return;
  detail::StateBlock states;
  states.size = least_block;
  states.known = from_elements;
  const double integrals[6] = {radius_.hi, radius_.lo, sigma_.hi, sigma_.lo, beta_.hi, beta_.lo};
  for (std::size_t k = 0; k < 6; ++k) {
    const double component = k < 3 ? start_.position[k] : start_.velocity[k - 3];
    std::fill_n(states.component[k], least_block, component);
    std::fill_n(states.integral[k], least_block, integrals[k]);
  }
  std::fill_n(states.mu, least_block, mu_);
  std::fill_n(states.since_start, least_block, since_start_);
  detail::OrbitBlock orbits;
  kernel().prepare(states, orbits);
  for (std::size_t k = 0; k < columns_.size(); ++k) columns_[k] = orbits.value[k][0];
}

PropagationResult Orbit::in_given_units(PropagationResult result) const noexcept {
  for (double& component : result.state.position) component = times_power(component, length_);
  for (double& component : result.state.velocity) component = times_power(component, length_ - time_);
  const bool good = is_finite(result.state.position) && is_finite(result.state.velocity);
  if (result.status == PropagationStatus::done && !good) result.status = PropagationStatus::out_of_range;
  if (result.status != PropagationStatus::done) result.state = {};
  return result;
}

/// @returns whether the kernel takes the orbit; its columns then
bool Orbit::begin(detail::OrbitBlock& orbits) const noexcept {
  constexpr int moderate = 600;  // powers of two, so that a bounded orbit stays a double in any units
  if (status_ != PropagationStatus::done || !(columns_[static_cast<std::size_t>(detail::OrbitColumn::good)] > 0.0) ||
      std::abs(length_) > moderate || std::abs(time_) > moderate)
    return false;
  for (std::size_t k = 0; k < columns_.size(); ++k) orbits.value[k][0] = columns_[k];
  return true;
}

void Orbit::move(std::span<const double> times, const detail::OrbitBlock& orbits,
                 detail::ArrivalBlock& arrivals) const noexcept {
  arrivals.size = detail::filled_up(times.size());
  arrivals.one_orbit = true;
  const double unit = power_of_two(-time_);
  for (std::size_t i = 0; i < times.size(); ++i) arrivals.time[i] = times[i] * unit;
  for (std::size_t i = times.size(); i < arrivals.size; ++i) arrivals.time[i] = 1.0;
  kernel().move(orbits, arrivals);
  for (std::size_t k = 0; k < 6; ++k) {
    const double given_unit = power_of_two(k < 3 ? length_ : length_ - time_);
    for (std::size_t i = 0; i < arrivals.size; ++i) arrivals.component[k][i] *= given_unit;
  }
}

PropagationResult Orbit::try_slowly(double dt) const noexcept {
  PropagationResult result;
  result.status = std::isfinite(dt) ? status_ : PropagationStatus::not_finite;
  if (result.status != PropagationStatus::done) return result;
  return in_given_units(follow_any_conic(times_power(dt, -time_)));
}

void Orbit::try_at(std::span<const double> times, std::span<PropagationResult> results) const noexcept {
  detail::OrbitBlock orbits;
  detail::ArrivalBlock arrivals;
  const bool closed = begin(orbits);
  for (std::size_t first = 0; first < times.size(); first += detail::orbit_block_size) {
    const std::size_t rows = std::min(detail::orbit_block_size, times.size() - first);
    if (closed) move(times.subspan(first, rows), orbits, arrivals);
    for (std::size_t i = 0; i < rows; ++i)
      results[first + i] = closed && arrivals.good[i]
                               ? PropagationResult{detail::state_of(arrivals, i), 1, PropagationStatus::done}
                               : try_slowly(times[first + i]);
  }
}

std::size_t Orbit::try_at(std::span<const double> times, std::size_t first,
                          const PropagationBatch& results) const noexcept {
  detail::OrbitBlock orbits;
  detail::ArrivalBlock arrivals;
  const bool closed = begin(orbits);
  std::size_t bad = 0;
  for (std::size_t begin = 0; begin < times.size(); begin += detail::orbit_block_size) {
    const std::size_t rows = std::min(detail::orbit_block_size, times.size() - begin);
    if (closed) move(times.subspan(begin, rows), orbits, arrivals);
    if (closed && detail::all_good(arrivals, rows)) {
      detail::deliver(arrivals, rows, results, first + begin);
      continue;
    }
    for (std::size_t i = 0; i < rows; ++i)
      bad += detail::write(results, first + begin + i,
                           closed && arrivals.good[i]
                               ? PropagationResult{detail::state_of(arrivals, i), 1, PropagationStatus::done}
                               : try_slowly(times[begin + i]));
  }
  return bad;
}

}  // namespace orrery::orbital
