// The circular restricted three-body problem: motion, Jacobi's constant and the points of Lagrange.
// SPDX-License-Identifier: Apache-2.0
//
// Szebehely, Theory of Orbits (1967) chapters 1 and 4. Units: the distance of the primaries, and the time in which they
// turn by one radian. The larger one, of mass 1 - mu, sits at (-mu, 0, 0), the smaller one at (1 - mu, 0, 0).
#pragma once

#include <array>

#include "plugins/orbital/core/motion_system.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// A massless body in the frame that turns with two others.
class RestrictedThreeBody : public MotionSystem {
 public:
  /// @param mass_ratio [-] mu = m2/(m1 + m2), 0 <= mu <= 1
  /// @throws std::domain_error if it is outside its range
  explicit RestrictedThreeBody(double mass_ratio);

  [[nodiscard]] std::size_t bodies() const override { return 1; }
  [[nodiscard]] bool velocity_dependent() const override { return true; }
  void acceleration(const StepContext& at, const double* position, const double* velocity,
                    double* acceleration) const override;
  void series(const StepContext& at, double unit, taylor::Workspace& workspace, const taylor::Jet* position,
              const taylor::Jet* velocity, double* acceleration) const override;
  [[nodiscard]] double scale(const double* position, std::size_t body) const override;
  [[nodiscard]] std::string closest(const double* position) const override;

 private:
  double mass_ratio_;
};

/// C = x^2 + y^2 + 2 (1 - mu)/r1 + 2 mu/r2 - v^2.
/// @param state in the rotating frame   @param mass_ratio 0 <= mu <= 1
/// @throws std::domain_error if an argument is outside its range, or the body is at a primary
/// @accuracy 6 roundings of the largest term (measured)
double jacobi_constant(const State& state, double mass_ratio);

struct LagrangePoints {
  std::array<Vec3, 5> position{};    ///< L1 between the primaries, L2 beyond 1 - mu, L3 beyond -mu; L4 leads, L5 trails
  std::array<double, 5> distance{};  ///< from the primary at 1 - mu; of L3 from the one at -mu; 1 for L4 and L5
  std::array<double, 5> jacobi{};    ///< of a body at rest there
};

/// @param mass_ratio 0 < mu < 1; above 1/2 it is the primary at 1 - mu that is larger
/// @throws std::domain_error if it is outside its range
/// @accuracy distance 2 roundings for every mu down to 1e-300, also where 1 - mu rounds to 1 (measured)
/// @source Szebehely (1967) section 4.4: Euler's quintics, here in the distance from the nearer primary
LagrangePoints lagrange_points(double mass_ratio);

}  // namespace orrery::orbital
