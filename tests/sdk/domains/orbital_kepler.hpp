// Declarations of the orbital domain: Kepler's equation, anomalies, elements and states.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/sdk/domains/declared.hpp"

namespace orrery::domains::orbital {

// Apart, so that an enumerator may be named like a port.
namespace ports {

inline constexpr in<"gravity", f64, "..."> gravity{
    .unit = "m^3/s^2", .min = 0, .above_min = true, .doc = "gravitational parameter mu = G(M + m)"};
inline constexpr in<"eccentricity", f64, "..."> eccentricity{
    .min = 0, .optional = true, .doc = "e, or give one_minus_e"};
inline constexpr in<"one_minus_e", f64, "..."> one_minus_e{
    .max = 1, .optional = true, .doc = "1 - e, exact near e = 1"};
inline constexpr in<"periapsis_distance", f64, "..."> periapsis_distance{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "q; every conic has one"};
inline constexpr in<"semi_major_axis", f64, "..."> semi_major_axis{
    .unit = "m", .optional = true, .doc = "a; negative for a hyperbola"};
inline constexpr in<"inclination", f64, "..."> inclination{
    .unit = "rad", .fallback = "0 deg", .min = 0, .max = 3.141592653589793, .doc = "i"};
inline constexpr in<"ascending_node", f64, "..."> ascending_node{.unit = "rad", .fallback = "0 deg", .doc = "Omega"};
inline constexpr in<"argument_of_periapsis", f64, "..."> argument_of_periapsis{
    .unit = "rad", .fallback = "0 deg", .doc = "omega"};
inline constexpr in<"true_anomaly", f64, "..."> true_anomaly{.unit = "rad", .fallback = "0 deg", .doc = "f"};
inline constexpr in<"position", f64, "... x 3"> position{.unit = "m", .doc = "from the attracting centre"};
inline constexpr in<"velocity", f64, "... x 3"> velocity{.unit = "m/s", .doc = "relative to the centre"};
inline constexpr in<"times", f64, "m"> times{.unit = "s", .doc = "seconds past the epoch, TT"};

inline constexpr std::tuple conic{gravity,         eccentricity, one_minus_e,    periapsis_distance,
                                  semi_major_axis, inclination,  ascending_node, argument_of_periapsis,
                                  true_anomaly};

}  // namespace ports
using namespace ports;

enum class Method { automatic, newton, halley, tangent_parabola, series2, series3, bracketed };
enum class Start { automatic, mean, mean_plus_eccentricity, pi };
enum class OnFail { error, fallback, nan };
inline constexpr std::tuple solver{
    in<"method", Choice<Method>>{
        .fallback = "automatic",
        .choices = {"automatic", "newton", "halley", "tangent_parabola", "series2", "series3", "bracketed"},
        .doc = "automatic is the fast path; the others are for study"},
    in<"start", Choice<Start>>{.fallback = "automatic",
                               .choices = {"automatic", "mean", "mean_plus_eccentricity", "pi"},
                               .doc = "first iterate"},
    in<"max_iterations", i64>{.fallback = "50", .min = 1, .max = 10000, .doc = "after which a method has failed"},
    in<"tolerance", f64>{.fallback = "2.220446049250313e-16", .min = 0, .max = 1, .doc = "of a step, relative"},
    in<"on_fail", Choice<OnFail>>{
        .fallback = "error", .choices = {"error", "fallback", "nan"}, .doc = "a row that does not converge"},
    out<"iterations", i64, "...">{.doc = "evaluations of the equation"},
    out<"converged", bool, "...">{.doc = "whether the chosen method found the root"},
    tap<"iterate", f64, "...">{.unit = "rad", .doc = "the anomaly after each iteration"},
    tap<"step_residual", f64, "...">{.unit = "rad", .doc = "the residual after each iteration"}};

struct KeplerSolve : Declared<KeplerSolve> {
  static constexpr Info info = long_running("kepler_solve", "Eccentric anomaly of an ellipse: E - e sin E = M");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{in<"mean_anomaly", f64, "...">{.unit = "rad", .doc = "M"},
                 in<"eccentricity", f64, "...">{
                     .min = 0, .max = 1, .below_max = true, .optional = true, .doc = "e, or one_minus_e"},
                 one_minus_e, out<"anomaly", f64, "...">{.unit = "rad", .doc = "E"},
                 out<"residual", f64, "...">{.unit = "rad", .doc = "E - e sin E - M"}},
      solver);
};

struct KeplerHyperbolic : Declared<KeplerHyperbolic> {
  static constexpr Info info = long_running("kepler_hyperbolic", "Hyperbolic anomaly: e sinh F - F = N");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{
          in<"mean_anomaly", f64, "...">{.doc = "N"},
          in<"eccentricity", f64, "...">{.min = 1, .above_min = true, .optional = true, .doc = "e, or one_minus_e"},
          one_minus_e, out<"anomaly", f64, "...">{.doc = "F"}, out<"residual", f64, "...">{.doc = "e sinh F - F - N"}},
      solver);
};

struct Barker : Declared<Barker> {
  static constexpr Info info = about("barker", "Parabolic motion in closed form");
  static constexpr std::tuple ports{
      gravity,
      in<"time", f64, "...">{.unit = "s", .doc = "from periapsis"},
      in<"periapsis_distance", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "q"},
      out<"root", f64, "...">{.unit = "m^(1/2)", .doc = "R = sqrt(r - q), signed"},
      out<"radius", f64, "...">{.unit = "m", .doc = "r"},
      out<"true_anomaly", f64, "...">{.unit = "rad", .doc = "f"}};
};

struct KeplerUniversal : Declared<KeplerUniversal> {
  static constexpr Info info =
      long_running("kepler_universal", "Universal anomaly of any conic, and f and g functions");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{gravity, position, velocity, in<"time", f64, "...">{.unit = "s", .doc = "since the state"},
                 out<"anomaly", f64, "...">{.unit = "m^(1/2)", .doc = "chi"},
                 out<"f", f64, "...">{.doc = "Lagrange's f"}, out<"g", f64, "...">{.unit = "s", .doc = "Lagrange's g"},
                 out<"f_rate", f64, "...">{.unit = "1/s", .doc = "df/dt"}, out<"g_rate", f64, "...">{.doc = "dg/dt"}},
      solver);
};

enum class Anomaly { mean, eccentric, true_anomaly, hyperbolic, parabolic };
struct AnomalyConvert : Declared<AnomalyConvert> {
  static constexpr Info info = about("anomaly_convert", "One anomaly from another");
  static constexpr std::tuple ports{
      in<"anomaly", f64, "...">{.unit = "rad", .doc = "what is to be converted"},
      in<"from", Choice<Anomaly>>{.choices = {"mean", "eccentric", "true", "hyperbolic", "parabolic"},
                                  .doc = "its kind"},
      in<"to", Choice<Anomaly>>{.choices = {"mean", "eccentric", "true", "hyperbolic", "parabolic"}, .doc = "wanted"},
      eccentricity,
      one_minus_e,
      in<"keep_revolutions", bool>{.fallback = "true", .doc = "whole turns stay in the result"},
      out<"result", f64, "...">{.unit = "rad", .doc = "the wanted anomaly"}};
};

struct ElementsToState : Declared<ElementsToState> {
  static constexpr Info info = about("elements_to_state", "Position and velocity from classical elements");
  static constexpr auto ports =
      std::tuple_cat(conic, std::tuple{on_error, out<"position", f64, "... x 3">{.unit = "m", .doc = "r"},
                                       out<"velocity", f64, "... x 3">{.unit = "m/s", .doc = "v"}});
};

enum class Circular { argument_of_latitude, refuse };
enum class Equatorial { longitude_of_periapsis, refuse };
struct StateToElements : Declared<StateToElements> {
  static constexpr Info info = about("state_to_elements", "Classical elements and invariants from a state");
  static constexpr std::tuple ports{
      gravity,
      position,
      velocity,
      in<"circular", Choice<Circular>>{.fallback = "argument_of_latitude",
                                       .choices = {"argument_of_latitude", "refuse"},
                                       .doc = "what stands for omega of a circle"},
      in<"equatorial", Choice<Equatorial>>{.fallback = "longitude_of_periapsis",
                                           .choices = {"longitude_of_periapsis", "refuse"},
                                           .doc = "what stands for Omega in the plane of reference"},
      on_error,
      out<"eccentricity", f64, "...">{.doc = "e"},
      out<"one_minus_e", f64, "...">{.doc = "1 - e"},
      out<"periapsis_distance", f64, "...">{.unit = "m", .doc = "q"},
      out<"apoapsis_distance", f64, "...">{.unit = "m", .optional = true, .doc = "of closed orbits only"},
      out<"semi_major_axis", f64, "...">{.unit = "m", .doc = "a; infinite for a parabola"},
      out<"semi_latus_rectum", f64, "...">{.unit = "m", .doc = "p"},
      out<"inclination", f64, "...">{.unit = "rad", .doc = "i"},
      out<"ascending_node", f64, "...">{.unit = "rad", .doc = "Omega"},
      out<"argument_of_periapsis", f64, "...">{.unit = "rad", .doc = "omega"},
      out<"true_anomaly", f64, "...">{.unit = "rad", .doc = "f"},
      out<"period", f64, "...">{.unit = "s", .optional = true, .doc = "T of closed orbits"},
      out<"angular_momentum", f64, "... x 3">{.unit = "m^2/s", .doc = "h"},
      out<"eccentricity_vector", f64, "... x 3">{.doc = "towards periapsis"},
      out<"energy", f64, "...">{.unit = "m^2/s^2", .doc = "per mass"},
      out<"case", i64, "...">{.doc = "bits: 1 circular, 2 equatorial, 4 rectilinear"}};
};

struct ElementsToEquinoctial : Declared<ElementsToEquinoctial> {
  static constexpr Info info = about("elements_to_equinoctial", "Modified equinoctial elements from classical ones");
  static constexpr auto ports = std::tuple_cat(
      conic,
      std::tuple{in<"retrograde", bool>{.fallback = "false", .doc = "the set that is regular at i = pi"},
                 out<"p", f64, "...">{.unit = "m", .doc = "semi-latus rectum"},
                 out<"f", f64, "...">{.doc = "e cos(omega + Omega)"},
                 out<"g", f64, "...">{.doc = "e sin(omega + Omega)"}, out<"h", f64, "...">{.doc = "tan(i/2) cos Omega"},
                 out<"k", f64, "...">{.doc = "tan(i/2) sin Omega"},
                 out<"true_longitude", f64, "...">{.unit = "rad", .doc = "L"}});
};

struct EquinoctialToElements : Declared<EquinoctialToElements> {
  static constexpr Info info = about("equinoctial_to_elements", "Classical elements from modified equinoctial ones");
  static constexpr std::tuple ports{
      in<"p", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "semi-latus rectum"},
      in<"f", f64, "...">{.doc = "e cos(omega + Omega)"},
      in<"g", f64, "...">{.doc = "e sin(omega + Omega)"},
      in<"h", f64, "...">{.doc = "tan(i/2) cos Omega"},
      in<"k", f64, "...">{.doc = "tan(i/2) sin Omega"},
      in<"true_longitude", f64, "...">{.unit = "rad", .doc = "L"},
      in<"retrograde", bool>{.fallback = "false", .doc = "the set that is regular at i = pi"},
      out<"eccentricity", f64, "...">{.doc = "e"},
      out<"periapsis_distance", f64, "...">{.unit = "m", .doc = "q"},
      out<"inclination", f64, "...">{.unit = "rad", .doc = "i"},
      out<"ascending_node", f64, "...">{.unit = "rad", .doc = "Omega"},
      out<"argument_of_periapsis", f64, "...">{.unit = "rad", .doc = "omega"},
      out<"true_anomaly", f64, "...">{.unit = "rad", .doc = "f"}};
};

enum class Wrap { zero_to_turn, half_turns, unwrap };
struct WrapAngle : Declared<WrapAngle> {
  static constexpr Info info = about("wrap_angle", "Angles brought into one turn, or made continuous");
  static constexpr std::tuple ports{
      in<"angles", f64, "... x n">{.unit = "rad", .doc = "any"},
      in<"mode", Choice<Wrap>>{
          .fallback = "zero_to_turn", .choices = {"zero_to_turn", "half_turns", "unwrap"}, .doc = "how"},
      out<"result", f64, "... x n">{.unit = "rad", .in_place = "angles", .doc = "the same directions"}};
};

}  // namespace orrery::domains::orbital
