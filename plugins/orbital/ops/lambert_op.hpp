// orbital.lambert: the orbits that lead from one place to another in a given time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

enum class DirectionChoice { prograde, retrograde, short_way, long_way };
enum class BranchChoice { low, high };

struct LambertOperation {
  static constexpr sdk::Info info{
      .name = "lambert",
      .version = "1.0.0",
      .title = "Velocities at both ends of an orbit from one position to another in a given time",
      .doc =
          "Every conic, any number of full revolutions, both branches of each. A row is solved to 2e-15 of its time of "
          "flight; the bits do not depend on the processor. Prograde is along the normal, which is z unless it is "
          "given; "
          "where the plane contains the normal, prograde goes the short way and retrograde the long way. Opposite "
          "positions need a normal across them. Positions in one direction are joined by a straight line. With "
          "revolutions, high is the branch whose x lies below that of the shortest time, low the other; "
          "most_revolutions "
          "is how many the time allows. Sources: Izzo 2015; Lancaster and Blanchard 1969; Battin 1999, chapter 7.",
      .example =
          "gravity        = \"398600.4418 km^3/s^2\"\nposition1      = [\"15945.34 km\", \"0 km\", \"0 km\"]\n"
          "position2      = [\"12214.83899 km\", \"10249.46731 km\", \"0 km\"]\ntime_of_flight = \"76 min\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"position1", sdk::f64, "... x 3">{
          .unit = "m", .finite = false, .doc = "at the departure, from the centre"},
      sdk::in<"position2", sdk::f64, "... x 3">{.unit = "m", .finite = false, .doc = "at the arrival, from the centre"},
      sdk::in<"time_of_flight", sdk::f64, "...">{
          .unit = "s", .min = 0, .above_min = true, .doc = "from the departure to the arrival"},
      sdk::in<"direction", sdk::Choice<DirectionChoice>>{.fallback = "prograde",
                                                         .choices = {"prograde", "retrograde", "short", "long"},
                                                         .doc = "by the normal, or by less or more than half a turn"},
      sdk::in<"normal", sdk::f64, "... x 3">{
          .optional = true, .doc = "of any length; says what is prograde, and the plane of opposite positions"},
      sdk::in<"revolutions", sdk::i64, "...">{
          .fallback = "0", .min = 0, .max = 1e9, .doc = "full revolutions on the way"},
      sdk::in<"branch", sdk::Choice<BranchChoice>>{
          .fallback = "low", .choices = {"low", "high"}, .doc = "which of the two orbits with the same revolutions"},
      ports::on_error,
      sdk::out<"velocity1", sdk::f64, "... x 3">{.unit = "m/s", .doc = "at the departure"},
      sdk::out<"velocity2", sdk::f64, "... x 3">{.unit = "m/s", .doc = "at the arrival"},
      sdk::out<"semi_major_axis", sdk::f64, "...">{.unit = "m", .doc = "a; negative for a hyperbola"},
      sdk::out<"most_revolutions", sdk::i64, "...">{.doc = "the largest number of full revolutions for this time"},
      sdk::out<"residual", sdk::f64, "...">{.doc = "relative error of the time of flight that the solution has"},
      sdk::tap<"iterations", sdk::i64>{.doc = "Householder's steps, each row"}};
  static void run(sdk::Call<LambertOperation>& call);
};

}  // namespace orrery::orbital
