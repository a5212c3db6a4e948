// Ports that several operations share, declared once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::orbital::ports {

using sdk::f64;
using sdk::i64;

/// What becomes of the rows of a batch that cannot be computed.
enum class OnError { fail, nan };

inline constexpr sdk::in<"gravity", f64, "..."> gravity{
    .unit = "m^3/s^2", .min = 0, .above_min = true, .doc = "gravitational parameter G(M + m)"};

inline constexpr sdk::in<"eccentricity", f64, "..."> eccentricity{
    .min = 0, .optional = true, .doc = "e; give it or one_minus_e"};
inline constexpr sdk::in<"one_minus_e", f64, "..."> one_minus_e{
    .max = 1, .optional = true, .doc = "1 - e, exact where e is near one; give it or eccentricity"};

inline constexpr sdk::in<"periapsis_distance", f64, "..."> periapsis_distance{
    .unit = "m",
    .min = 0,
    .above_min = true,
    .optional = true,
    .doc = "q; every conic has one. Give it, semi_major_axis or semi_latus_rectum"};
inline constexpr sdk::in<"semi_major_axis", f64, "..."> semi_major_axis{
    .unit = "m", .optional = true, .doc = "a; negative for a hyperbola, none for a parabola"};
inline constexpr sdk::in<"semi_latus_rectum", f64, "..."> semi_latus_rectum{
    .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "p = q (1 + e)"};

inline constexpr sdk::in<"inclination", f64, "..."> inclination{
    .unit = "rad", .fallback = "0 rad", .min = 0, .max = 3.14159265358979323846, .doc = "i, from the reference plane"};
inline constexpr sdk::in<"ascending_node", f64, "..."> ascending_node{
    .unit = "rad", .fallback = "0 rad", .doc = "longitude of the ascending node"};
inline constexpr sdk::in<"argument_of_periapsis", f64, "..."> argument_of_periapsis{
    .unit = "rad", .fallback = "0 rad", .doc = "from the node to periapsis, in the direction of motion"};
inline constexpr sdk::in<"true_anomaly", f64, "..."> true_anomaly{
    .unit = "rad", .fallback = "0 rad", .doc = "from periapsis to the body"};

inline constexpr sdk::in<"position", f64, "... x 3"> position{.unit = "m", .doc = "from the attracting centre"};
inline constexpr sdk::in<"velocity", f64, "... x 3"> velocity{.unit = "m/s", .doc = "relative to the centre"};

// Of operations that name the row of a NaN themselves, or leave it alone.
inline constexpr sdk::in<"position", f64, "... x 3"> any_position{
    .unit = "m", .finite = false, .doc = "from the attracting centre; a row that is not finite is one for on_error"};
inline constexpr sdk::in<"velocity", f64, "... x 3"> any_velocity{
    .unit = "m/s", .finite = false, .doc = "relative to the centre; a row that is not finite is one for on_error"};
inline constexpr sdk::in<"position", f64, "... x n x 3"> positions{.unit = "m",
                                                                   .doc = "along an orbit, from the centre"};
inline constexpr sdk::in<"velocity", f64, "... x n x 3"> velocities{.unit = "m/s", .doc = "at the same instants"};

inline constexpr sdk::in<"on_error", sdk::Choice<OnError>> on_error{
    .fallback = "fail",
    .choices = {"fail", "nan"},
    .doc = "a row that cannot be computed: fail names it, nan puts NaN there and keeps the others"};

}  // namespace orrery::orbital::ports
