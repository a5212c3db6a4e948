// Single steps of the integration methods: Verlet, Yoshida-4, RK4, DOP853 and Taylor series.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "plugins/orbital/core/motion_system.hpp"

namespace orrery::orbital {

enum class IntegrationMethod { taylor, dop853, rk4, yoshida4, verlet };

/// The method as it is spelled in the source.
std::string_view name(IntegrationMethod method);
/// Whether the method has one step for the whole integration.
bool has_fixed_step(IntegrationMethod method);

/// Positions and velocities, each with what rounding has left over (Kahan, Communications of the ACM 8 (1965) 40).
struct Motion {
  double time = 0.0, time_rest = 0.0;
  std::vector<double> position, velocity;
  std::vector<double> position_rest, velocity_rest;

  Motion(std::vector<double> position_now, std::vector<double> velocity_now);
  void add(const std::vector<double>& dx, const std::vector<double>& dv);
  void add_time(double h);
};

/// One method on one system.
///
/// 1. attempt() finds a step from the motion as it is; it may be called again with a shorter limit.
/// 2. polynomial() describes it.
/// 3. advance() takes it.
class Stepper {
 public:
  virtual ~Stepper() = default;
  /// @param limit the longest step allowed, signed; methods of fixed step do not look at it
  /// @returns the step's length, signed; exactly the limit if that is what bounds it
  /// @throws std::domain_error where the steps that accuracy needs are too short for the time to advance
  virtual double attempt(const Motion& from, double limit, bool dark) = 0;
  virtual const StepPolynomial& polynomial(const Motion& from) = 0;
  virtual void advance(Motion& motion) = 0;
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }

 protected:
  std::uint64_t rejected_ = 0;
};

struct StepperOptions {
  IntegrationMethod method = IntegrationMethod::taylor;
  double step = 0.0;         ///< of the methods of fixed step; positive
  double tolerance = 1e-15;  ///< of the others: the error of a step over the scale of each body
};

/// @throws std::domain_error if the method does not fit the system, or an option is out of its range
std::unique_ptr<Stepper> make_stepper(const MotionSystem& system, const StepperOptions& options, double direction);

namespace detail {

std::unique_ptr<Stepper> make_fixed_stepper(const MotionSystem& system, const StepperOptions& options,
                                            double direction);
std::unique_ptr<Stepper> make_dop853_stepper(const MotionSystem& system, double tolerance, double direction);
std::unique_ptr<Stepper> make_taylor_stepper(const MotionSystem& system, double tolerance, double direction);

/// Scales of one body: distance, and the speed that it has or gains on its way across it.
struct BodyScale {
  double distance, speed;
};
BodyScale body_scale(const MotionSystem& system, const Motion& motion, const double* acceleration, std::size_t body);

[[noreturn]] void fail_encounter(const MotionSystem& system, const Motion& motion, double step);

/// The shortest step that still makes sense at a time, given how fast things change there.
double shortest_step(const Motion& motion, double first_step);

}  // namespace detail

}  // namespace orrery::orbital
