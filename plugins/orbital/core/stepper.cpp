// What the steppers share: the motion with its remainders, scales, and the choice of the method.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/stepper.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital {

namespace {

void add_compensated(double& value, double& rest, double increment) {
  const DoubleDouble sum = two_sum(value, increment + rest);
  value = sum.hi;
  rest = sum.lo;
}

double horner(const double* coefficient, std::size_t terms, double x) {
  double sum = 0.0;
  for (std::size_t n = terms; n-- > 1;) sum = (sum + coefficient[n]) * x;
  return coefficient[0] + sum;
}

}  // namespace

std::string MotionSystem::length_text(double length) const {
  return shortest(length * units_.length) + units_.length_name;
}

std::string MotionSystem::time_text(double time) const { return shortest(time * units_.time) + units_.time_name; }

std::string_view name(IntegrationMethod method) {
  switch (method) {
    case IntegrationMethod::taylor:
      return "taylor";
    case IntegrationMethod::dop853:
      return "dop853";
    case IntegrationMethod::rk4:
      return "rk4";
    case IntegrationMethod::yoshida4:
      return "yoshida4";
    case IntegrationMethod::verlet:
      return "verlet";
  }
  return "unknown";
}

bool has_fixed_step(IntegrationMethod method) {
  return method != IntegrationMethod::taylor && method != IntegrationMethod::dop853;
}

void StepPolynomial::evaluate(double since, double* to, double* rate) const {
  const double x = since / unit;
  for (std::size_t i = 0; i < coordinates; ++i) {
    if (to) to[i] = horner(position + i * stride, terms, x);
    if (rate) rate[i] = horner(velocity + i * stride, terms, x);
  }
}

Motion::Motion(std::vector<double> position_now, std::vector<double> velocity_now)
    : position(std::move(position_now)),
      velocity(std::move(velocity_now)),
      position_rest(position.size(), 0.0),
      velocity_rest(position.size(), 0.0) {}

void Motion::add(const std::vector<double>& dx, const std::vector<double>& dv) {
  for (std::size_t i = 0; i < position.size(); ++i) {
    add_compensated(position[i], position_rest[i], dx[i]);
    add_compensated(velocity[i], velocity_rest[i], dv[i]);
  }
}

void Motion::add_time(double h) { add_compensated(time, time_rest, h); }

std::unique_ptr<Stepper> make_stepper(const MotionSystem& system, const StepperOptions& options, double direction) {
  const bool symplectic = options.method == IntegrationMethod::verlet || options.method == IntegrationMethod::yoshida4;
  if (symplectic && system.velocity_dependent())
    throw std::domain_error("method " + std::string(name(options.method)) +
                            " needs accelerations that do not depend on velocity; use taylor, dop853 or rk4");
  if (has_fixed_step(options.method)) {
    require_positive("step", options.step);
    return detail::make_fixed_stepper(system, options, direction);
  }
  if (!(options.tolerance >= 1e-16 && options.tolerance <= 1e-2))
    fail_domain("tolerance", "lie in [1e-16, 0.01]", options.tolerance);
  if (options.method == IntegrationMethod::dop853)
    return detail::make_dop853_stepper(system, options.tolerance, direction);
  if (const std::string why = system.no_series_because(); !why.empty())
    throw std::domain_error("method taylor cannot be used: " + why);
  return detail::make_taylor_stepper(system, options.tolerance, direction);
}

namespace detail {

BodyScale body_scale(const MotionSystem& system, const Motion& motion, const double* acceleration, std::size_t body) {
  const double distance = system.scale(motion.position.data(), body);
  const auto size = [body](const double* a) { return std::hypot(a[3 * body], a[3 * body + 1], a[3 * body + 2]); };
  return {distance, size(motion.velocity.data()) + std::sqrt(distance * size(acceleration))};
}

void fail_encounter(const MotionSystem& system, const Motion& motion, double step) {
  throw std::domain_error("close encounter or collision at time " + system.time_text(motion.time) + ": " +
                          system.closest(motion.position.data()) + "; a step of " + system.time_text(std::fabs(step)) +
                          " is too short for the time to advance");
}

double shortest_step(const Motion& motion, double first_step) {
  return 0x1p-50 * std::max(std::fabs(motion.time), std::fabs(first_step));
}

}  // namespace detail

}  // namespace orrery::orbital
