// Positions of another body as numbers and as Taylor coefficients.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/third_body.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

namespace {

constexpr std::size_t most_rows = 8;

/// Newton's divided differences of one coordinate in the variable (t - origin)/unit, then powers of it.
std::array<double, most_rows> powers(std::span<const double> times, std::span<const Vec3> rows, std::size_t axis,
                                     double origin, double unit) {
  std::array<double, most_rows> node{}, difference{}, power{};
  const std::size_t n = times.size();
  for (std::size_t i = 0; i < n; ++i) node[i] = (times[i] - origin) / unit, difference[i] = rows[i][axis];
  for (std::size_t k = 1; k < n; ++k)
    for (std::size_t i = n; i-- > k;) difference[i] = (difference[i] - difference[i - 1]) / (node[i] - node[i - k]);
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t m = n - 1; m >= 1; --m) power[m] = power[m - 1] - node[i] * power[m];
    power[0] = difference[i] - node[i] * power[0];
  }
  return power;
}

}  // namespace

ThirdBody ThirdBody::at_rest(const Vec3& position, double gravity) {
  ThirdBody body;
  body.rest_ = position;
  body.gravity_ = gravity;
  return body;
}

ThirdBody ThirdBody::on_orbit(const Elements& elements, double orbit_gravity, double gravity) {
  ThirdBody body;
  body.gravity_ = gravity;
  body.orbit_gravity_ = orbit_gravity;
  body.orbit_.emplace(elements, orbit_gravity);
  return body;
}

ThirdBody ThirdBody::from_table(std::vector<double> times, std::vector<Vec3> position, double gravity) {
  require_size("third body's positions", position.size(), times.size());
  if (times.size() < 2) throw std::invalid_argument("a third body's table must have at least 2 rows");
  for (std::size_t i = 1; i < times.size(); ++i)
    if (!(times[i] > times[i - 1]))
      throw std::domain_error("a third body's times must increase; row " + std::to_string(i) + " does not");
  ThirdBody body;
  body.gravity_ = gravity;
  body.times_ = std::move(times);
  body.rows_ = std::move(position);
  return body;
}

/// The interval that a step from `time` in a direction lies in.
std::size_t ThirdBody::interval(double time, double direction) const {
  const auto place = direction > 0.0 ? std::upper_bound(times_.begin(), times_.end(), time)
                                     : std::lower_bound(times_.begin(), times_.end(), time);
  const auto after = static_cast<std::size_t>(place - times_.begin());
  return std::clamp<std::size_t>(after, 1, times_.size() - 1) - 1;
}

std::size_t ThirdBody::first_row(std::size_t interval, std::size_t rows) const {
  const std::size_t before = rows / 2 - 1, last = times_.size() - rows;
  return std::min(interval > before ? interval - before : 0, last);
}

Vec3 ThirdBody::at(double time) const {
  if (orbit_) return orbit_->at(time).position;
  if (times_.empty()) return rest_;
  const std::size_t rows = std::min(most_rows, times_.size());
  const std::size_t first = first_row(interval(time, 1.0), rows);
  const std::span<const double> node(times_.data() + first, rows);
  Vec3 sum{};
  for (std::size_t i = 0; i < rows; ++i) {
    double weight = 1.0;
    for (std::size_t k = 0; k < rows; ++k)
      if (k != i) weight *= (time - node[k]) / (node[i] - node[k]);
    sum = sum + weight * rows_[first + i];
  }
  return sum;
}

double ThirdBody::next_break(double time, double direction) const {
  const double never = direction * std::numeric_limits<double>::infinity();
  if (times_.empty()) return never;
  const std::size_t i = interval(time, direction);
  const double next = direction > 0.0 ? times_[i + 1] : times_[i];
  return direction * (next - time) > 0.0 ? next : never;
}

void ThirdBody::require_time(double time, const Units& units) const {
  if (times_.empty() || (time >= times_.front() && time <= times_.back())) return;
  throw std::domain_error("the third body's table covers times from " + shortest(times_.front() * units.time) + " to " +
                          shortest(times_.back() * units.time) + units.time_name + "; " + shortest(time * units.time) +
                          " is outside");
}

void ThirdBody::expand_table(const StepContext& at, double unit, taylor::Triple<taylor::Jet>& to) const {
  const std::size_t rows = std::min(most_rows, times_.size());
  const std::size_t first = first_row(interval(at.time, at.direction), rows);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto power = powers({times_.data() + first, rows}, {rows_.data() + first, rows}, axis, at.time, unit);
    double* c = to[axis].coefficients();
    std::fill_n(c, taylor::terms_at_most, 0.0);
    std::copy_n(power.begin(), rows, c);
  }
}

void ThirdBody::expand_orbit(const StepContext& at, double unit, taylor::Triple<taylor::Jet>& to) const {
  const std::size_t n = to[0].order();
  if (n == 0) {
    const State state = orbit_->at(at.time);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      to[axis].coefficients()[0] = state.position[axis];
      to[axis].coefficients()[1] = unit * state.velocity[axis];
    }
  }
  const taylor::Jet inverse_cube = power(taylor::square_norm(to), -1.5);
  const double factor = -orbit_gravity_ * unit * unit / (static_cast<double>(n + 1) * static_cast<double>(n + 2));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const taylor::Jet pull = inverse_cube * to[axis];
    to[axis].coefficients()[n + 2] = factor * pull.current();
  }
}

taylor::Triple<taylor::Jet> ThirdBody::series(const StepContext& at, double unit, taylor::Workspace& workspace) const {
  taylor::Triple<taylor::Jet> to{taylor::Jet::fresh(workspace), taylor::Jet::fresh(workspace),
                                 taylor::Jet::fresh(workspace)};
  if (orbit_) expand_orbit(at, unit, to);
  else if (!times_.empty() && workspace.order() == 0) expand_table(at, unit, to);
  else if (times_.empty())
    for (std::size_t axis = 0; axis < 3; ++axis)
      to[axis].coefficients()[workspace.order()] = workspace.order() == 0 ? rest_[axis] : 0.0;
  return to;
}

}  // namespace orrery::orbital
