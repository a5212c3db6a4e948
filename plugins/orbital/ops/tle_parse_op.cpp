// The operation orbital.tle_parse.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/tle_parse_op.hpp"

#include <vector>

namespace orrery::orbital {
namespace {

constexpr double minute = 60.0;

void put_texts(sdk::Call<TleParse>& call, const std::vector<Tle>& sets) {
  std::vector<std::string_view> names, classes, designators;
  for (const Tle& tle : sets) {
    names.push_back(tle.name);
    classes.emplace_back(&tle.classification, 1);
    designators.push_back(tle.designator);
  }
  call.out_column_text<"satellites">("name", names);
  call.out_column_text<"satellites">("classification", classes);
  call.out_column_text<"satellites">("designator", designators);
}

void put_table(sdk::Call<TleParse>& call, const std::vector<Tle>& sets) {
  call.out_table<"satellites">(static_cast<std::int64_t>(sets.size()));
  put_texts(call, sets);
  auto* number = call.out_column<"satellites", sdk::i64>("catalogue_number");
  auto* epoch = call.out_column<"satellites", sdk::f64>("epoch");
  auto* type = call.out_column<"satellites", sdk::i64>("ephemeris_type");
  auto* element = call.out_column<"satellites", sdk::i64>("element_number");
  auto* revolution = call.out_column<"satellites", sdk::i64>("revolution_number");
  for (const Tle& tle : sets) {
    *number++ = tle.catalogue_number;
    *epoch++ = epoch_of(tle);
    *type++ = tle.ephemeris_type;
    *element++ = tle.element_number;
    *revolution++ = tle.revolution_number;
  }
}

}  // namespace

void TleParse::run(sdk::Call<TleParse>& call) {
  const std::vector<Tle> sets = parse_tles(call.in<"tle">(), call.in<"checksum">());
  put_table(call, sets);
  const auto n = static_cast<std::int64_t>(sets.size());
  const auto number = call.out<"catalogue_number">(n);
  const auto epoch = call.out<"epoch">(n), motion = call.out<"mean_motion">(n), rate = call.out<"mean_motion_rate">(n);
  const auto second_rate = call.out<"mean_motion_second_rate">(n), drag = call.out<"drag">(n);
  const auto e = call.out<"eccentricity">(n), inclination = call.out<"inclination">(n);
  const auto node = call.out<"ascending_node">(n), perigee = call.out<"argument_of_perigee">(n);
  const auto anomaly = call.out<"mean_anomaly">(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const Tle& tle = sets[static_cast<std::size_t>(i)];
    number(i) = tle.catalogue_number;
    epoch(i) = epoch_of(tle);
    motion(i) = tle.mean_motion / minute;
    rate(i) = 2.0 * tle.mean_motion_half_dot / (minute * minute);
    second_rate(i) = 6.0 * tle.mean_motion_sixth_ddot / (minute * minute * minute);
    drag(i) = tle.bstar;
    e(i) = tle.eccentricity;
    inclination(i) = tle.inclination;
    node(i) = tle.ascending_node;
    perigee(i) = tle.argument_of_perigee;
    anomaly(i) = tle.mean_anomaly;
  }
}

}  // namespace orrery::orbital
