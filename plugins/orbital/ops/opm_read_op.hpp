// orbital.opm_read and opm_write: CCSDS orbit parameter messages.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/odm_tables.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::Column number_column(const char* name, const char* unit, const char* doc) {
  return {.name = name, .unit = unit, .doc = doc};
}

inline constexpr std::array<sdk::Column, 16> opm_metadata_columns{
    {text_column("object_name", "as it stands there"), text_column("object_id", "international designator"),
     text_column("center_name", "origin of the frame"), text_column("ref_frame", "such as EME2000, ITRF2000, TEME"),
     text_column("ref_frame_epoch", "empty: not given"), text_column("time_system", "UTC, TAI, TT, TDB or GPS"),
     text_column("metadata_comments", "lines"), text_column("state_comments", "lines"),
     text_column("covariance_comments", "lines"), text_column("covariance_ref_frame", "empty: not given")}};

inline constexpr std::array<sdk::Column, 16> opm_element_columns{
    {number_column("semi_major_axis", "m", "negative for a hyperbola"), number_column("eccentricity", "1", "e"),
     number_column("inclination", "rad", "i"), number_column("ascending_node", "rad", "right ascension"),
     number_column("argument_of_periapsis", "rad", "from the node"),
     number_column("anomaly", "rad", "as 'kind_of_anomaly' says"), text_column("kind_of_anomaly", "true or mean"),
     number_column("gravity", "m^3/s^2", "gravitational parameter"), text_column("comments", "lines")}};

inline constexpr std::array<sdk::Column, 16> opm_spacecraft_columns{
    {number_column("mass", "kg", "NaN: not given, as all here"),
     number_column("radiation_area", "m^2", "that light meets"), number_column("radiation_coefficient", "1", "C_R"),
     number_column("drag_area", "m^2", "that air meets"), number_column("drag_coefficient", "1", "C_D"),
     text_column("comments", "lines")}};

inline constexpr std::array<sdk::Column, 16> opm_maneuver_columns{
    {time_column("ignition", "past J2000 TT"), time_column("duration", "0 for an impulse"),
     number_column("delta_mass", "kg", "not positive"), text_column("ref_frame", "of the change of velocity"),
     number_column("delta_v_1", "m/s", "first component"), number_column("delta_v_2", "m/s", "second component"),
     number_column("delta_v_3", "m/s", "third component"), text_column("comments", "lines")}};

inline constexpr std::array<sdk::Column, 16> opm_user_columns{
    {text_column("name", "without USER_DEFINED_"), text_column("value", "as it stands there")}};

}  // namespace ports

struct OpmRead {
  static constexpr sdk::Info info{
      .name = "opm_read",
      .version = "1.0.0",
      .title = "State, elements, covariance and maneuvers of a CCSDS orbit parameter message",
      .doc =
          "Reads keyword = value notation, versions 1.0 to 3.0, checks units in brackets, and refuses by line what the "
          "standard does not allow. Source: CCSDS 502.0-B-3.",
      .example =
          "opm = \"\"\"\nCCSDS_OPM_VERS = 2.0\nCREATION_DATE = 1998-11-06T09:23:57\nORIGINATOR = EXAMPLE\n"
          "OBJECT_NAME = PROBE\nOBJECT_ID = 1998-057A\nCENTER_NAME = EARTH\nREF_FRAME = ITRF-97\nTIME_SYSTEM = UTC\n"
          "EPOCH = 1998-12-18T14:28:15.1172\nX = 6503.514000 [km]\nY = 1239.647000 [km]\nZ = -717.490000 [km]\n"
          "X_DOT = -0.873160 [km/s]\nY_DOT = 8.740420 [km/s]\nZ_DOT = -4.191076 [km/s]\n\"\"\""};
  static constexpr std::tuple ports{
      sdk::in<"opm", sdk::Text>{.doc = "the message"},
      sdk::out<"epoch", sdk::f64>{.unit = "s", .doc = "past J2000 TT"},
      sdk::out<"position", sdk::f64, "3">{.unit = "m", .doc = "in the message's frame"},
      sdk::out<"velocity", sdk::f64, "3">{.unit = "m/s", .doc = "in the message's frame"},
      sdk::out<"covariance", sdk::f64, "c x 6 x 6">{.doc = "of position and velocity, in m and s; one or none"},
      sdk::out<"metadata", sdk::Table>{.columns = ports::opm_metadata_columns, .doc = "one row"},
      sdk::out<"elements", sdk::Table>{.columns = ports::opm_element_columns, .doc = "one row or none"},
      sdk::out<"spacecraft", sdk::Table>{.columns = ports::opm_spacecraft_columns, .doc = "one row or none"},
      sdk::out<"maneuvers", sdk::Table>{.columns = ports::opm_maneuver_columns, .doc = "one row to each"},
      sdk::out<"user_defined", sdk::Table>{.columns = ports::opm_user_columns, .doc = "one row to each"},
      sdk::out<"header", sdk::Table>{.columns = ports::header_columns, .doc = "one row"}};
  static void run(sdk::Call<OpmRead>& call);
};

struct OpmWrite {
  static constexpr sdk::Info info{
      .name = "opm_write",
      .version = "1.0.0",
      .title = "A CCSDS orbit parameter message from a state",
      .doc =
          "Metadata come from the tables of opm_read, or from the single inputs. Normal form: \"KEY = value [unit]\" "
          "without "
          "alignment or blank lines, shortest decimals, dates rounded to 'decimals'. What opm_read makes of it is "
          "written "
          "again with the same bytes. Source: CCSDS 502.0-B-3.",
      .example =
          "epoch = \"1998-12-18T14:29:19.3012 TT\"\nposition = [\"6503.514 km\", \"1239.647 km\", \"-717.49 km\"]\n"
          "velocity = [\"-0.87316 km/s\", \"8.74042 km/s\", \"-4.191076 km/s\"]\nobject_name = \"PROBE\"\n"
          "object_id = \"1998-057A\"\nref_frame = \"ITRF-97\"\noriginator = \"EXAMPLE\"\n"
          "creation_date = { text = \"1998-11-06T09:23:57\" }"};
  static constexpr std::tuple ports{
      sdk::in<"epoch", sdk::f64>{.unit = "s", .doc = "past J2000 TT"},
      sdk::in<"position", sdk::f64, "3">{.unit = "m", .doc = "in the message's frame"},
      sdk::in<"velocity", sdk::f64, "3">{.unit = "m/s", .doc = "in the message's frame"},
      sdk::in<"covariance", sdk::f64, "c x 6 x 6">{.optional = true, .doc = "in m and s; at most one"},
      sdk::in<"metadata", sdk::Table>{
          .optional = true, .columns = ports::opm_metadata_columns, .doc = "as opm_read makes it"},
      sdk::in<"elements", sdk::Table>{
          .optional = true, .columns = ports::opm_element_columns, .doc = "one row or none"},
      sdk::in<"spacecraft", sdk::Table>{
          .optional = true, .columns = ports::opm_spacecraft_columns, .doc = "one row or none"},
      sdk::in<"maneuvers", sdk::Table>{
          .optional = true, .columns = ports::opm_maneuver_columns, .doc = "one row to each"},
      sdk::in<"user_defined", sdk::Table>{
          .optional = true, .columns = ports::opm_user_columns, .doc = "one row to each"},
      sdk::in<"header", sdk::Table>{.optional = true, .columns = ports::header_columns, .doc = "as opm_read makes it"},
      sdk::in<"object_name", sdk::Text>{.fallback = "", .doc = "without 'metadata'"},
      sdk::in<"object_id", sdk::Text>{.fallback = "", .doc = "international designator; without 'metadata'"},
      sdk::in<"center_name", sdk::Text>{.fallback = "EARTH", .doc = "origin of the frame; without 'metadata'"},
      sdk::in<"ref_frame", sdk::Text>{.fallback = "", .doc = "such as EME2000, TEME; without 'metadata'"},
      sdk::in<"time_system", sdk::Choice<TimeScale>>{
          .fallback = "utc", .choices = {"tt", "utc", "tai", "tdb", "gps"}, .doc = "of the dates; without 'metadata'"},
      sdk::in<"originator", sdk::Text>{.fallback = "", .doc = "who makes the message; without 'header'"},
      sdk::in<"creation_date", sdk::Text>{
          .fallback = "", .doc = "UTC, 2004-10-07T17:26:06; a run must not depend on the clock; without 'header'"},
      sdk::in<"comment", sdk::Text>{.fallback = "", .doc = "lines for the header; without 'header'"},
      ports::date_decimals,
      sdk::out<"opm", sdk::Text>{.doc = "the message"}};
  static void run(sdk::Call<OpmWrite>& call);
};

}  // namespace orrery::orbital
