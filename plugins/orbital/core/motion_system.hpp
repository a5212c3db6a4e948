// What an integrator sees of a problem: accelerations of bodies as numbers and as Taylor coefficients.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>

#include "plugins/orbital/core/taylor_jet.hpp"

namespace orrery::orbital {

/// Instant, and what does not change within a step.
struct StepContext {
  double time = 0.0;
  double direction = 1.0;  ///< in which time runs: +1 or -1
  bool dark = false;       ///< whether the step lies in a shadow with a sharp edge
};

/// What one unit of length and of time of a system are worth outside, for messages.
struct Units {
  double length = 1.0, time = 1.0;
  const char* length_name = "";  ///< with a space in front, as " m"
  const char* time_name = "";
};

/// x'' = a(t, x, x') for k bodies of three coordinates each.
///
/// Systems are stateless while they are integrated: all calls are const and may come from many threads.
class MotionSystem {
 public:
  explicit MotionSystem(const Units& units = {}) : units_(units) {}
  virtual ~MotionSystem() = default;
  [[nodiscard]] const Units& units() const { return units_; }
  [[nodiscard]] std::string length_text(double length) const;
  [[nodiscard]] std::string time_text(double time) const;

  [[nodiscard]] virtual std::size_t bodies() const = 0;
  /// Velocity Verlet and Yoshida's compositions need accelerations that do not depend on velocities.
  [[nodiscard]] virtual bool velocity_dependent() const { return false; }
  /// Why Taylor series cannot be used for it; empty if they can.
  [[nodiscard]] virtual std::string no_series_because() const { return {}; }

  /// @param position, velocity, acceleration 3 k
  virtual void acceleration(const StepContext& at, const double* position, const double* velocity,
                            double* acceleration) const = 0;

  /// The coefficient of the workspace's order of all accelerations. The time of the series runs in units of `unit`.
  /// @param position, velocity 3 k jets, known up to that order   @param acceleration 3 k numbers
  virtual void series(const StepContext& at, double unit, taylor::Workspace& workspace, const taylor::Jet* position,
                      const taylor::Jet* velocity, double* acceleration) const = 0;

  /// The distance against which errors of a body count: to what attracts it most closely.
  [[nodiscard]] virtual double scale(const double* position, std::size_t body) const = 0;

  /// The next instant beyond `time` where accelerations are not smooth: no step goes across it.
  [[nodiscard]] virtual double next_break(double /*time*/, double direction) const {
    return direction * std::numeric_limits<double>::infinity();
  }
  /// Whether a sharp shadow has to be looked for, and a function that is negative in it.
  [[nodiscard]] virtual bool has_sharp_shadow() const { return false; }
  [[nodiscard]] virtual double light(double /*time*/, const double* /*position*/) const { return 1.0; }

  /// @throws std::domain_error if the system is not known at that time
  virtual void require_time(double /*time*/) const {}

  /// Who is how close to whom, for messages: "body 1 is 3.2 m from body 4".
  [[nodiscard]] virtual std::string closest(const double* position) const = 0;

 private:
  Units units_;
};

/// A step as polynomials: coordinate i at t is the sum of position[i stride + n] ((t - begin)/unit)^n.
struct StepPolynomial {
  double begin = 0.0, begin_rest = 0.0;  ///< begin + begin_rest
  double length = 0.0;                   ///< signed
  double unit = 1.0;
  std::size_t coordinates = 0, terms = 0, stride = 0;
  const double* position = nullptr;
  const double* velocity = nullptr;

  [[nodiscard]] double since_begin(double time) const { return (time - begin) - begin_rest; }
  /// @param since time since the begin   @param to 3 k positions, or null   @param rate 3 k velocities, or null
  void evaluate(double since, double* to, double* rate) const;
};

}  // namespace orrery::orbital
