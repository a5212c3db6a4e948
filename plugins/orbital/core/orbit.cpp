// One orbit and many times: the kernel of closed orbits where it can, universal variables elsewhere.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), sections 4.3 and 4.5; the kernel's
// sources are named in orbit_kernel.hpp.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "plugins/orbital/core/propagate.hpp"

namespace orrery::orbital {

namespace {

constexpr std::size_t least_block = 8;

const detail::OrbitKernel& kernel() { return detail::orbit_kernels().back(); }

// A power of two times a number; by a product where that power is a double.
double times_power(double a, int exponent) {
  constexpr int largest = 1000;
  if (exponent < -largest || exponent > largest) return std::ldexp(a, exponent);
  return a * std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

State state_of(const detail::ArrivalBlock& block, std::size_t i) {
  const auto& c = block.component;
  return {{c[0][i], c[1][i], c[2][i]}, {c[3][i], c[4][i], c[5][i]}};
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

void Orbit::try_at(std::span<const double> times, std::span<PropagationResult> results) const noexcept {
  const bool closed =
      status_ == PropagationStatus::done && columns_[static_cast<std::size_t>(detail::OrbitColumn::good)] > 0.0;
  detail::OrbitBlock orbits;
  for (std::size_t k = 0; k < columns_.size(); ++k) orbits.value[k][0] = columns_[k];
  detail::ArrivalBlock block;
  block.one_orbit = true;
  for (std::size_t begin = 0; begin < times.size(); begin += detail::orbit_block_size) {
    const std::size_t rows = std::min(detail::orbit_block_size, times.size() - begin);
    block.size = (rows + least_block - 1) / least_block * least_block;
    for (std::size_t i = 0; i < block.size; ++i) block.time[i] = i < rows ? times_power(times[begin + i], -time_) : 1.0;
    if (closed) kernel().move(orbits, block);
    for (std::size_t i = 0; i < rows; ++i) {
      PropagationResult& result = results[begin + i];
      result = {};
      result.status = std::isfinite(times[begin + i]) ? status_ : PropagationStatus::not_finite;
      if (result.status != PropagationStatus::done) continue;
      if (closed && block.good[i]) result = {state_of(block, i), 1, PropagationStatus::done};
      else result = follow_any_conic(block.time[i]);
      result = in_given_units(result);
    }
  }
}

}  // namespace orrery::orbital
