// orbital.tle_parse: the fields of two-line element sets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/tle.hpp"
#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"tle", sdk::Text> tle{
    .doc = "two-line element sets one after another, each with at most one name line before"};
inline constexpr sdk::in<"checksum", sdk::Choice<TleChecksum>> checksum{
    .fallback = "require", .choices = {"require", "ignore"}, .doc = "what a wrong digit in column 69 means"};

}  // namespace ports

struct TleParse {
  static constexpr sdk::Info info{
      .name = "tle_parse",
      .version = "1.0.0",
      .title = "The fields of two-line element sets",
      .doc =
          "Catalogue numbers may be alpha-5 (A0000 is 100000). Years 57 to 99 are of the twentieth century. Angles and "
          "mean motion are those of the set, mean elements that only SGP4 understands: feed the text to orbital.sgp4. "
          "Blank lines and lines that begin with # are passed over; everything else that is not as the format says is "
          "refused by line and column. Source: Spacetrack Report No. 3 (1980).",
      .example =
          "tle = \"\"\"\nISS (ZARYA)\n"
          "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927\n"
          "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537\n\"\"\""};
  static constexpr std::tuple ports{
      ports::tle,
      ports::checksum,
      sdk::out<"satellites", sdk::Table>{
          .columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "of the line before the set; may be empty"},
                       {.name = "catalogue_number", .dtype = ORRERY_I64, .doc = "of the satellite"},
                       {.name = "classification", .dtype = ORRERY_TEXT, .doc = "U, C or S"},
                       {.name = "designator", .dtype = ORRERY_TEXT, .doc = "year, number and piece of the launch"},
                       {.name = "epoch", .unit = "s", .doc = "past J2000 TT"},
                       {.name = "ephemeris_type", .dtype = ORRERY_I64, .doc = "0 in what is published"},
                       {.name = "element_number", .dtype = ORRERY_I64, .doc = "of the set"},
                       {.name = "revolution_number", .dtype = ORRERY_I64, .doc = "at the epoch"}}},
          .doc = "one row to each set"},
      sdk::out<"catalogue_number", sdk::i64, "n">{.doc = "of the satellites"},
      sdk::out<"epoch", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT, from the set's UTC"},
      sdk::out<"mean_motion", sdk::f64, "n">{.unit = "rad/s", .doc = "as Kozai defines it"},
      sdk::out<"mean_motion_rate", sdk::f64, "n">{.unit = "rad/s^2", .doc = "twice what line 1 holds"},
      sdk::out<"mean_motion_second_rate", sdk::f64, "n">{.unit = "rad/s^3", .doc = "six times what line 1 holds"},
      sdk::out<"drag", sdk::f64, "n">{.doc = "B*, of one over the earth's radius"},
      sdk::out<"eccentricity", sdk::f64, "n">{.doc = "e"},
      sdk::out<"inclination", sdk::f64, "n">{.unit = "rad", .doc = "from the true equator of date"},
      sdk::out<"ascending_node", sdk::f64, "n">{.unit = "rad", .doc = "right ascension, from the mean equinox"},
      sdk::out<"argument_of_perigee", sdk::f64, "n">{.unit = "rad", .doc = "from the node"},
      sdk::out<"mean_anomaly", sdk::f64, "n">{.unit = "rad", .doc = "at the epoch"}};
  static void run(sdk::Call<TleParse>& call);
};

}  // namespace orrery::orbital
