// Declarations of the orbital domain: propagation, integration, events, the radial equation and its invariants.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/sdk/domains/orbital_kepler.hpp"

namespace orrery::domains::orbital {

inline constexpr out<"position", f64, "... x m x 3"> out_positions{.unit = "m", .doc = "at each time"};
inline constexpr out<"velocity", f64, "... x m x 3"> out_velocities{.unit = "m/s", .doc = "at each time"};
inline constexpr in<"position", f64, "... x n x 3"> positions{.unit = "m", .doc = "along an orbit"};
inline constexpr in<"velocity", f64, "... x n x 3"> velocities{.unit = "m/s", .doc = "at the same instants"};

enum class Propagator { kepler, universal, f_and_g_series };
inline constexpr in<"method", Choice<Propagator>> propagator{
    .fallback = "universal", .choices = {"kepler", "universal", "f_and_g_series"}, .doc = "analytic method"};

struct Propagate : Declared<Propagate> {
  static constexpr Info info = long_running("propagate", "Ephemeris of two-body orbits from elements");
  static constexpr auto ports =
      std::tuple_cat(conic, std::tuple{times, propagator, on_error, out_positions, out_velocities,
                                       tap<"kepler_iterations", i64>{.doc = "of each solution of Kepler's equation"}});
};

struct PropagateState : Declared<PropagateState> {
  static constexpr Info info = long_running("propagate_state", "Ephemeris of two-body orbits from states");
  static constexpr std::tuple ports{gravity,    position, velocity,      times,
                                    propagator, on_error, out_positions, out_velocities};
};

struct StateTransition : Declared<StateTransition> {
  static constexpr Info info = long_running("state_transition", "Two-body state-transition matrix, in its four blocks");
  static constexpr std::tuple ports{gravity,
                                    position,
                                    velocity,
                                    times,
                                    out_positions,
                                    out_velocities,
                                    out<"position_by_position", f64, "... x m x 3 x 3">{.doc = "dr/dr0"},
                                    out<"position_by_velocity", f64, "... x m x 3 x 3">{.unit = "s", .doc = "dr/dv0"},
                                    out<"velocity_by_position", f64, "... x m x 3 x 3">{.unit = "1/s", .doc = "dv/dr0"},
                                    out<"velocity_by_velocity", f64, "... x m x 3 x 3">{.doc = "dv/dv0"}};
};

enum class Integrator { verlet, yoshida4, rk4, dop853, taylor };
inline constexpr std::tuple integration{
    in<"integrator", Choice<Integrator>>{.fallback = "taylor",
                                         .choices = {"verlet", "yoshida4", "rk4", "dop853", "taylor"},
                                         .doc = "the first three take a step, the others a tolerance"},
    in<"step", f64>{.unit = "s", .min = 0, .above_min = true, .optional = true, .doc = "of fixed-step methods"},
    in<"tolerance", f64>{
        .fallback = "1e-15", .min = 0, .max = 1, .above_min = true, .doc = "of adaptive methods, relative"},
    in<"max_steps", i64>{.fallback = "100000000", .min = 1, .doc = "after which it fails"},
    out<"steps", i64, "...">{.doc = "accepted"},
    out<"rejected", i64, "...">{.doc = "rejected"},
    tap<"step_size", f64>{.unit = "s", .doc = "of each accepted step"},
    tap<"step_error", f64>{.doc = "estimated, relative to the tolerance"}};

enum class Event { periapsis, apoapsis, ascending_node, descending_node, radius, eclipse_entry, eclipse_exit };
inline constexpr in<"events", Choice<Event>> event_kinds{
    .fallback = "[]",
    .list = true,
    .choices = {"periapsis", "apoapsis", "ascending_node", "descending_node", "radius", "eclipse_entry",
                "eclipse_exit"},
    .doc = "what is looked for"};
inline constexpr in<"event_radius", f64> event_radius{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "of a radius crossing"};
inline constexpr in<"sun_direction", f64, "3"> sun_direction{.optional = true, .doc = "for eclipses; of any length"};
inline constexpr in<"body_radius", f64> body_radius{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "of the eclipsing body"};
inline constexpr out<"events", Table> found_events{
    .columns = {{{.name = "orbit", .dtype = ORRERY_I64, .doc = "which of the batch"},
                 {.name = "time", .unit = "s", .doc = "past the epoch"},
                 {.name = "event", .dtype = ORRERY_TEXT, .doc = "its kind"},
                 {.name = "x", .unit = "m", .doc = "position"},
                 {.name = "y", .unit = "m", .doc = "position"},
                 {.name = "z", .unit = "m", .doc = "position"},
                 {.name = "vx", .unit = "m/s", .doc = "velocity"},
                 {.name = "vy", .unit = "m/s", .doc = "velocity"},
                 {.name = "vz", .unit = "m/s", .doc = "velocity"}}},
    .doc = "in order of orbit and time"};

struct Integrate : Declared<Integrate> {
  static constexpr Info info = long_running("integrate", "Numerical integration of one body under composable forces");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{
          gravity,
          position,
          velocity,
          times,
          event_kinds,
          event_radius,
          sun_direction,
          body_radius,
          in<"zonal", f64, "z">{.optional = true, .doc = "J2, J3, ... up to J6"},
          in<"reference_radius", f64>{
              .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "of the zonals"},
          in<"third_body_gravity", f64, "b">{.unit = "m^3/s^2", .optional = true, .doc = "mu of each third body"},
          in<"third_body_times", f64, "k">{.unit = "s", .optional = true, .doc = "of the ephemerides"},
          in<"third_body_positions", f64, "b x k x 3">{.unit = "m", .optional = true, .doc = "ephemeris of each"},
          in<"drag_coefficient", f64>{.min = 0, .optional = true, .doc = "C_D"},
          in<"area_to_mass", f64>{.unit = "m^2/kg", .min = 0, .optional = true, .doc = "for drag and radiation"},
          in<"density", f64>{.unit = "kg/m^3", .min = 0, .optional = true, .doc = "at the base of the atmosphere"},
          in<"base_height", f64>{.unit = "m", .optional = true, .doc = "of that density"},
          in<"scale_height", f64>{
              .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "of the atmosphere"},
          in<"radiation_pressure", f64>{.unit = "Pa", .min = 0, .optional = true, .doc = "at the body"},
          in<"reflectivity", f64>{.min = 0, .max = 2, .optional = true, .doc = "C_R"},
          out_positions,
          out_velocities,
          out<"energy_drift", f64, "... x m">{.doc = "relative to the start"},
          found_events,
          out<"dense_times", f64, "... x s">{.unit = "s", .optional = true, .doc = "ends of the steps"},
          out<"dense_positions", f64, "... x s x o x 3">{
              .unit = "m", .optional = true, .doc = "coefficients of each step"},
          out<"dense_velocities", f64, "... x s x o x 3">{
              .unit = "m/s", .optional = true, .doc = "coefficients of each step"}},
      integration);
};

struct EvaluateDense : Declared<EvaluateDense> {
  static constexpr Info info = about("evaluate_dense", "A dense output at any times");
  static constexpr std::tuple ports{
      in<"dense_times", f64, "... x s">{.unit = "s", .doc = "ends of the steps"},
      in<"dense_coefficients", f64, "... x s x o x c">{.unit = "*", .doc = "of each step"}, times,
      out<"result", f64, "... x m x c">{.unit = "dense_coefficients", .doc = "values"}};
};

struct IntegrateNbody : Declared<IntegrateNbody> {
  static constexpr Info info =
      long_running("integrate_nbody", "Numerical integration of bodies that attract each other");
  static constexpr std::tuple ports{
      in<"gravity", f64, "k">{.unit = "m^3/s^2", .min = 0, .doc = "G m of each body"},
      in<"position", f64, "... x k x 3">{.unit = "m", .doc = "of each body"},
      in<"velocity", f64, "... x k x 3">{.unit = "m/s", .doc = "of each body"},
      in<"names", Text>{.optional = true, .list = true, .doc = "of the bodies"},
      times,
      in<"softening", f64>{.unit = "m", .fallback = "0 m", .min = 0, .doc = "length added in quadrature"},
      std::get<0>(integration),
      std::get<1>(integration),
      std::get<2>(integration),
      out<"position", f64, "... x m x k x 3">{.unit = "m", .doc = "ephemeris"},
      out<"velocity", f64, "... x m x k x 3">{.unit = "m/s", .doc = "ephemeris"},
      out<"energy_drift", f64, "... x m">{.doc = "relative"},
      out<"momentum_drift", f64, "... x m x 3">{.unit = "m^4/s^3", .doc = "of G times the momentum"},
      tap<"step_size", f64>{.unit = "s", .doc = "of each accepted step"}};
};

struct FindEvents : Declared<FindEvents> {
  static constexpr Info info = long_running("find_events", "Events of exact two-body orbits between two times");
  static constexpr auto ports =
      std::tuple_cat(conic, std::tuple{event_kinds, event_radius, sun_direction, body_radius,
                                       in<"first", f64>{.unit = "s", .doc = "begin"},
                                       in<"last", f64>{.unit = "s", .doc = "end"}, found_events});
};

struct SecularRates : Declared<SecularRates> {
  static constexpr Info info = about("secular_rates", "Secular rates of node, periapsis and mean anomaly under J2");
  static constexpr std::tuple ports{
      gravity,
      semi_major_axis,
      eccentricity,
      inclination,
      in<"j2", f64>{.doc = "of the central body"},
      in<"reference_radius", f64>{.unit = "m", .min = 0, .above_min = true, .doc = "of J2"},
      out<"node_rate", f64, "...">{.unit = "rad/s", .doc = "dOmega/dt"},
      out<"periapsis_rate", f64, "...">{.unit = "rad/s", .doc = "domega/dt"},
      out<"mean_anomaly_rate", f64, "...">{.unit = "rad/s", .doc = "dM/dt"}};
};

struct VisViva : Declared<VisViva> {
  static constexpr Info info = about("vis_viva", "v^2 = mu (2/r - 1/a): the third from two");
  static constexpr std::tuple ports{
      gravity,
      in<"radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "r"},
      in<"speed", f64, "...">{.unit = "m/s", .min = 0, .optional = true, .doc = "v"},
      in<"semi_major_axis", f64, "...">{.unit = "m", .optional = true, .finite = false, .doc = "a"},
      out<"radius", f64, "...">{.unit = "m", .doc = "r"},
      out<"speed", f64, "...">{.unit = "m/s", .doc = "v"},
      out<"semi_major_axis", f64, "...">{.unit = "m", .doc = "a"},
      out<"escape_speed", f64, "...">{.unit = "m/s", .doc = "sqrt(2 mu/r)"},
      out<"circular_speed", f64, "...">{.unit = "m/s", .doc = "sqrt(mu/r)"}};
};

struct RadialTime : Declared<RadialTime> {
  static constexpr Info info = long_running("radial_time", "Time from periapsis to a radius, by quadrature");
  static constexpr std::tuple ports{gravity,
                                    in<"radius", f64, "...">{.unit = "m", .min = 0, .doc = "r"},
                                    in<"energy", f64, "...">{.unit = "m^2/s^2", .doc = "per mass, of either sign"},
                                    in<"angular_momentum", f64, "...">{.unit = "m^2/s", .doc = "|h|; 0 is rectilinear"},
                                    in<"tolerance", f64>{.fallback = "1e-15", .min = 0, .doc = "relative"},
                                    out<"time", f64, "...">{.unit = "s", .doc = "t(r)"},
                                    out<"angle", f64, "...">{.unit = "rad", .doc = "theta(r)"},
                                    tap<"evaluations", i64>{.doc = "of the integrand"}};
};

struct KeplerThirdLaw : Declared<KeplerThirdLaw> {
  static constexpr Info info = about("kepler_third_law", "a^3/T^2 = G(M + m)/(4 pi^2): the third from two");
  static constexpr std::tuple ports{
      in<"semi_major_axis", f64, "...">{.unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "a"},
      in<"period", f64, "...">{.unit = "s", .min = 0, .above_min = true, .optional = true, .doc = "T"},
      in<"mass", f64, "...">{.unit = "kg", .min = 0, .above_min = true, .optional = true, .doc = "M"},
      in<"planet_mass", f64, "...">{.unit = "kg", .fallback = "0 kg", .min = 0, .doc = "m"},
      out<"semi_major_axis", f64, "...">{.unit = "m", .doc = "a"},
      out<"period", f64, "...">{.unit = "s", .doc = "T"},
      out<"mass", f64, "...">{.unit = "kg", .doc = "M"},
      out<"period_shift", f64, "...">{.doc = "(1 + m/M)^(-1/2) - 1"}};
};

struct ArealRate : Declared<ArealRate> {
  static constexpr Info info = about("areal_rate", "Area swept per time along an ephemeris");
  static constexpr std::tuple ports{in<"times", f64, "n">{.unit = "s", .doc = "of the ephemeris"}, positions,
                                    out<"areal_rate", f64, "... x n-1">{.unit = "m^2/s", .doc = "between neighbours"},
                                    out<"spread", f64, "...">{.doc = "largest over smallest, less 1"}};
};

struct Invariants : Declared<Invariants> {
  static constexpr Info info =
      about("invariants", "h, energy and eccentricity vector along an ephemeris, and their drift");
  static constexpr std::tuple ports{
      gravity,
      positions,
      velocities,
      out<"angular_momentum", f64, "... x n x 3">{.unit = "m^2/s", .doc = "h"},
      out<"energy", f64, "... x n">{.unit = "m^2/s^2", .doc = "per mass"},
      out<"eccentricity_vector", f64, "... x n x 3">{.doc = "towards periapsis"},
      out<"energy_drift", f64, "... x n">{.doc = "relative"},
      out<"angular_momentum_drift", f64, "... x n">{.doc = "relative"},
      out<"out_of_plane", f64, "... x n">{.unit = "m", .doc = "distance from the first plane"}};
};

struct Hodograph : Declared<Hodograph> {
  static constexpr Info info = about("hodograph", "The circle that the velocity describes");
  static constexpr std::tuple ports{gravity,
                                    positions,
                                    velocities,
                                    out<"centre", f64, "... x 3">{.unit = "m/s", .doc = "at e mu/h from the origin"},
                                    out<"radius", f64, "...">{.unit = "m/s", .doc = "mu/h"},
                                    out<"residual", f64, "... x n">{.unit = "m/s", .doc = "distance to the circle"}};
};

struct ConicCheck : Declared<ConicCheck> {
  static constexpr Info info =
      about("conic_check", "How far an ephemeris is from a conic with the focus at the origin");
  static constexpr std::tuple ports{positions,
                                    out<"eccentricity", f64, "...">{.doc = "e of the best conic"},
                                    out<"semi_latus_rectum", f64, "...">{.unit = "m", .doc = "p of the best conic"},
                                    out<"residual", f64, "... x n">{.doc = "(r (1 + e cos f) - p)/p"},
                                    out<"is_conic", bool, "...">{.doc = "all residuals within the tolerance"},
                                    in<"tolerance", f64>{.fallback = "1e-12", .min = 0, .doc = "relative"}};
};

}  // namespace orrery::domains::orbital
