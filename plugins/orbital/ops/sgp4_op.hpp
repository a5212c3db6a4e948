// orbital.sgp4 and teme_to_pef: satellites of two-line element sets at given times, and their places over the earth.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/sgp4.hpp"
#include "plugins/orbital/ops/tle_parse_op.hpp"

namespace orrery::orbital {

/// What the times of sgp4 count from.
enum class Sgp4TimesFrom { epoch, j2000 };

struct Sgp4Operation {
  static constexpr sdk::Info info{
      .name = "sgp4",
      .version = "1.0.0",
      .title = "Positions and velocities of satellites from two-line element sets, by SGP4 and SDP4",
      .doc =
          "In the frame of the true equator and mean equinox of date (TEME). Orbits of 225 min and more get moon, sun "
          "and "
          "resonances. It gives all printed digits of the published cases. Codes of 'status': 0 done; 1 mean "
          "eccentricity "
          "out of range; 2 mean motion not positive; 3 perturbed eccentricity out of range; 4 negative semi-latus "
          "rectum; "
          "6 within the earth; 7 more than 1e8 min from the epoch; 8 no number. Code 5, perigee within the earth at "
          "the "
          "epoch, is the output 'sub_orbital' and stops nothing. Sources: Spacetrack Report No. 3 (1980); AIAA "
          "2006-6753.",
      .example =
          "tle = \"\"\"\nISS (ZARYA)\n"
          "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927\n"
          "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537\n\"\"\"\n"
          "times = [\"0 min\", \"45 min\", \"90 min\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::tle,
      ports::checksum,
      sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "seconds since what 'times_from' says"},
      sdk::in<"times_from", sdk::Choice<Sgp4TimesFrom>>{
          .fallback = "epoch",
          .choices = {"epoch", "j2000"},
          .doc = "the epoch of each set, or J2000 TT, so that dates can be given; SI seconds either way"},
      sdk::in<"gravity_model", sdk::Choice<Sgp4Gravity>>{
          .fallback = "wgs72",
          .choices = {"wgs72", "wgs72old", "wgs84"},
          .doc = "constants of the earth; published sets are fitted with wgs72"},
      sdk::in<"mode", sdk::Choice<Sgp4Mode>>{
          .fallback = "improved",
          .choices = {"improved", "afspc"},
          .doc = "sidereal time and deep-space nodes; afspc as the operational code"},
      ports::on_error,
      sdk::out<"position", sdk::f64, "n x m x 3">{.unit = "m", .doc = "in TEME, from the earth's centre"},
      sdk::out<"velocity", sdk::f64, "n x m x 3">{.unit = "m/s", .doc = "in TEME"},
      sdk::out<"status", sdk::i64, "n x m">{.doc = "0, or why there is no state"},
      sdk::out<"epoch", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT; NaN before 1960, when there was no UTC"},
      sdk::out<"deep_space", bool, "n">{.doc = "the period is at least 225 min"},
      sdk::out<"sub_orbital", bool, "n">{.doc = "the perigee lies within the earth at the epoch"}};
  static void run(sdk::Call<Sgp4Operation>& call);
};

struct TemeToPef {
  static constexpr sdk::Info info{.name = "teme_to_pef",
                                  .version = "1.0.0",
                                  .title = "From the frame of SGP4 to the one that turns with the earth",
                                  .doc =
                                      "Turns by Greenwich mean sidereal time of 1982; the result is "
                                      "pseudo-earth-fixed, which lacks polar motion (up "
                                      "to 15 m at the ground). Source: Aoki et al. 1982.",
                                  .example =
                                      "time     = \"2004-04-06T07:52:32.570009 TT\"\n"
                                      "position = [\"5094.18016 km\", \"6127.64466 km\", \"6380.34453 km\"]\n"
                                      "velocity = [\"-4.746131 km/s\", \"0.785818 km/s\", \"5.531931 km/s\"]"};
  static constexpr std::tuple ports{
      sdk::in<"time", sdk::f64, "...">{.unit = "s", .doc = "past J2000 TT"},
      sdk::in<"position", sdk::f64, "... x 3">{.unit = "m", .doc = "in TEME"},
      sdk::in<"velocity", sdk::f64, "... x 3">{.unit = "m/s", .doc = "in TEME"},
      sdk::in<"ut1_minus_utc", sdk::f64, "...">{
          .unit = "s",
          .fallback = "0 s",
          .min = -1,
          .max = 1,
          .doc = "of IERS Bulletin A; left at zero it costs up to 420 m at the ground"},
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x 3">{.unit = "m", .doc = "pseudo-earth-fixed"},
      sdk::out<"velocity", sdk::f64, "... x 3">{.unit = "m/s", .doc = "relative to the turning earth"},
      sdk::out<"sidereal_time", sdk::f64, "...">{.unit = "rad", .doc = "the angle turned by"}};
  static void run(sdk::Call<TemeToPef>& call);
};

}  // namespace orrery::orbital
