// A satellite under the forces that the user names: central and zonal gravity, third bodies, drag, sunlight.
// SPDX-License-Identifier: Apache-2.0
//
// Kaula, Theory of Satellite Geodesy (1966) chapter 1 (zonal harmonics); Battin (1999) section 8.4 (third bodies,
// without cancellation); Montenbruck and Gill, Satellite Orbits (2000) sections 3.4 and 3.5 (drag, sunlight, shadows).
#pragma once

#include <optional>
#include <vector>

#include "plugins/orbital/core/motion_system.hpp"
#include "plugins/orbital/core/third_body.hpp"

namespace orrery::orbital {

inline constexpr std::size_t most_third_bodies = 8;

/// Exponential atmosphere that turns with the central body.
struct Drag {
  double density = 0.0;        ///< [mass/length^3] at the radius
  double radius = 0.0;         ///< [length] from the centre
  double scale_height = 1.0;   ///< [length] over which the density falls by e
  double area_per_mass = 0.0;  ///< [length^2/mass] drag coefficient times area over mass
  double rotation = 0.0;       ///< [1/time] about z
};

enum class ShadowKind { none, cylinder, cone };

struct Sunlight {
  double strength = 0.0;   ///< [length^3/time^2] pressure at a distance times its square, area over mass, coefficient
  std::size_t source = 0;  ///< which of the third bodies shines
  ShadowKind shadow = ShadowKind::none;
  double body_radius = 0.0;  ///< [length] of what throws the shadow
  double sun_radius = 0.0;   ///< [length] of what shines
};

/// All in one consistent set of units.
struct SatelliteForces {
  double gravity = 1.0;
  double equatorial_radius = 0.0;
  std::vector<double> zonal;  ///< J2, J3, ... about z
  std::vector<ThirdBody> third;
  std::optional<Drag> drag;
  std::optional<Sunlight> sunlight;
};

/// Edges of the shadows of a sphere: negative inside.
enum class ShadowEdge { cylinder, umbra, penumbra };
/// @param position of the satellite   @param sun position, both from the centre of the sphere
/// @returns [length^2] squared distance from the shadow's axis less that of its edge, continuous everywhere
double outside_shadow(ShadowEdge edge, const Vec3& position, const Vec3& sun, double body_radius, double sun_radius);

/// The part of the Sun's disc that is seen past a sphere: 1 in full light, 0 in the umbra.
double visible_part(const Vec3& position, const Vec3& sun, double body_radius, double sun_radius);

class Satellite : public MotionSystem {
 public:
  /// @throws std::domain_error if a number is outside its range
  explicit Satellite(SatelliteForces forces, const Units& units = {});

  [[nodiscard]] const SatelliteForces& forces() const { return forces_; }
  /// Kinetic energy and the potential of the central body with its zonal harmonics, per unit of mass.
  [[nodiscard]] double energy(const Vec3& position, const Vec3& velocity) const;

  [[nodiscard]] std::size_t bodies() const override { return 1; }
  [[nodiscard]] bool velocity_dependent() const override { return forces_.drag.has_value(); }
  [[nodiscard]] std::string no_series_because() const override;
  void acceleration(const StepContext& at, const double* position, const double* velocity,
                    double* acceleration) const override;
  void series(const StepContext& at, double unit, taylor::Workspace& workspace, const taylor::Jet* position,
              const taylor::Jet* velocity, double* acceleration) const override;
  [[nodiscard]] double scale(const double* position, std::size_t body) const override;
  [[nodiscard]] double next_break(double time, double direction) const override;
  [[nodiscard]] bool has_sharp_shadow() const override;
  [[nodiscard]] double light(double time, const double* position) const override;
  void require_time(double time) const override;
  [[nodiscard]] std::string closest(const double* position) const override;

 private:
  SatelliteForces forces_;
};

}  // namespace orrery::orbital
