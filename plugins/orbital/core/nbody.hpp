// Bodies that attract each other: accelerations, and what their motion conserves.
// SPDX-License-Identifier: Apache-2.0
//
// Newton, Principia (1687); softening: Aarseth, MNRAS 126 (1963) 223.
#pragma once

#include <vector>

#include "plugins/orbital/core/motion_system.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

inline constexpr std::size_t most_series_bodies = 128;

class NBody : public MotionSystem {
 public:
  /// @param gravity [length^3/time^2] G m of each body, >= 0; a body with 0 is a test particle, which attracts nobody
  /// @param softening [length] eps >= 0: the distance r counts as sqrt(r^2 + eps^2)
  /// @throws std::domain_error if a number is outside its range, or there is no body
  NBody(std::vector<double> gravity, double softening, const Units& units = {});

  [[nodiscard]] std::size_t bodies() const override { return gravity_.size(); }
  [[nodiscard]] std::string no_series_because() const override;
  void acceleration(const StepContext& at, const double* position, const double* velocity,
                    double* acceleration) const override;
  void series(const StepContext& at, double unit, taylor::Workspace& workspace, const taylor::Jet* position,
              const taylor::Jet* velocity, double* acceleration) const override;
  /// The distance to the nearest body that attracts it or is attracted by it.
  [[nodiscard]] double scale(const double* position, std::size_t body) const override;
  [[nodiscard]] std::string closest(const double* position) const override;

  /// Sums over the bodies with G m in place of m, each formed with compensation.
  struct Conserved {
    double kinetic = 0.0;                            ///< [length^5/time^4]
    double potential = 0.0;                          ///< [length^5/time^4]
    Vec3 momentum{};                                 ///< [length^4/time^3]
    Vec3 angular_momentum{};                         ///< [length^5/time^3]
    double momentum_size = 0.0, angular_size = 0.0;  ///< the sums of the sizes, against which drifts count
    [[nodiscard]] double energy() const { return kinetic + potential; }
  };
  [[nodiscard]] Conserved conserved(const double* position, const double* velocity) const;

 private:
  [[nodiscard]] bool meet(std::size_t i, std::size_t j) const { return gravity_[i] > 0.0 || gravity_[j] > 0.0; }
  [[nodiscard]] double distance(const double* position, std::size_t i, std::size_t j) const;

  std::vector<double> gravity_;
  double softening_;
};

}  // namespace orrery::orbital
