// orbital.oem_read, oem_write and oem_interpolate: CCSDS orbit ephemeris messages.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/odm_tables.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr std::array<sdk::Column, 16> segment_columns{
    {text_column("object_name", "as it stands there"), text_column("object_id", "international designator"),
     text_column("center_name", "origin of the frame"), text_column("ref_frame", "such as EME2000, ITRF2000, TEME"),
     text_column("ref_frame_epoch", "empty: not given"), text_column("time_system", "UTC, TAI, TT, TDB or GPS"),
     text_column("interpolation", "LAGRANGE, HERMITE, LINEAR; empty: not given"),
     count_column("degree", "of the interpolation; 0: not given"), count_column("count", "states of the segment"),
     time_column("start", "past J2000 TT"), time_column("stop", "past J2000 TT"),
     time_column("useable_start", "past J2000 TT; NaN: not given"),
     time_column("useable_stop", "past J2000 TT; NaN: not given"), text_column("metadata_comments", "lines"),
     text_column("data_comments", "lines"), text_column("covariance_comments", "lines")}};

inline constexpr std::array<sdk::Column, 16> covariance_columns{
    {count_column("segment", "position in the table of segments"), time_column("time", "past J2000 TT"),
     text_column("ref_frame", "empty: that of the segment")}};

}  // namespace ports

struct OemRead {
  static constexpr sdk::Info info{
      .name = "oem_read",
      .version = "1.0.0",
      .title = "States, covariances and metadata of a CCSDS orbit ephemeris message",
      .doc =
          "Reads keyword = value notation, versions 1.0 to 3.0, with any number of segments, and refuses by line what "
          "the "
          "standard does not allow. Comments are kept where the standard puts them; between data lines they are "
          "dropped, "
          "and the log says so. km become m exactly, by the point in the text. Source: CCSDS 502.0-B-3.",
      .example =
          "oem = \"\"\"\nCCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2004-281T17:26:06\nORIGINATOR = EXAMPLE\nMETA_START\n"
          "OBJECT_NAME = PROBE\nOBJECT_ID = 2004-001A\nCENTER_NAME = EARTH\nREF_FRAME = EME2000\nTIME_SYSTEM = UTC\n"
          "START_TIME = 2004-100T00:00:00\nSTOP_TIME = 2004-100T00:01:00\nMETA_STOP\n"
          "2004-100T00:00:00 7000.0 0.0 0.0 0.0 7.5 0.0\n2004-100T00:01:00 6985.3 449.8 0.0 -0.5 7.5 0.0\n\"\"\""};
  static constexpr std::tuple ports{
      sdk::in<"oem", sdk::Text>{.doc = "the message"},
      sdk::out<"times", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT, of all segments one after another"},
      sdk::out<"position", sdk::f64, "n x 3">{.unit = "m", .doc = "in the segment's frame"},
      sdk::out<"velocity", sdk::f64, "n x 3">{.unit = "m/s", .doc = "in the segment's frame"},
      sdk::out<"acceleration", sdk::f64, "n x 3">{.unit = "m/s^2", .doc = "NaN where a segment has none"},
      sdk::out<"segment", sdk::i64, "n">{.doc = "position of each state's segment in the table"},
      sdk::out<"covariance", sdk::f64, "c x 6 x 6">{.doc = "of position and velocity, in m and s"},
      sdk::out<"segments", sdk::Table>{.columns = ports::segment_columns, .doc = "one row to each segment"},
      sdk::out<"covariances", sdk::Table>{.columns = ports::covariance_columns, .doc = "one row to each covariance"},
      sdk::out<"header", sdk::Table>{.columns = ports::header_columns, .doc = "one row"}};
  static void run(sdk::Call<OemRead>& call);
};

struct OemWrite {
  static constexpr sdk::Info info{
      .name = "oem_write",
      .version = "1.0.0",
      .title = "A CCSDS orbit ephemeris message from states",
      .doc =
          "Metadata come from the tables of oem_read or, for one segment, from the single inputs. Normal form: \"KEY = "
          "value\" without alignment, a blank line before META_START, shortest decimals in km, dates rounded to "
          "'decimals'. What oem_read makes of it is written again with the same bytes. Source: CCSDS 502.0-B-3.",
      .example =
          "times = [\"2004-04-09T00:00:00 TT\", \"2004-04-09T00:01:00 TT\"]\n"
          "position = [[\"7000 km\", \"0 km\", \"0 km\"], [\"6985.3 km\", \"449.8 km\", \"0 km\"]]\n"
          "velocity = [[\"0 km/s\", \"7.5 km/s\", \"0 km/s\"], [\"-0.5 km/s\", \"7.5 km/s\", \"0 km/s\"]]\n"
          "object_name = \"PROBE\"\nobject_id = \"2004-001A\"\nref_frame = \"EME2000\"\noriginator = \"EXAMPLE\"\n"
          "creation_date = { text = \"2004-10-07T17:26:06\" }"};
  static constexpr std::tuple ports{
      sdk::in<"times", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT, increasing within a segment"},
      sdk::in<"position", sdk::f64, "n x 3">{.unit = "m", .doc = "in the segment's frame"},
      sdk::in<"velocity", sdk::f64, "n x 3">{.unit = "m/s", .doc = "in the segment's frame"},
      sdk::in<"acceleration", sdk::f64, "n x 3">{
          .unit = "m/s^2", .optional = true, .finite = false, .doc = "NaN for segments without"},
      sdk::in<"covariance", sdk::f64, "c x 6 x 6">{.optional = true, .doc = "in m and s; needs 'covariances'"},
      sdk::in<"segments", sdk::Table>{
          .optional = true, .columns = ports::segment_columns, .doc = "as oem_read makes it"},
      sdk::in<"covariances", sdk::Table>{
          .optional = true, .columns = ports::covariance_columns, .doc = "as oem_read makes it"},
      sdk::in<"header", sdk::Table>{.optional = true, .columns = ports::header_columns, .doc = "as oem_read makes it"},
      sdk::in<"object_name", sdk::Text>{.fallback = "", .doc = "without 'segments'"},
      sdk::in<"object_id", sdk::Text>{.fallback = "", .doc = "international designator; without 'segments'"},
      sdk::in<"center_name", sdk::Text>{.fallback = "EARTH", .doc = "origin of the frame; without 'segments'"},
      sdk::in<"ref_frame", sdk::Text>{.fallback = "", .doc = "such as EME2000, TEME; without 'segments'"},
      sdk::in<"time_system", sdk::Choice<TimeScale>>{
          .fallback = "utc", .choices = {"tt", "utc", "tai", "tdb", "gps"}, .doc = "of the dates; without 'segments'"},
      sdk::in<"interpolation", sdk::Text>{.fallback = "", .doc = "LAGRANGE or HERMITE; without 'segments'"},
      sdk::in<"degree", sdk::i64>{.fallback = "0", .min = 0, .max = 100, .doc = "of it; 0: not stated"},
      sdk::in<"originator", sdk::Text>{.fallback = "", .doc = "who makes the message; without 'header'"},
      sdk::in<"creation_date", sdk::Text>{
          .fallback = "", .doc = "UTC, 2004-10-07T17:26:06; a run must not depend on the clock; without 'header'"},
      sdk::in<"comment", sdk::Text>{.fallback = "", .doc = "lines for the header; without 'header'"},
      ports::date_decimals,
      sdk::out<"oem", sdk::Text>{.doc = "the message"}};
  static void run(sdk::Call<OemWrite>& call);
};

struct OemInterpolate {
  static constexpr sdk::Info info{
      .name = "oem_interpolate",
      .version = "1.0.0",
      .title = "States between the lines of a CCSDS orbit ephemeris message",
      .doc =
          "By the method and degree that the segment states: LAGRANGE and LINEAR treat velocities like positions, "
          "HERMITE "
          "uses both and gives the derivative as velocity. A segment that states none is taken with LAGRANGE of degree "
          "7. "
          "The first segment whose useable time holds the instant serves it. Source: CCSDS 502.0-B-3.",
      .example =
          "oem = \"\"\"\nCCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2004-281T17:26:06\nORIGINATOR = EXAMPLE\nMETA_START\n"
          "OBJECT_NAME = PROBE\nOBJECT_ID = 2004-001A\nCENTER_NAME = EARTH\nREF_FRAME = EME2000\nTIME_SYSTEM = TT\n"
          "START_TIME = 2004-100T00:00:00\nSTOP_TIME = 2004-100T00:01:00\nINTERPOLATION = HERMITE\n"
          "INTERPOLATION_DEGREE = 3\nMETA_STOP\n"
          "2004-100T00:00:00 7000.0 0.0 0.0 0.0 7.5 0.0\n2004-100T00:01:00 6985.3 449.8 0.0 -0.5 7.5 0.0\n\"\"\"\n"
          "times = [\"2004-04-09T00:00:30 TT\"]"};
  static constexpr std::tuple ports{
      sdk::in<"oem", sdk::Text>{.doc = "the message"},
      sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "past J2000 TT"},
      ports::on_error,
      sdk::out<"position", sdk::f64, "m x 3">{.unit = "m", .doc = "in the segment's frame"},
      sdk::out<"velocity", sdk::f64, "m x 3">{.unit = "m/s", .doc = "in the segment's frame"},
      sdk::out<"segment", sdk::i64, "m">{.doc = "that served the instant; -1 for none"}};
  static void run(sdk::Call<OemInterpolate>& call);
};

}  // namespace orrery::orbital
