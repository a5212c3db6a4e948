// Propagation of many orbits and to many times.
// SPDX-License-Identifier: Apache-2.0
// Batches of the universal-variable propagation of propagate.cpp (Battin 1999, section 4.5), and its messages.
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/energy.hpp"
#include "plugins/orbital/core/propagate.hpp"

namespace orrery::orbital {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

void write_triple(std::span<double> rows, std::size_t row, const Vec3& value) {
  if (rows.empty()) return;
  for (std::size_t k = 0; k < 3; ++k) rows[3 * row + k] = value[k];
}

Vec3 triple(std::span<const double> rows, std::size_t row) {
  return {rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]};
}

/// @returns 1 for a bad row, 0 for a good one
std::size_t write(const PropagationBatch& results, std::size_t row, const PropagationResult& result) {
  const bool good = result.status == PropagationStatus::done;
  const Vec3 lost{not_a_number, not_a_number, not_a_number};
  write_triple(results.position, row, good ? result.state.position : lost);
  write_triple(results.velocity, row, good ? result.state.velocity : lost);
  if (!results.iterations.empty()) results.iterations[row] = result.iterations;
  if (!results.status.empty()) results.status[row] = result.status;
  return good ? 0 : 1;
}

void require_rows(const PropagationBatch& results, std::size_t rows) {
  require_size_or_none("position", results.position.size(), 3 * rows);
  require_size_or_none("velocity", results.velocity.size(), 3 * rows);
  require_size_or_none("iterations", results.iterations.size(), rows);
  require_size_or_none("status", results.status.size(), rows);
}

std::size_t count_states(std::span<const double> position, std::span<const double> velocity,
                         std::span<const double> mu) {
  if (position.size() % 3 != 0)
    throw std::invalid_argument("position must have a multiple of 3 values; it has " + std::to_string(position.size()));
  const std::size_t n = position.size() / 3;
  require_size("velocity", velocity.size(), 3 * n);
  require_size_or_one("gravitational parameter", mu.size(), n);
  return n;
}

double pick(std::span<const double> values, std::size_t row) { return values[values.size() == 1 ? 0 : row]; }

}  // namespace

std::string_view name(PropagationStatus status) {
  switch (status) {
    case PropagationStatus::done:
      return "done";
    case PropagationStatus::not_finite:
      return "not_finite";
    case PropagationStatus::bad_gravity:
      return "bad_gravity";
    case PropagationStatus::zero_radius:
      return "zero_radius";
    case PropagationStatus::phase_lost:
      return "phase_lost";
    case PropagationStatus::at_collision:
      return "at_collision";
    case PropagationStatus::out_of_range:
      return "out_of_range";
  }
  return "unknown";
}

State propagate(const State& start, double mu, double dt) {
  detail::require_state(start, mu);
  return Orbit(start, mu).at(dt);
}

State Orbit::at(double dt) const {
  const PropagationResult result = try_at(dt);
  switch (result.status) {
    case PropagationStatus::done:
      return result.state;
    case PropagationStatus::not_finite:
      require_finite("time", dt);
      throw std::domain_error("position, velocity and gravitational parameter must be finite");
    case PropagationStatus::bad_gravity:
      throw std::domain_error("gravitational parameter must be positive and finite");
    case PropagationStatus::zero_radius:
      throw std::domain_error("distance from the centre must be positive; it is 0");
    case PropagationStatus::phase_lost:
      fail_domain("time", "lie within 4503599627370496 periods, or its phase is lost", dt);
    case PropagationStatus::at_collision:
      fail_domain("time", "not be that at which a rectilinear orbit reaches the centre", dt);
    case PropagationStatus::out_of_range:
      fail_domain("time", "lead to a state within the range of a double", dt);
  }
  throw std::logic_error("unknown status of a propagation");
}

std::size_t propagate(const State& start, double mu, std::span<const double> times, const PropagationBatch& results) {
  require_rows(results, times.size());
  const Orbit orbit(start, mu);
  std::size_t bad = 0;
  for (std::size_t i = 0; i < times.size(); ++i) bad += write(results, i, orbit.try_at(times[i]));
  return bad;
}

std::size_t propagate_each(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results) {
  const std::size_t n = count_states(position, velocity, mu);
  require_size_or_one("time", times.size(), n);
  require_rows(results, n);
  std::size_t bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Orbit orbit({triple(position, i), triple(velocity, i)}, pick(mu, i));
    bad += write(results, i, orbit.try_at(pick(times, i)));
  }
  return bad;
}

std::size_t propagate_grid(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results) {
  const std::size_t n = count_states(position, velocity, mu);
  require_rows(results, n * times.size());
  std::size_t bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Orbit orbit({triple(position, i), triple(velocity, i)}, pick(mu, i));
    for (std::size_t j = 0; j < times.size(); ++j) bad += write(results, i * times.size() + j, orbit.try_at(times[j]));
  }
  return bad;
}

}  // namespace orrery::orbital
