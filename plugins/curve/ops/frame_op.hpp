// curve.frame and bishop_frame: frames that exist everywhere, and the circle, sphere and helix that touch closest.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/core/frame_limits.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

namespace ports {

inline constexpr sdk::in<"points", sdk::f64, "... x n x d"> curve_points{.unit = "*", .doc = "samples in order"};
inline constexpr sdk::in<"parameter", sdk::f64, "n"> curve_parameter{
    .unit = "*", .optional = true, .doc = "increasing parameter of the samples; left out: equal steps of 1"};
inline constexpr sdk::in<"closed", bool> closed{
    .fallback = "false", .doc = "the curve returns to its first sample, which is not repeated at the end"};
inline constexpr sdk::in<"period", sdk::f64> period{
    .unit = "parameter",
    .min = 0,
    .above_min = true,
    .optional = true,
    .doc = "of a closed curve with a parameter: from the first sample around to itself"};
inline constexpr sdk::in<"degree", sdk::i64> degree{
    .fallback = "7", .min = 3, .max = 7, .doc = "of the spline through the samples: 3, 5 or 7"};

}  // namespace ports

struct Frame {
  static constexpr sdk::Info info{
      .name = "frame",
      .version = "1.0.0",
      .title = "Frenet frame with limits where it is not defined, and osculating circle, sphere and helix",
      .doc =
          "Where speed or curvature vanish the frame is the limit from one side, which the first derivatives that "
          "bring new directions give; where they give none, the normals of a neighbour are carried along without "
          "turning. The status tells which, and 'order' which derivative each vector is due to. Curvatures there are "
          "limits too, 0 or infinite or a number; centres and radii that do not exist are infinite. Derivatives are "
          "given, or those of a spline through the points. Source: do Carmo 1976, section 1-5; Kuehnel 2015, chapter "
          "2; Bishop 1975.",
      .example =
          "points = [[0, 0], [1, 1]]\nfirst  = [[1, 0], [1, 3]]\nsecond = [[0, 0], [0, 6]]\nthird  = [[0, 6], [0, "
          "6]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_points,
      ports::curve_parameter,
      ports::closed,
      ports::period,
      ports::degree,
      sdk::in<"first", sdk::f64, "... x n x d">{
          .unit = "points/parameter", .optional = true, .doc = "first derivative; left out: all from a spline"},
      sdk::in<"second", sdk::f64, "... x n x d">{.unit = "points/parameter^2", .optional = true, .doc = "second"},
      sdk::in<"third", sdk::f64, "... x n x d">{
          .unit = "points/parameter^3", .optional = true, .doc = "third; needed for torsion and sphere"},
      sdk::in<"fourth", sdk::f64, "... x n x d">{
          .unit = "points/parameter^4", .optional = true, .doc = "fourth; helps where lower ones vanish"},
      sdk::in<"fifth", sdk::f64, "... x n x d">{.unit = "points/parameter^5", .optional = true, .doc = "fifth"},
      sdk::in<"side", sdk::Choice<Side>>{
          .fallback = "right", .choices = {"right", "left"}, .doc = "from which side limits are taken"},
      sdk::in<"parameter_scale", sdk::f64>{
          .unit = "parameter",
          .min = 0,
          .optional = true,
          .doc =
              "a derivative that over this length adds less than 2e-15 of the largest counts as zero; left out: none"},
      ports::on_error,
      sdk::out<"frame", sdk::f64, "... x n x d x d">{.doc = "tangent, normal, binormal, ... in rows, orthonormal"},
      sdk::out<"curvatures", sdk::f64, "... x n x c">{
          .unit = "1/points",
          .doc = "d - 1 of them; the last has a sign: in the plane the curvature, in space torsion"},
      sdk::out<"speed", sdk::f64, "... x n">{.unit = "points/parameter", .doc = "length by parameter"},
      sdk::out<"status", sdk::i64, "... x n">{
          .doc = "0 regular, 1 limit, 2 normals carried along from a neighbour, 3 no tangent either"},
      sdk::out<"order", sdk::i64, "... x n x d">{.doc = "of the derivative that a frame vector is due to; 0: none"},
      sdk::out<"centre", sdk::f64, "... x n x d">{.unit = "points", .doc = "of the osculating circle"},
      sdk::out<"radius", sdk::f64, "... x n">{.unit = "points", .doc = "of the osculating circle"},
      sdk::out<"curvature_rate", sdk::f64, "... x n">{
          .unit = "1/points^2", .optional = true, .doc = "by arc length; with third derivatives"},
      sdk::out<"sphere_centre", sdk::f64, "... x n x d">{
          .unit = "points", .optional = true, .doc = "of the osculating sphere; in space, with third derivatives"},
      sdk::out<"sphere_radius", sdk::f64, "... x n">{.unit = "points", .optional = true, .doc = "its radius"},
      sdk::out<"helix_point", sdk::f64, "... x n x d">{
          .unit = "points", .optional = true, .doc = "nearest point of the osculating helix's axis; in space"},
      sdk::out<"helix_axis", sdk::f64, "... x n x d">{.optional = true, .doc = "its direction"},
      sdk::out<"helix_radius", sdk::f64, "... x n">{.unit = "points", .optional = true, .doc = "its radius"},
      sdk::out<"helix_pitch", sdk::f64, "... x n">{
          .unit = "points", .optional = true, .doc = "its pitch, positive for a right-handed one"}};
  static void run(sdk::Call<Frame>& call);
};

struct BishopFrame {
  static constexpr sdk::Info info{
      .name = "bishop_frame",
      .version = "1.0.0",
      .title = "Frame that follows a curve without turning about it",
      .doc =
          "Rotation-minimising frames by double reflection, order 4 in the spacing. They need a tangent only, so "
          "straight pieces and inflections are nothing special. Source: Bishop 1975; Wang, Juettler, Zheng, Liu 2008.",
      .example = "points = [[0, 0, 0], [1, 0, 0], [2, 1, 0]]\nfirst  = [[1, 0, 0], [1, 0.5, 0], [1, 1, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_points,
      sdk::in<"first", sdk::f64, "... x n x d">{.unit = "*", .doc = "tangents of any length but 0, or velocities"},
      sdk::in<"second", sdk::f64, "... x n x d">{
          .unit = "*", .optional = true, .doc = "accelerations, by the parameter of 'first'; for the curvatures"},
      sdk::in<"normals", sdk::f64, "... x m x d">{
          .optional = true, .doc = "d - 1 orthonormal vectors at the first point; left out: a choice"},
      ports::closed,
      ports::on_error,
      sdk::out<"frame", sdk::f64, "... x n x d x d">{.doc = "tangent and normals in rows"},
      sdk::out<"curvatures", sdk::f64, "... x n x c">{
          .unit = "second/first^2", .optional = true, .doc = "parts of dT/ds along the normals"},
      sdk::out<"holonomy", sdk::f64, "...">{
          .unit = "rad", .doc = "of a closed curve in space: by how much the normals come back turned; else 0"},
      sdk::out<"turned_back", sdk::i64, "...">{.doc =
                                                   "steps at which the tangent reverses, and the frame is a choice"}};
  static void run(sdk::Call<BishopFrame>& call);
};

}  // namespace orrery::curve
