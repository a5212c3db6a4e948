// Propagation of many orbits and to many times.
// SPDX-License-Identifier: Apache-2.0
// Batches of the universal-variable propagation of propagate.cpp (Battin 1999, section 4.5), and its messages.
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/energy.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/core/propagate_rows.hpp"

namespace orrery::orbital {

namespace {

Vec3 triple(std::span<const double> rows, std::size_t row) {
  return {rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]};
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

std::string_view reason(PropagationStatus status) {
  constexpr std::string_view reasons[] = {"done",
                                          "position, velocity, gravitational parameter or time is not finite",
                                          "the gravitational parameter is not positive",
                                          "the body starts at the centre",
                                          "the time is more than 2^52 periods away, so that no phase is left in it",
                                          "the straight orbit is at the centre then, where it has no velocity",
                                          "the state is beyond the range of a double"};
  return reasons[static_cast<std::size_t>(status)];
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

namespace {

/// Many orbits at once, each to its own time.
class Crowd {
 public:
  Crowd(std::span<const double> position, std::span<const double> velocity, std::span<const double> mu,
        std::span<const double> times)
      : position_(position), velocity_(velocity), mu_(mu), times_(times) {}

  /// @returns the number of bad rows among [begin, begin + rows)
  std::size_t move(std::size_t begin, std::size_t rows, const PropagationBatch& results) {
    const std::size_t size = detail::filled_up(rows);
    states_.size = arrivals_.size = size;
    for (std::size_t i = 0; i < size; ++i) put(i, begin + std::min(i, rows - 1));
    const detail::OrbitKernel& kernel = detail::orbit_kernels().back();
    kernel.prepare(states_, orbits_);
    kernel.move(orbits_, arrivals_);
    if (detail::all_good(arrivals_, rows)) {
      detail::deliver(arrivals_, rows, results, begin);
      return 0;
    }
    std::size_t bad = 0;
    for (std::size_t i = 0; i < rows; ++i) bad += detail::write(results, begin + i, result(i, begin + i));
    return bad;
  }

 private:
  void put(std::size_t i, std::size_t row) {
    for (std::size_t k = 0; k < 3; ++k) {
      states_.component[k][i] = position_[3 * row + k];
      states_.component[3 + k][i] = velocity_[3 * row + k];
    }
    states_.mu[i] = pick(mu_, row);
    states_.since_start[i] = 0.0;
    arrivals_.time[i] = pick(times_, row);
  }

  [[nodiscard]] PropagationResult result(std::size_t i, std::size_t row) const {
    if (arrivals_.good[i]) return {detail::state_of(arrivals_, i), 1, {}};
    return Orbit({triple(position_, row), triple(velocity_, row)}, pick(mu_, row)).try_at(pick(times_, row));
  }

  std::span<const double> position_, velocity_, mu_, times_;
  detail::StateBlock states_;
  detail::OrbitBlock orbits_;
  detail::ArrivalBlock arrivals_;
};

}  // namespace

std::size_t propagate(const State& start, double mu, std::span<const double> times, const PropagationBatch& results) {
  require_rows(results, times.size());
  return Orbit(start, mu).try_at(times, 0, results);
}

std::size_t propagate_each(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results) {
  const std::size_t n = count_states(position, velocity, mu);
  require_size_or_one("time", times.size(), n);
  require_rows(results, n);
  Crowd crowd(position, velocity, mu, times);
  std::size_t bad = 0;
  for (std::size_t begin = 0; begin < n; begin += detail::orbit_block_size)
    bad += crowd.move(begin, std::min(detail::orbit_block_size, n - begin), results);
  return bad;
}

std::size_t propagate_grid(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results) {
  const std::size_t n = count_states(position, velocity, mu);
  require_rows(results, n * times.size());
  if (times.size() == 1) return propagate_each(position, velocity, mu, times, results);
  std::size_t bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Orbit orbit({triple(position, i), triple(velocity, i)}, pick(mu, i));
    bad += orbit.try_at(times, i * times.size(), results);
  }
  return bad;
}

}  // namespace orrery::orbital
