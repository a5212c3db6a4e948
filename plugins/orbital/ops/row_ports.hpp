// Inputs of operations that check every row themselves, so that one bad row is left to on_error.
// SPDX-License-Identifier: Apache-2.0
//
// A range of a port is checked for a whole input before its operation runs, and one number outside it refuses the step.
// These have their range in words, and the numerics check it row by row.
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital::row_ports {

using sdk::f64;

inline constexpr sdk::in<"gravity", f64, "..."> gravity{
    .unit = "m^3/s^2",
    .finite = false,
    .doc = "gravitational parameter G(M + m), > 0; a row outside is one for on_error"};

inline constexpr sdk::in<"eccentricity", f64, "..."> eccentricity{
    .optional = true, .finite = false, .doc = "e >= 0; give it or one_minus_e; a row outside is one for on_error"};
inline constexpr sdk::in<"one_minus_e", f64, "..."> one_minus_e{
    .optional = true,
    .finite = false,
    .doc = "1 - e <= 1, exact where e is near one; give it or eccentricity; a row outside is one for on_error"};

inline constexpr sdk::in<"periapsis_distance", f64, "..."> periapsis_distance{
    .unit = "m",
    .optional = true,
    .finite = false,
    .doc =
        "q > 0; every conic has one. Give it, semi_major_axis or semi_latus_rectum; a row outside is one for "
        "on_error"};
inline constexpr sdk::in<"semi_major_axis", f64, "..."> semi_major_axis{
    .unit = "m",
    .optional = true,
    .finite = false,
    .doc = "a; negative for a hyperbola, none for a parabola; a row of the wrong sign is one for on_error"};
inline constexpr sdk::in<"semi_latus_rectum", f64, "..."> semi_latus_rectum{
    .unit = "m", .optional = true, .finite = false, .doc = "p = q (1 + e) > 0; a row outside is one for on_error"};

inline constexpr sdk::in<"inclination", f64, "..."> inclination{
    .unit = "rad",
    .fallback = "0 rad",
    .finite = false,
    .doc = "i, 0 to pi, from the reference plane; a row outside is one for on_error"};
inline constexpr sdk::in<"ascending_node", f64, "..."> ascending_node{
    .unit = "rad",
    .fallback = "0 rad",
    .finite = false,
    .doc = "longitude of the ascending node; a row that is not finite is one for on_error"};
inline constexpr sdk::in<"argument_of_periapsis", f64, "..."> argument_of_periapsis{
    .unit = "rad",
    .fallback = "0 rad",
    .finite = false,
    .doc = "from the node to periapsis, in the direction of motion; a row that is not finite is one for on_error"};
inline constexpr sdk::in<"true_anomaly", f64, "..."> true_anomaly{
    .unit = "rad",
    .fallback = "0 rad",
    .finite = false,
    .doc = "from periapsis to the body; a row that is not finite or beyond an asymptote is one for on_error"};

}  // namespace orrery::orbital::row_ports
