// The ports by which a scenario names perturbations, and the forces made of them, one row of a batch at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <tuple>

#include "plugins/orbital/core/march.hpp"
#include "plugins/orbital/core/satellite.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"method", sdk::Choice<IntegrationMethod>> integration_method{
    .fallback = "taylor",
    .choices = {"taylor", "dop853", "rk4", "yoshida4", "verlet"},
    .doc =
        "taylor: series of order 20 with a step of its own, to round-off; dop853: Runge-Kutta of order 8 with a step "
        "of its own; rk4, yoshida4 and verlet: fixed step, the last two symplectic"};
inline constexpr sdk::in<"step", f64> step{
    .unit = "s", .min = 0, .above_min = true, .optional = true, .doc = "of rk4, yoshida4 and verlet, which need it"};
inline constexpr sdk::in<"tolerance", f64> integration_tolerance{
    .min = 1e-16,
    .max = 1e-2,
    .optional = true,
    .doc = "of taylor (1.11e-16 if left out) and dop853 (1e-13): error of a step over the distance to the centre"};
inline constexpr sdk::in<"max_steps", i64> max_steps{
    .fallback = "10000000", .min = 1, .max = 1e15, .doc = "after which an integration gives up"};

inline constexpr sdk::in<"equatorial_radius", f64> equatorial_radius{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "R of the central body, with zonal_harmonics"};
inline constexpr sdk::in<"zonal_harmonics", f64, "z"> zonal_harmonics{
    .optional = true, .doc = "J2, J3, ... of the central body about z, any number from one on"};

inline constexpr sdk::in<"third_gravity", f64, "b"> third_gravity{
    .unit = "m^3/s^2",
    .min = 0,
    .optional = true,
    .doc =
        "G m of up to 8 third bodies, which pull on the body and on the centre; 0 for one that only shines. Say where "
        "they are by third_position, by third_times and third_table, or by third_semi_major_axis and the other "
        "elements"};
inline constexpr sdk::in<"third_position", f64, "b x 3"> third_position{
    .unit = "m", .optional = true, .doc = "of third bodies that stay where they are"};
inline constexpr sdk::in<"third_times", f64, "k"> third_times{
    .unit = "s", .optional = true, .doc = "increasing; the integration must stay between the first and the last"};
inline constexpr sdk::in<"third_table", f64, "b x k x 3"> third_table{
    .unit = "m", .optional = true, .doc = "positions at third_times; between them polynomials through 8 rows"};
inline constexpr sdk::in<"third_semi_major_axis", f64, "b"> third_semi_major_axis{
    .unit = "m", .optional = true, .doc = "of conics about the centre, under both gravities"};
inline constexpr sdk::in<"third_eccentricity", f64, "b"> third_eccentricity{.min = 0, .optional = true, .doc = "e"};
inline constexpr sdk::in<"third_inclination", f64, "b"> third_inclination{
    .unit = "rad", .min = 0, .max = 3.14159265358979323846, .optional = true, .doc = "i; 0 if left out"};
inline constexpr sdk::in<"third_ascending_node", f64, "b"> third_ascending_node{
    .unit = "rad", .optional = true, .doc = "0 if left out"};
inline constexpr sdk::in<"third_argument_of_periapsis", f64, "b"> third_argument_of_periapsis{
    .unit = "rad", .optional = true, .doc = "0 if left out"};
inline constexpr sdk::in<"third_true_anomaly", f64, "b"> third_true_anomaly{
    .unit = "rad", .optional = true, .doc = "at the epoch; 0 if left out"};

inline constexpr sdk::in<"density", f64> density{
    .unit = "kg/m^3", .min = 0, .optional = true, .doc = "of the atmosphere at density_radius; brings in drag"};
inline constexpr sdk::in<"density_radius", f64> density_radius{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "distance from the centre"};
inline constexpr sdk::in<"scale_height", f64> scale_height{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "over which the density falls by a factor e"};
inline constexpr sdk::in<"drag_area_per_mass", f64> drag_area_per_mass{
    .unit = "m^2/kg", .min = 0, .optional = true, .doc = "drag coefficient times area over mass"};
inline constexpr sdk::in<"atmosphere_rotation", f64> atmosphere_rotation{
    .unit = "rad/s", .fallback = "0 rad/s", .doc = "about z"};

inline constexpr sdk::in<"light_area_per_mass", f64> light_area_per_mass{
    .unit = "m^2/kg",
    .min = 0,
    .optional = true,
    .doc = "radiation pressure coefficient times area over mass; brings in the pressure of sunlight"};
inline constexpr sdk::in<"light_pressure", f64> light_pressure{
    .unit = "Pa", .fallback = "4.56e-6 Pa", .min = 0, .doc = "of sunlight at 1 au from the Sun"};
inline constexpr sdk::in<"sun", i64> sun{
    .fallback = "0", .min = 0, .max = 7, .doc = "which of the third bodies, counted from 0, is the Sun"};
inline constexpr sdk::in<"shadow", sdk::Choice<ShadowKind>> shadow{
    .fallback = "none",
    .choices = {"none", "cylinder", "cone"},
    .doc = "of the central body; cylinder has a sharp edge, at which steps end, cone has a penumbra"};
inline constexpr sdk::in<"shadow_radius", f64> shadow_radius{
    .unit = "m",
    .min = 0,
    .above_min = true,
    .optional = true,
    .doc = "of the central body; equatorial_radius if left out"};
inline constexpr sdk::in<"sun_radius", f64> sun_radius{
    .unit = "m", .fallback = "695700 km", .min = 0, .above_min = true, .doc = "for the cone"};

/// All ports by which forces are named.
inline constexpr std::tuple forces{equatorial_radius,
                                   zonal_harmonics,
                                   third_gravity,
                                   third_position,
                                   third_times,
                                   third_table,
                                   third_semi_major_axis,
                                   third_eccentricity,
                                   third_inclination,
                                   third_ascending_node,
                                   third_argument_of_periapsis,
                                   third_true_anomaly,
                                   density,
                                   density_radius,
                                   scale_height,
                                   drag_area_per_mass,
                                   atmosphere_rotation,
                                   light_area_per_mass,
                                   light_pressure,
                                   sun,
                                   shadow,
                                   shadow_radius,
                                   sun_radius};

}  // namespace ports

/// Powers of two by which a row's numbers are divided, so that its distance and its gravity are near one and nothing
/// overflows; results do not depend on them.
class RowScale {
 public:
  RowScale(double distance, double gravity) {
    std::frexp(distance, &length_);
    int weight = 0;
    std::frexp(gravity, &weight);
    time_ = (3 * length_ - weight) / 2;
  }
  [[nodiscard]] double length(double x) const { return std::ldexp(x, -length_); }
  [[nodiscard]] double time(double x) const { return std::ldexp(x, -time_); }
  [[nodiscard]] double speed(double x) const { return std::ldexp(x, time_ - length_); }
  [[nodiscard]] double gravity(double x) const { return std::ldexp(x, 2 * time_ - 3 * length_); }
  [[nodiscard]] double rate(double x) const { return std::ldexp(x, time_); }
  [[nodiscard]] Vec3 length(const Vec3& x) const { return {length(x[0]), length(x[1]), length(x[2])}; }
  [[nodiscard]] Vec3 speed(const Vec3& x) const { return {speed(x[0]), speed(x[1]), speed(x[2])}; }
  [[nodiscard]] double length_back(double x) const { return std::ldexp(x, length_); }
  [[nodiscard]] double time_back(double x) const { return std::ldexp(x, time_); }
  [[nodiscard]] double speed_back(double x) const { return std::ldexp(x, length_ - time_); }
  [[nodiscard]] Units units() const { return {std::ldexp(1.0, length_), std::ldexp(1.0, time_), " m", " s"}; }

 private:
  int length_ = 0, time_ = 0;
};

/// Reads the forces that an operation is given. Their numbers are those of the whole batch; only gravity may differ.
template <class Op>
class ForcesInput {
 public:
  explicit ForcesInput(const sdk::Call<Op>& call) : call_(call) {
    require_third();
    require_all_or_none("drag needs", {{"density", has<"density">()},
                                       {"density_radius", has<"density_radius">()},
                                       {"scale_height", has<"scale_height">()},
                                       {"drag_area_per_mass", has<"drag_area_per_mass">()}});
    if (has<"zonal_harmonics">() && !has<"equatorial_radius">())
      throw std::invalid_argument("'zonal_harmonics' need 'equatorial_radius'");
  }

  /// Nothing but the central body.
  [[nodiscard]] bool two_bodies() const {
    return !has<"zonal_harmonics">() && !has<"third_gravity">() && !has<"density">() && !has<"light_area_per_mass">();
  }

  [[nodiscard]] SatelliteForces operator()(double gravity, const RowScale& scale) const {
    SatelliteForces forces{.gravity = scale.gravity(gravity)};
    if (const auto j = call_.template maybe<"zonal_harmonics">()) {
      forces.zonal.assign(j->begin(), j->end());
      forces.equatorial_radius = scale.length(*call_.template maybe<"equatorial_radius">());
    }
    if (const auto third = call_.template maybe<"third_gravity">())
      for (std::int64_t i = 0; i < third->size(); ++i)
        forces.third.push_back(third_body(i, (*third)(i), gravity, scale));
    if (has<"density">()) forces.drag = drag(scale);
    if (has<"light_area_per_mass">()) forces.sunlight = sunlight(scale);
    return forces;
  }

 private:
  template <sdk::FixedString Name>
  [[nodiscard]] bool has() const {
    return call_.template maybe<Name>().has_value();
  }
  struct Given {
    const char* name;
    bool given;
  };
  static void require_all_or_none(const std::string& who, std::initializer_list<Given> all) {
    std::string missing, present;
    for (const Given& g : all) {
      std::string& list = g.given ? present : missing;
      list += (list.empty() ? "'" : ", '") + std::string(g.name) + "'";
    }
    if (!missing.empty() && !present.empty())
      throw std::invalid_argument(who + " " + missing + " too; " + present + " is given");
  }

  void require_third() const {
    const bool any = has<"third_gravity">();
    const int ways = has<"third_position">() + has<"third_table">() + has<"third_semi_major_axis">();
    if (any && ways != 1)
      throw std::invalid_argument(
          "'third_gravity' needs exactly one of 'third_position', 'third_table' and 'third_semi_major_axis'");
    if (!any && ways > 0) throw std::invalid_argument("third bodies need 'third_gravity'; it may be 0");
    if (has<"third_table">() != has<"third_times">())
      throw std::invalid_argument("'third_table' and 'third_times' belong together");
    if (any && call_.template maybe<"third_gravity">()->size() > static_cast<std::int64_t>(most_third_bodies))
      throw std::invalid_argument("at most 8 third bodies are possible; there are " +
                                  std::to_string(call_.template maybe<"third_gravity">()->size()));
    if (has<"light_area_per_mass">() && !any)
      throw std::invalid_argument("sunlight needs the Sun as a third body; its third_gravity may be 0");
  }

  [[nodiscard]] ThirdBody third_body(std::int64_t i, double third, double gravity, const RowScale& scale) const {
    if (const auto rest = call_.template maybe<"third_position">())
      return ThirdBody::at_rest(scale.length(Vec3{(*rest)(i, 0), (*rest)(i, 1), (*rest)(i, 2)}), scale.gravity(third));
    if (const auto table = call_.template maybe<"third_table">()) {
      std::vector<double> times;
      std::vector<Vec3> rows;
      const auto given = *call_.template maybe<"third_times">();
      for (const double t : given) times.push_back(scale.time(t));
      for (std::int64_t k = 0; k < table->extent(1); ++k)
        rows.push_back(scale.length(Vec3{(*table)(i, k, 0), (*table)(i, k, 1), (*table)(i, k, 2)}));
      return ThirdBody::from_table(std::move(times), std::move(rows), scale.gravity(third));
    }
    const auto one = [i](const auto& given) { return given ? (*given)(i) : 0.0; };
    const Elements elements = elements_from_semi_major_axis(
        scale.length(one(call_.template maybe<"third_semi_major_axis">())),
        Eccentricity::from_e(one(call_.template maybe<"third_eccentricity">())),
        {one(call_.template maybe<"third_inclination">()), one(call_.template maybe<"third_ascending_node">()),
         one(call_.template maybe<"third_argument_of_periapsis">()),
         one(call_.template maybe<"third_true_anomaly">())});
    return ThirdBody::on_orbit(elements, scale.gravity(gravity + third), scale.gravity(third));
  }

  // masses cancel: what is left of a density and an area per mass is one over a length, and of a pressure and an area
  // per mass an acceleration
  [[nodiscard]] Drag drag(const RowScale& scale) const {
    const double product = *call_.template maybe<"density">() * *call_.template maybe<"drag_area_per_mass">();
    return {.density = scale.length_back(product),
            .radius = scale.length(*call_.template maybe<"density_radius">()),
            .scale_height = scale.length(*call_.template maybe<"scale_height">()),
            .area_per_mass = 1.0,
            .rotation = scale.rate(call_.template in<"atmosphere_rotation">())};
  }
  [[nodiscard]] Sunlight sunlight(const RowScale& scale) const {
    constexpr double au = 149597870700.0;
    const auto radius = call_.template maybe<"shadow_radius">(),
               equatorial = call_.template maybe<"equatorial_radius">();
    const ShadowKind shadow = call_.template in<"shadow">();
    if (shadow != ShadowKind::none && !radius && !equatorial)
      throw std::invalid_argument("'shadow' needs 'shadow_radius' or 'equatorial_radius'");
    const double strength = *call_.template maybe<"light_area_per_mass">() * call_.template in<"light_pressure">();
    return {.strength = scale.gravity(strength * au * au),
            .source = static_cast<std::size_t>(call_.template in<"sun">()),
            .shadow = shadow,
            .body_radius = scale.length(radius ? *radius : equatorial.value_or(0.0)),
            .sun_radius = scale.length(call_.template in<"sun_radius">())};
  }

  const sdk::Call<Op>& call_;
};

/// The options that an operation is given, in the units of a row.
template <class Op>
IntegrationOptions integration_options(const sdk::Call<Op>& call, IntegrationMethod method, double step) {
  const double usual = method == IntegrationMethod::dop853 ? 1e-13 : 0x1p-53;
  return {.stepper = {.method = method, .step = step, .tolerance = call.template maybe<"tolerance">().value_or(usual)},
          .most_steps = static_cast<std::uint64_t>(call.template in<"max_steps">())};
}

/// @throws std::invalid_argument if a method of fixed step is given none
template <class Op>
double step_for(const sdk::Call<Op>& call, IntegrationMethod method) {
  const auto step = call.template maybe<"step">();
  if (has_fixed_step(method) && !step)
    throw std::invalid_argument("method '" + std::string(name(method)) + "' needs 'step'");
  return step.value_or(0.0);
}

}  // namespace orrery::orbital
