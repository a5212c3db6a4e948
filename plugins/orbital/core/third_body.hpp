// Where another body is: at rest, on a conic about the centre, or between the rows of an ephemeris.
// SPDX-License-Identifier: Apache-2.0
//
// Berrut and Trefethen, SIAM Review 46 (2004) 501 (interpolation); Battin (1999) section 4.5 (conics).
#pragma once

#include <optional>
#include <vector>

#include "plugins/orbital/core/motion_system.hpp"
#include "plugins/orbital/core/propagate.hpp"

namespace orrery::orbital {

class ThirdBody {
 public:
  /// A body that stays where it is.
  /// @param position [length] from the centre   @param gravity [length^3/time^2] >= 0
  static ThirdBody at_rest(const Vec3& position, double gravity);

  /// A body on a conic about the centre.
  /// @param gravity of the body itself   @param orbit_gravity of the conic: that of the centre plus that of the body
  /// @throws std::domain_error as elements_to_state
  static ThirdBody on_orbit(const Elements& elements, double orbit_gravity, double gravity);

  /// A body between rows of an ephemeris: in each interval the polynomial through the 8 rows around it (or through all
  /// if there are fewer), so that the position is continuous, and its derivatives nearly so.
  /// @param times n >= 2, increasing   @param position n x 3
  /// @throws std::invalid_argument if lengths do not match   @throws std::domain_error if times do not increase
  static ThirdBody from_table(std::vector<double> times, std::vector<Vec3> position, double gravity);

  [[nodiscard]] double gravity() const { return gravity_; }
  /// @throws std::domain_error if the time is outside of the table, or the orbit cannot be followed to it
  [[nodiscard]] Vec3 at(double time) const;
  /// The coefficient of the workspace's order of the position.
  [[nodiscard]] taylor::Triple<taylor::Jet> series(const StepContext& at, double unit,
                                                   taylor::Workspace& workspace) const;
  [[nodiscard]] double next_break(double time, double direction) const;
  /// @throws std::domain_error if the table does not cover a time
  void require_time(double time, const Units& units) const;

 private:
  [[nodiscard]] std::size_t interval(double time, double direction) const;
  [[nodiscard]] std::size_t first_row(std::size_t interval, std::size_t rows) const;
  void expand_table(const StepContext& at, double unit, taylor::Triple<taylor::Jet>& to) const;
  void expand_orbit(const StepContext& at, double unit, taylor::Triple<taylor::Jet>& to) const;

  double gravity_ = 0.0, orbit_gravity_ = 0.0;
  Vec3 rest_{};
  std::optional<Orbit> orbit_;
  std::vector<double> times_;
  std::vector<Vec3> rows_;
};

}  // namespace orrery::orbital
