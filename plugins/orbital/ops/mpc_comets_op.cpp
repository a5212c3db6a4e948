// The operation orbital.mpc_comets.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/mpc_comets_op.hpp"

#include "plugins/orbital/core/mpc_comets.hpp"
#include "plugins/orbital/ops/odm_tables.hpp"

namespace orrery::orbital {

void MpcComets::run(sdk::Call<MpcComets>& call) {
  const std::vector<MpcComet> all = parse_mpc_comets(call.in<"rows">());
  const auto n = static_cast<std::int64_t>(all.size());
  const auto time = call.out<"perihelion_time">(n), q = call.out<"periapsis_distance">(n);
  const auto e = call.out<"eccentricity">(n), inclination = call.out<"inclination">(n);
  const auto node = call.out<"ascending_node">(n), perihelion = call.out<"argument_of_periapsis">(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const MpcComet& comet = all[static_cast<std::size_t>(i)];
    time(i) = comet.perihelion_time;
    q(i) = comet.perihelion_distance;
    e(i) = comet.eccentricity;
    inclination(i) = comet.inclination;
    node(i) = comet.ascending_node;
    perihelion(i) = comet.argument_of_perihelion;
  }
  call.out_table<"comets">(n);
  put_text_column<"comets">(call, "name", all, [](const MpcComet& c) { return c.name; });
  put_column<"comets", sdk::i64>(call, "number", all, [](const MpcComet& c) { return c.number; });
  put_text_column<"comets">(call, "orbit_type", all, [](const MpcComet& c) { return std::string(1, c.orbit_type); });
  put_text_column<"comets">(call, "provisional", all, [](const MpcComet& c) { return c.provisional; });
  put_column<"comets", sdk::f64>(call, "epoch", all, [](const MpcComet& c) { return c.epoch; });
  put_column<"comets", sdk::f64>(call, "absolute_magnitude", all,
                                 [](const MpcComet& c) { return c.absolute_magnitude; });
  put_column<"comets", sdk::f64>(call, "slope", all, [](const MpcComet& c) { return c.slope; });
  put_text_column<"comets">(call, "reference", all, [](const MpcComet& c) { return c.reference; });
}

}  // namespace orrery::orbital
