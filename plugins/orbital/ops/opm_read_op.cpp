// The operations orbital.opm_read and opm_write.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/opm_read_op.hpp"

#include <algorithm>
#include <optional>

#include "plugins/orbital/core/opm.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

using Read = sdk::Call<OpmRead>;
using Write = sdk::Call<OpmWrite>;

void put_metadata(Read& call, const Opm& opm) {
  const std::vector<Opm> one{opm};
  call.out_table<"metadata">(1);
  const auto text = [&](const char* column, auto f) { put_text_column<"metadata">(call, column, one, f); };
  text("object_name", [](const Opm& o) { return o.metadata.object_name; });
  text("object_id", [](const Opm& o) { return o.metadata.object_id; });
  text("center_name", [](const Opm& o) { return o.metadata.center_name; });
  text("ref_frame", [](const Opm& o) { return o.metadata.ref_frame; });
  text("ref_frame_epoch", [](const Opm& o) { return o.metadata.ref_frame_epoch; });
  text("time_system", [](const Opm& o) { return name(o.metadata.time_system); });
  text("metadata_comments", [](const Opm& o) { return joined(o.metadata.comments); });
  text("state_comments", [](const Opm& o) { return joined(o.state_comments); });
  text("covariance_comments", [](const Opm& o) { return joined(o.covariance_comments); });
  text("covariance_ref_frame", [](const Opm& o) { return o.covariance ? o.covariance->ref_frame : std::string(); });
}

void put_elements(Read& call, const std::optional<OpmElements>& elements) {
  std::vector<OpmElements> all;
  if (elements) all.push_back(*elements);
  call.out_table<"elements">(static_cast<std::int64_t>(all.size()));
  const auto number = [&](const char* column, auto f) { put_column<"elements", sdk::f64>(call, column, all, f); };
  number("semi_major_axis", [](const OpmElements& e) { return e.semi_major_axis; });
  number("eccentricity", [](const OpmElements& e) { return e.eccentricity; });
  number("inclination", [](const OpmElements& e) { return e.inclination; });
  number("ascending_node", [](const OpmElements& e) { return e.ascending_node; });
  number("argument_of_periapsis", [](const OpmElements& e) { return e.argument_of_periapsis; });
  number("anomaly", [](const OpmElements& e) { return e.anomaly; });
  number("gravity", [](const OpmElements& e) { return e.gravity; });
  put_text_column<"elements">(call, "kind_of_anomaly", all,
                              [](const OpmElements& e) { return e.is_mean_anomaly ? "mean" : "true"; });
  put_text_column<"elements">(call, "comments", all, [](const OpmElements& e) { return joined(e.comments); });
}

void put_spacecraft(Read& call, const std::optional<OpmSpacecraft>& spacecraft) {
  std::vector<OpmSpacecraft> all;
  if (spacecraft) all.push_back(*spacecraft);
  call.out_table<"spacecraft">(static_cast<std::int64_t>(all.size()));
  const auto number = [&](const char* column, auto f) { put_column<"spacecraft", sdk::f64>(call, column, all, f); };
  number("mass", [](const OpmSpacecraft& s) { return or_nan(s.mass); });
  number("radiation_area", [](const OpmSpacecraft& s) { return or_nan(s.radiation_area); });
  number("radiation_coefficient", [](const OpmSpacecraft& s) { return or_nan(s.radiation_coefficient); });
  number("drag_area", [](const OpmSpacecraft& s) { return or_nan(s.drag_area); });
  number("drag_coefficient", [](const OpmSpacecraft& s) { return or_nan(s.drag_coefficient); });
  put_text_column<"spacecraft">(call, "comments", all, [](const OpmSpacecraft& s) { return joined(s.comments); });
}

void put_maneuvers(Read& call, const std::vector<OpmManeuver>& all) {
  call.out_table<"maneuvers">(static_cast<std::int64_t>(all.size()));
  const auto number = [&](const char* column, auto f) { put_column<"maneuvers", sdk::f64>(call, column, all, f); };
  number("ignition", [](const OpmManeuver& m) { return m.ignition; });
  number("duration", [](const OpmManeuver& m) { return m.duration; });
  number("delta_mass", [](const OpmManeuver& m) { return m.delta_mass; });
  number("delta_v_1", [](const OpmManeuver& m) { return m.delta_v[0]; });
  number("delta_v_2", [](const OpmManeuver& m) { return m.delta_v[1]; });
  number("delta_v_3", [](const OpmManeuver& m) { return m.delta_v[2]; });
  put_text_column<"maneuvers">(call, "ref_frame", all, [](const OpmManeuver& m) { return m.ref_frame; });
  put_text_column<"maneuvers">(call, "comments", all, [](const OpmManeuver& m) { return joined(m.comments); });
}

void put_user_defined(Read& call, const Opm& opm) {
  call.out_table<"user_defined">(static_cast<std::int64_t>(opm.user_defined.size()));
  put_text_column<"user_defined">(call, "name", opm.user_defined, [](const auto& u) { return u.first; });
  put_text_column<"user_defined">(call, "value", opm.user_defined, [](const auto& u) { return u.second; });
}

/// The number of a column in one row.
double number_in(const sdk::TableView& table, const char* column, std::int64_t row) {
  return table.numbers<sdk::f64>(column)[static_cast<std::size_t>(row)];
}

void require_one_or_none(const char* port, const sdk::TableView& table) {
  if (table.rows() > 1)
    throw std::invalid_argument("'" + std::string(port) + "' must have one row or none; it has " +
                                std::to_string(table.rows()));
}

std::optional<OpmElements> elements_in(const Write& call) {
  const auto table = call.maybe<"elements">();
  if (!table || table->rows() == 0) return std::nullopt;
  require_one_or_none("elements", *table);
  const auto number = [&](const char* column) { return number_in(*table, column, 0); };
  const std::string kind = text_in(*table, "kind_of_anomaly", 0);
  if (kind != "true" && kind != "mean")
    throw std::invalid_argument("'kind_of_anomaly' must be true or mean; it is " + quoted(kind));
  return OpmElements{split(text_in(*table, "comments", 0)),
                     number("semi_major_axis"),
                     number("eccentricity"),
                     number("inclination"),
                     number("ascending_node"),
                     number("argument_of_periapsis"),
                     number("anomaly"),
                     kind == "mean",
                     number("gravity")};
}

std::optional<OpmSpacecraft> spacecraft_in(const Write& call) {
  const auto table = call.maybe<"spacecraft">();
  if (!table || table->rows() == 0) return std::nullopt;
  require_one_or_none("spacecraft", *table);
  const auto number = [&](const char* column) { return unless_nan(number_in(*table, column, 0)); };
  return OpmSpacecraft{split(text_in(*table, "comments", 0)), number("mass"),      number("radiation_area"),
                       number("radiation_coefficient"),       number("drag_area"), number("drag_coefficient")};
}

std::vector<OpmManeuver> maneuvers_in(const Write& call) {
  std::vector<OpmManeuver> all;
  const auto table = call.maybe<"maneuvers">();
  for (std::int64_t row = 0; table && row < table->rows(); ++row) {
    const auto number = [&](const char* column) { return number_in(*table, column, row); };
    all.push_back({split(text_in(*table, "comments", row)),
                   number("ignition"),
                   number("duration"),
                   number("delta_mass"),
                   text_in(*table, "ref_frame", row),
                   {number("delta_v_1"), number("delta_v_2"), number("delta_v_3")}});
  }
  return all;
}

void set_metadata(const Write& call, Opm& opm) {
  const auto table = call.maybe<"metadata">();
  if (!table) {
    opm.metadata = {{},
                    std::string(call.in<"object_name">()),
                    std::string(call.in<"object_id">()),
                    std::string(call.in<"center_name">()),
                    std::string(call.in<"ref_frame">()),
                    "",
                    call.in<"time_system">()};
    return;
  }
  if (table->rows() != 1)
    throw std::invalid_argument("'metadata' must have one row; it has " + std::to_string(table->rows()));
  const auto text = [&](const char* column) { return text_in(*table, column, 0); };
  opm.metadata = {split(text("metadata_comments")),
                  text("object_name"),
                  text("object_id"),
                  text("center_name"),
                  text("ref_frame"),
                  text("ref_frame_epoch"),
                  time_system_in(text("time_system"))};
  opm.state_comments = split(text("state_comments"));
  opm.covariance_comments = split(text("covariance_comments"));
  if (opm.covariance) opm.covariance->ref_frame = text("covariance_ref_frame");
}

void set_header(const Write& call, Opm& opm) {
  if (const auto table = call.maybe<"header">()) {
    opm.header = header_in(*table);
    return;
  }
  opm.header.comments = split(call.in<"comment">());
  opm.header.creation_date = call.in<"creation_date">();
  opm.header.originator = call.in<"originator">();
}

}  // namespace

void OpmRead::run(sdk::Call<OpmRead>& call) {
  const Opm opm = read_opm(call.in<"opm">());
  call.set<"epoch">(opm.epoch);
  const auto r = call.out<"position">(3), v = call.out<"velocity">(3);
  std::copy_n(opm.state.position.begin(), 3, r.begin());
  std::copy_n(opm.state.velocity.begin(), 3, v.begin());
  const auto covariance = call.out<"covariance">(opm.covariance ? 1 : 0, 6, 6);
  if (opm.covariance) put_covariance(*opm.covariance, covariance.row(0));
  put_metadata(call, opm);
  put_elements(call, opm.elements);
  put_spacecraft(call, opm.spacecraft);
  put_maneuvers(call, opm.maneuvers);
  put_user_defined(call, opm);
  put_header(call, opm.header);
}

void OpmWrite::run(sdk::Call<OpmWrite>& call) {
  Opm opm;
  opm.epoch = call.in<"epoch">();
  opm.state = {vector_of(call.in<"position">()), vector_of(call.in<"velocity">())};
  if (const auto c = call.maybe<"covariance">(); c && c->extent(0) > 0) {
    if (c->extent(0) > 1)
      throw std::invalid_argument("'covariance' must be one or none; it is " + std::to_string(c->extent(0)));
    opm.covariance = covariance_in(c->row(0));
  }
  set_header(call, opm);
  set_metadata(call, opm);
  opm.elements = elements_in(call);
  opm.spacecraft = spacecraft_in(call);
  opm.maneuvers = maneuvers_in(call);
  if (const auto user = call.maybe<"user_defined">())
    for (std::int64_t row = 0; row < user->rows(); ++row)
      opm.user_defined.emplace_back(user->text("name", row), user->text("value", row));
  call.set<"opm">(write_opm(opm, static_cast<int>(call.in<"decimals">())));
}

}  // namespace orrery::orbital
