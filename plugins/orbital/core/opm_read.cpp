// Reading orbit parameter messages.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 3.
#include "plugins/orbital/core/opm.hpp"
#include "plugins/orbital/core/opm_keys.hpp"

namespace orrery::orbital {

namespace {

using namespace detail;
using Kind = KvnLine::Kind;
using Comments = std::vector<std::string>;

bool next_is(const KvnReader& reader, std::span<const KvnKey> keys) {
  if (reader.ahead().kind != Kind::assignment) return false;
  for (const KvnKey& key : keys)
    if (key.key == reader.ahead().key) return true;
  return false;
}

/// Of a block in which either all of the keys must stand or none.
void require_all(const KvnBlock& block, std::span<const KvnKey> keys, std::size_t line, std::string_view what) {
  for (const KvnKey& key : keys)
    if (!block.has(key.key)) fail_line(line, "'" + std::string(key.key) + "' is missing in the " + std::string(what));
}

void read_state(KvnReader& reader, Opm& opm, const Comments& comments) {
  const KvnBlock block(reader, "state vector", opm_state_keys);
  opm.state_comments = comments;
  opm.epoch = block.time("EPOCH", opm.metadata.time_system);
  opm.state = {{block.number("X"), block.number("Y"), block.number("Z")},
               {block.number("X_DOT"), block.number("Y_DOT"), block.number("Z_DOT")}};
}

OpmElements read_elements(KvnReader& reader, const Comments& comments) {
  const std::size_t line = reader.ahead().number;
  const KvnBlock block(reader, "Keplerian elements", opm_element_keys);
  constexpr KvnKey needed[] = {{"SEMI_MAJOR_AXIS"}, {"ECCENTRICITY"},      {"INCLINATION"},
                               {"RA_OF_ASC_NODE"},  {"ARG_OF_PERICENTER"}, {"GM"}};
  require_all(block, needed, line, "Keplerian elements");
  if (block.has("TRUE_ANOMALY") == block.has("MEAN_ANOMALY"))
    fail_line(line, "the Keplerian elements must have one of 'TRUE_ANOMALY' and 'MEAN_ANOMALY'");
  OpmElements e;
  e.comments = comments;
  e.is_mean_anomaly = block.has("MEAN_ANOMALY");
  e.semi_major_axis = block.number("SEMI_MAJOR_AXIS");
  e.eccentricity = block.number("ECCENTRICITY");
  if (!(e.eccentricity >= 0.0)) fail_line(block.line("ECCENTRICITY"), "'ECCENTRICITY' must be at least 0");
  e.inclination = block.number("INCLINATION") * degree_in_rad;
  e.ascending_node = block.number("RA_OF_ASC_NODE") * degree_in_rad;
  e.argument_of_periapsis = block.number("ARG_OF_PERICENTER") * degree_in_rad;
  e.anomaly = block.number(e.is_mean_anomaly ? "MEAN_ANOMALY" : "TRUE_ANOMALY") * degree_in_rad;
  e.gravity = block.number("GM");
  if (!(e.gravity > 0.0)) fail_line(block.line("GM"), "'GM' must be positive");
  return e;
}

std::optional<double> maybe(const KvnBlock& block, std::string_view key) {
  if (!block.has(key)) return std::nullopt;
  const double value = block.number(key);
  if (!(value >= 0.0)) fail_line(block.line(key), "'" + std::string(key) + "' must be at least 0");
  return value;
}

OpmSpacecraft read_spacecraft(KvnReader& reader, const Comments& comments) {
  const KvnBlock block(reader, "spacecraft parameters", opm_spacecraft_keys);
  return {comments,
          maybe(block, "MASS"),
          maybe(block, "SOLAR_RAD_AREA"),
          maybe(block, "SOLAR_RAD_COEFF"),
          maybe(block, "DRAG_AREA"),
          maybe(block, "DRAG_COEFF")};
}

OdmCovariance read_covariance(KvnReader& reader, double epoch) {
  const std::size_t line = reader.ahead().number;
  const KvnBlock block(reader, "covariance", opm_covariance_keys);
  const std::span<const KvnKey> elements = std::span(opm_covariance_keys).subspan(1);
  require_all(block, elements, line, "covariance");
  OdmCovariance c;
  c.time = epoch;
  c.ref_frame = block.text("COV_REF_FRAME");
  for (std::size_t i = 0; i < c.lower.size(); ++i) c.lower[i] = block.number(elements[i].key);
  return c;
}

OpmManeuver read_maneuver(KvnReader& reader, TimeScale scale, const Comments& comments) {
  const KvnBlock block(reader, "maneuver", opm_maneuver_keys);
  OpmManeuver m;
  m.comments = comments;
  m.ignition = block.time("MAN_EPOCH_IGNITION", scale);
  m.duration = block.number("MAN_DURATION");
  if (!(m.duration >= 0.0)) fail_line(block.line("MAN_DURATION"), "'MAN_DURATION' must be at least 0");
  m.delta_mass = block.number("MAN_DELTA_MASS");
  if (m.delta_mass > 0.0) fail_line(block.line("MAN_DELTA_MASS"), "'MAN_DELTA_MASS' must not be positive");
  m.ref_frame = block.text("MAN_REF_FRAME");
  m.delta_v = {block.number("MAN_DV_1"), block.number("MAN_DV_2"), block.number("MAN_DV_3")};
  return m;
}

void read_user_defined(KvnReader& reader, Opm& opm) {
  constexpr std::string_view prefix = "USER_DEFINED_";
  const KvnLine line = reader.take();
  if (line.kind != Kind::assignment || !line.key.starts_with(prefix) || line.key.size() == prefix.size())
    fail_line(line.number, line.kind == Kind::assignment
                               ? "an OPM has no keyword " + quoted(line.key) + " here"
                               : "a keyword and its value must stand here; there stands " + quoted(line.value));
  if (line.value.empty()) fail_line(line.number, "'" + std::string(line.key) + "' has no value");
  opm.user_defined.emplace_back(line.key.substr(prefix.size()), line.value);
}

}  // namespace

Opm read_opm(std::string_view text) {
  KvnReader reader(text);
  Opm opm;
  opm.header = read_odm_header(reader, "CCSDS_OPM_VERS");
  Comments comments = reader.take_comments();
  opm.metadata = odm_metadata(KvnBlock(reader, "metadata", opm_metadata_keys));
  opm.metadata.comments = comments;
  comments = reader.take_comments();
  read_state(reader, opm, comments);
  comments = reader.take_comments();
  if (next_is(reader, opm_element_keys)) {
    opm.elements = read_elements(reader, comments);
    comments = reader.take_comments();
  }
  if (next_is(reader, opm_spacecraft_keys)) {
    opm.spacecraft = read_spacecraft(reader, comments);
    comments = reader.take_comments();
  }
  if (next_is(reader, opm_covariance_keys)) {
    opm.covariance_comments = comments;
    opm.covariance = read_covariance(reader, opm.epoch);
    comments = reader.take_comments();
  }
  while (next_is(reader, opm_maneuver_keys)) {
    opm.maneuvers.push_back(read_maneuver(reader, opm.metadata.time_system, comments));
    comments = reader.take_comments();
  }
  if (!comments.empty()) fail_line(reader.ahead().number, "a comment must stand at the beginning of a block");
  while (reader.ahead().kind != Kind::end) read_user_defined(reader, opm);
  return opm;
}

}  // namespace orrery::orbital
