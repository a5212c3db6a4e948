// Every operation of the orbital domain, declared: transfers, three bodies, TLE, CCSDS and time; others are included.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/domains/orbital_motion.hpp"

namespace orrery::domains::orbital {

enum class Direction { prograde, retrograde, both };
enum class Branch { low, high, both };
inline constexpr in<"direction", Choice<Direction>> direction{
    .fallback = "prograde", .choices = {"prograde", "retrograde", "both"}, .doc = "of motion about the z axis"};
inline constexpr in<"max_revolutions", i64> max_revolutions{
    .fallback = "0", .min = 0, .max = 1000, .doc = "whole turns"};

struct Lambert : Declared<Lambert> {
  static constexpr Info info = long_running("lambert", "Velocities of the conics that join two points in a given time");
  static constexpr std::tuple ports{
      gravity,
      in<"first", f64, "... x 3">{.unit = "m", .doc = "position of departure"},
      in<"second", f64, "... x 3">{.unit = "m", .doc = "position of arrival"},
      in<"time_of_flight", f64, "...">{.unit = "s", .min = 0, .above_min = true, .doc = "between them"},
      direction,
      max_revolutions,
      in<"branch", Choice<Branch>>{.fallback = "both", .choices = {"low", "high", "both"}, .doc = "of each revolution"},
      in<"normal", f64, "3">{.optional = true, .doc = "of the plane of a transfer by 180 degrees"},
      on_error,
      out<"departure_velocity", f64, "... x c x 3">{.unit = "m/s", .doc = "of each solution"},
      out<"arrival_velocity", f64, "... x c x 3">{.unit = "m/s", .doc = "of each solution"},
      out<"semi_major_axis", f64, "... x c">{.unit = "m", .doc = "of each solution"},
      out<"revolutions", i64, "... x c">{.doc = "of each solution; -1 where there is none"},
      out<"solutions", i64, "...">{.doc = "how many there are"},
      tap<"residual", f64>{.doc = "of each Householder step, relative"}};
};

struct Porkchop : Declared<Porkchop> {
  static constexpr Info info = long_running("porkchop", "Lambert's problem for every pair of departure and arrival");
  static constexpr std::tuple ports{
      in<"gravity", f64>{.unit = "m^3/s^2", .min = 0, .above_min = true, .doc = "mu"},
      in<"departure_times", f64, "n">{.unit = "s", .doc = "past the epoch"},
      in<"departure_position", f64, "n x 3">{.unit = "m", .doc = "of the first body"},
      in<"departure_velocity", f64, "n x 3">{.unit = "m/s", .doc = "of the first body"},
      in<"arrival_times", f64, "m">{.unit = "s", .doc = "past the epoch"},
      in<"arrival_position", f64, "m x 3">{.unit = "m", .doc = "of the second body"},
      in<"arrival_velocity", f64, "m x 3">{.unit = "m/s", .doc = "of the second body"},
      direction,
      max_revolutions,
      out<"departure_energy", f64, "n x m">{.unit = "m^2/s^2", .doc = "C3; NaN where the arrival is before departure"},
      out<"arrival_speed", f64, "n x m">{.unit = "m/s", .doc = "relative to the second body"}};
};

struct Hohmann : Declared<Hohmann> {
  static constexpr Info info = about("hohmann", "Transfer between two circles by half an ellipse");
  static constexpr std::tuple ports{
      gravity,
      in<"first_radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "r1"},
      in<"second_radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "r2"},
      out<"first_impulse", f64, "...">{.unit = "m/s", .doc = "Delta v1"},
      out<"second_impulse", f64, "...">{.unit = "m/s", .doc = "Delta v2"},
      out<"time_of_flight", f64, "...">{.unit = "s", .doc = "half a period"}};
};

struct BiElliptic : Declared<BiElliptic> {
  static constexpr Info info = about("bi_elliptic", "Transfer between two circles by two half ellipses");
  static constexpr std::tuple ports{
      gravity,
      in<"first_radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "r1"},
      in<"second_radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "r2"},
      in<"apoapsis_radius", f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "where the halves meet"},
      out<"impulses", f64, "... x 3">{.unit = "m/s", .doc = "the three Delta v"},
      out<"time_of_flight", f64, "...">{.unit = "s", .doc = "of both halves"}};
};

struct PlaneChange : Declared<PlaneChange> {
  static constexpr Info info = about("plane_change", "Impulse that turns a velocity");
  static constexpr std::tuple ports{
      in<"speed", f64, "...">{.unit = "m/s", .min = 0, .doc = "before"},
      in<"new_speed", f64, "...">{.unit = "m/s", .min = 0, .optional = true, .doc = "after"},
      in<"angle", f64, "...">{.unit = "rad", .doc = "between the planes"},
      out<"impulse", f64, "...">{.unit = "m/s", .doc = "Delta v"}};
};

inline constexpr in<"mass_ratio", f64> mass_ratio{
    .min = 0, .max = 0.5, .above_min = true, .doc = "mu = m2/(m1 + m2); lengths and times in units of the two bodies"};

struct LagrangePoints : Declared<LagrangePoints> {
  static constexpr Info info = about("lagrange_points", "The five equilibria of the circular restricted problem");
  static constexpr std::tuple ports{mass_ratio, out<"position", f64, "5 x 2">{.doc = "in the rotating frame"},
                                    out<"jacobi_constant", f64, "5">{.doc = "C_J of each"},
                                    out<"eigenvalues", c128, "5 x 4">{.doc = "of the planar linear motion"}};
};

struct JacobiConstant : Declared<JacobiConstant> {
  static constexpr Info info = about("jacobi_constant", "C_J of states of the circular restricted problem");
  static constexpr std::tuple ports{mass_ratio, in<"position", f64, "... x 3">{.doc = "in the rotating frame"},
                                    in<"velocity", f64, "... x 3">{.doc = "in the rotating frame"},
                                    out<"jacobi_constant", f64, "...">{.doc = "C_J"}};
};

struct IntegrateCr3bp : Declared<IntegrateCr3bp> {
  static constexpr Info info = long_running("integrate_cr3bp", "Motion in the circular restricted three-body problem");
  static constexpr std::tuple ports{mass_ratio,
                                    in<"position", f64, "... x 3">{.doc = "in the rotating frame"},
                                    in<"velocity", f64, "... x 3">{.doc = "in the rotating frame"},
                                    in<"times", f64, "m">{.doc = "in units of the period over 2 pi"},
                                    std::get<0>(integration),
                                    std::get<2>(integration),
                                    out<"position", f64, "... x m x 3">{.doc = "in the rotating frame"},
                                    out<"velocity", f64, "... x m x 3">{.doc = "in the rotating frame"},
                                    out<"jacobi_drift", f64, "... x m">{.doc = "C_J less its first value"}};
};

inline constexpr in<"tle", Text> tle{.doc = "two-line elements, with or without name lines; as many sets as there are"};

struct TleParse : Declared<TleParse> {
  static constexpr Info info = about("tle_parse", "The numbers of two-line elements; a bad line is named");
  static constexpr std::tuple ports{
      tle, out<"elements", Table>{
               .columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "of the satellite"},
                            {.name = "catalog_number", .dtype = ORRERY_I64, .doc = "NORAD, alpha-5 too"},
                            {.name = "classification", .dtype = ORRERY_TEXT, .doc = "U, C or S"},
                            {.name = "designator", .dtype = ORRERY_TEXT, .doc = "of the launch"},
                            {.name = "epoch", .unit = "s", .doc = "past J2000, TT"},
                            {.name = "mean_motion_dot", .unit = "rad/s^2", .doc = "half the first derivative"},
                            {.name = "mean_motion_ddot", .unit = "rad/s^3", .doc = "a sixth of the second"},
                            {.name = "drag_term", .doc = "B*, per Earth radius"},
                            {.name = "inclination", .unit = "rad", .doc = "i"},
                            {.name = "ascending_node", .unit = "rad", .doc = "Omega"},
                            {.name = "eccentricity", .doc = "e"},
                            {.name = "argument_of_perigee", .unit = "rad", .doc = "omega"},
                            {.name = "mean_anomaly", .unit = "rad", .doc = "M"},
                            {.name = "mean_motion", .unit = "rad/s", .doc = "n"},
                            {.name = "revolution", .dtype = ORRERY_I64, .doc = "at the epoch"},
                            {.name = "element_set", .dtype = ORRERY_I64, .doc = "its number"}}},
               .doc = "one row for each satellite"}};
};

enum class Gravity { wgs72, wgs72old, wgs84 };
struct Sgp4 : Declared<Sgp4> {
  static constexpr Info info = long_running("sgp4", "SGP4 and SDP4 from two-line elements");
  static constexpr std::tuple ports{
      tle,
      in<"minutes", f64, "m">{.unit = "s", .optional = true, .doc = "since the epoch of each set"},
      in<"times", f64, "m">{.unit = "s", .optional = true, .doc = "past J2000, TT"},
      in<"gravity_model", Choice<Gravity>>{
          .fallback = "wgs72", .choices = {"wgs72", "wgs72old", "wgs84"}, .doc = "constants"},
      in<"improved", bool>{.fallback = "true", .doc = "false: the mode of the original programs"},
      out<"position", f64, "k x m x 3">{.unit = "m", .doc = "TEME, of each satellite"},
      out<"velocity", f64, "k x m x 3">{.unit = "m/s", .doc = "TEME"},
      out<"error", i64, "k x m">{.doc = "code of the model: 0 fine, 1..6 as published"}};
};

struct ReadElements : Declared<ReadElements> {
  static constexpr Info info = about("read_elements", "Elements from a table, whichever of the usual columns it has");
  static constexpr std::tuple ports{
      in<"table", Table>{.columns = {{{.name = "eccentricity", .optional = true, .doc = "e"},
                                      {.name = "one_minus_e", .optional = true, .doc = "1 - e"},
                                      {.name = "periapsis_distance", .unit = "m", .optional = true, .doc = "q"},
                                      {.name = "semi_major_axis", .unit = "m", .optional = true, .doc = "a"},
                                      {.name = "inclination", .unit = "rad", .doc = "i"},
                                      {.name = "ascending_node", .unit = "rad", .doc = "Omega"},
                                      {.name = "argument_of_periapsis", .unit = "rad", .doc = "omega"},
                                      {.name = "mean_anomaly", .unit = "rad", .optional = true, .doc = "M"},
                                      {.name = "epoch", .unit = "s", .optional = true, .doc = "past J2000, TT"},
                                      {.name = "name", .dtype = ORRERY_TEXT, .optional = true, .doc = "of the body"}}},
                         .doc = "one row for each body"},
      out<"eccentricity", f64, "n">{.doc = "e"},
      out<"periapsis_distance", f64, "n">{.unit = "m", .doc = "q"},
      out<"inclination", f64, "n">{.unit = "rad", .doc = "i"},
      out<"ascending_node", f64, "n">{.unit = "rad", .doc = "Omega"},
      out<"argument_of_periapsis", f64, "n">{.unit = "rad", .doc = "omega"},
      out<"true_anomaly", f64, "n">{.unit = "rad", .doc = "f at the epoch"},
      out<"epoch", f64, "n">{.unit = "s", .doc = "past J2000, TT"}};
};

struct CometsParse : Declared<CometsParse> {
  static constexpr Info info = about("comets_parse", "Rows of the Minor Planet Center's comet format");
  static constexpr std::tuple ports{
      in<"text", Text>{.doc = "fixed columns, one comet a line"},
      out<"elements", Table>{.columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "designation"},
                                          {.name = "perihelion_time", .unit = "s", .doc = "past J2000, TT"},
                                          {.name = "periapsis_distance", .unit = "m", .doc = "q"},
                                          {.name = "eccentricity", .doc = "e"},
                                          {.name = "argument_of_periapsis", .unit = "rad", .doc = "omega"},
                                          {.name = "ascending_node", .unit = "rad", .doc = "Omega"},
                                          {.name = "inclination", .unit = "rad", .doc = "i"}}},
                             .doc = "one row for each comet"}};
};

struct OemParse : Declared<OemParse> {
  static constexpr Info info =
      about("oem_parse", "A CCSDS orbit ephemeris message; a malformed one is refused by its line");
  static constexpr std::tuple ports{
      in<"text", Text>{.doc = "OEM 2.0, KVN"},
      out<"metadata", Table>{.columns = {{{.name = "segment", .dtype = ORRERY_I64, .doc = "from 0"},
                                          {.name = "keyword", .dtype = ORRERY_TEXT, .doc = "as in the file"},
                                          {.name = "value", .dtype = ORRERY_TEXT, .doc = "as in the file"}}},
                             .doc = "all keywords, comments too"},
      out<"segments", i64, "n">{.doc = "the segment of each line"},
      out<"times", f64, "n">{.unit = "s", .doc = "past J2000, TT"},
      out<"position", f64, "n x 3">{.unit = "m", .doc = "r"},
      out<"velocity", f64, "n x 3">{.unit = "m/s", .doc = "v"},
      out<"acceleration", f64, "n x 3">{.unit = "m/s^2", .optional = true, .doc = "where the file has it"},
      out<"covariance_times", f64, "c">{.unit = "s", .optional = true, .doc = "of the covariance matrices"},
      out<"position_covariance", f64, "c x 3 x 3">{.unit = "m^2", .optional = true, .doc = "its blocks"},
      out<"cross_covariance", f64, "c x 3 x 3">{.unit = "m^2/s", .optional = true, .doc = "its blocks"},
      out<"velocity_covariance", f64, "c x 3 x 3">{.unit = "m^2/s^2", .optional = true, .doc = "its blocks"}};
};

struct OemFormat : Declared<OemFormat> {
  static constexpr Info info = about("oem_format", "An ephemeris as a CCSDS orbit ephemeris message");
  static constexpr std::tuple ports{
      in<"metadata", Table>{.optional = true,
                            .columns = {{{.name = "segment", .dtype = ORRERY_I64, .doc = "from 0"},
                                         {.name = "keyword", .dtype = ORRERY_TEXT, .doc = "as in the file"},
                                         {.name = "value", .dtype = ORRERY_TEXT, .doc = "as in the file"}}},
                            .doc = "as oem_parse makes it"},
      in<"segments", i64, "n">{.optional = true, .doc = "the segment of each line"},
      in<"times", f64, "n">{.unit = "s", .doc = "past J2000, TT"},
      in<"position", f64, "n x 3">{.unit = "m", .doc = "r"},
      in<"velocity", f64, "n x 3">{.unit = "m/s", .doc = "v"},
      in<"acceleration", f64, "n x 3">{.unit = "m/s^2", .optional = true, .doc = "a"},
      out<"text", Text>{.doc = "OEM 2.0, KVN"}};
};

struct OpmParse : Declared<OpmParse> {
  static constexpr Info info =
      about("opm_parse", "A CCSDS orbit parameter message; a malformed one is refused by its line");
  static constexpr std::tuple ports{
      in<"text", Text>{.doc = "OPM 2.0, KVN"},
      out<"metadata", Table>{.columns = {{{.name = "keyword", .dtype = ORRERY_TEXT, .doc = "as in the file"},
                                          {.name = "value", .dtype = ORRERY_TEXT, .doc = "as in the file"}}},
                             .doc = "all keywords, comments too"},
      out<"epoch", f64>{.unit = "s", .doc = "past J2000, TT"},
      out<"position", f64, "3">{.unit = "m", .doc = "r"},
      out<"velocity", f64, "3">{.unit = "m/s", .doc = "v"},
      out<"mass", f64>{.unit = "kg", .optional = true, .doc = "where the file has it"},
      out<"maneuvers", Table>{.optional = true,
                              .columns = {{{.name = "ignition", .unit = "s", .doc = "past J2000, TT"},
                                           {.name = "duration", .unit = "s", .doc = "0: an impulse"},
                                           {.name = "mass_change", .unit = "kg", .doc = "negative"},
                                           {.name = "frame", .dtype = ORRERY_TEXT, .doc = "of the impulse"},
                                           {.name = "dv1", .unit = "m/s", .doc = "first component"},
                                           {.name = "dv2", .unit = "m/s", .doc = "second component"},
                                           {.name = "dv3", .unit = "m/s", .doc = "third component"}}},
                              .doc = "in order"}};
};

struct OpmFormat : Declared<OpmFormat> {
  static constexpr Info info = about("opm_format", "A state as a CCSDS orbit parameter message");
  static constexpr std::tuple ports{
      in<"object", Text>{.doc = "its name"},
      in<"object_id", Text>{.doc = "its international designator"},
      in<"frame", Text>{.fallback = "EME2000", .doc = "REF_FRAME"},
      in<"epoch", f64>{.unit = "s", .doc = "past J2000, TT"},
      in<"position", f64, "3">{.unit = "m", .doc = "r"},
      in<"velocity", f64, "3">{.unit = "m/s", .doc = "v"},
      in<"mass", f64>{.unit = "kg", .min = 0, .above_min = true, .optional = true, .doc = "m"},
      out<"text", Text>{.doc = "OPM 2.0, KVN"}};
};

struct EpochFromCalendar : Declared<EpochFromCalendar> {
  static constexpr Info info = about("epoch_from_calendar", "Seconds past J2000 TT from calendar dates");
  static constexpr std::tuple ports{in<"dates", Text>{.list = true, .doc = "such as 2000-01-01T12:00:00 TT"},
                                    out<"epochs", f64, "n">{.unit = "s", .doc = "past J2000, TT"}};
};

struct CalendarFromEpoch : Declared<CalendarFromEpoch> {
  static constexpr Info info = about("calendar_from_epoch", "Calendar dates from seconds past J2000 TT");
  static constexpr std::tuple ports{
      in<"epochs", f64, "n">{.unit = "s", .doc = "past J2000, TT"},
      in<"digits", i64>{.fallback = "3", .min = 0, .max = 12, .doc = "of the seconds"},
      out<"dates", Table>{.columns = {{{.name = "date", .dtype = ORRERY_TEXT, .doc = "TT"}}},
                          .doc = "one row for each epoch"}};
};

}  // namespace orrery::domains::orbital

namespace o = orrery::domains::orbital;

ORRERY_PLUGIN((.name = "domain_orbital", .version = "0.0.0", .title = "Orbital mechanics, declared only",
               .license = "Apache-2.0"),
              o::KeplerSolve, o::KeplerHyperbolic, o::Barker, o::KeplerUniversal, o::AnomalyConvert, o::ElementsToState,
              o::StateToElements, o::ElementsToEquinoctial, o::EquinoctialToElements, o::WrapAngle, o::Propagate,
              o::PropagateState, o::StateTransition, o::Integrate, o::EvaluateDense, o::IntegrateNbody, o::FindEvents,
              o::SecularRates, o::VisViva, o::RadialTime, o::KeplerThirdLaw, o::ArealRate, o::Invariants, o::Hodograph,
              o::ConicCheck, o::Lambert, o::Porkchop, o::Hohmann, o::BiElliptic, o::PlaneChange, o::LagrangePoints,
              o::JacobiConstant, o::IntegrateCr3bp, o::TleParse, o::Sgp4, o::ReadElements, o::CometsParse, o::OemParse,
              o::OemFormat, o::OpmParse, o::OpmFormat, o::EpochFromCalendar, o::CalendarFromEpoch)
