// orbital.find_events: when a body passes its apsides, its nodes, a radius, or the edge of a shadow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/events.hpp"
#include "plugins/orbital/ops/forces.hpp"

namespace orrery::orbital {

enum class EventMethod { kepler, taylor, dop853, rk4, yoshida4, verlet };
enum class EventDirection { both, rising, falling };

struct FindEvents {
  static constexpr sdk::Info info{
      .name = "find_events",
      .version = "1.0.0",
      .title = "Times of apsides, nodes, crossings of a radius, and edges of a shadow",
      .doc =
          "Method kepler solves the two-body orbit in closed form; the others integrate with all forces of integrate, "
          "and "
          "isolate the sign changes of each step's polynomial, so that none is missed. Rising events are periapsis, "
          "ascending node, outward crossing, and exit from the shadow; falling ones apoapsis, descending node, inward "
          "crossing, and entry. A condition that holds all the time, as that for apsides of a circle, makes no events.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity = [\"0 km/s\", \"5 km/s\", \"6 km/s\"]\nend      = \"1 d\"\nevents   = \"nodes\"",
      .cancellable = true};
  static constexpr std::tuple ports = std::tuple_cat(
      std::tuple{
          ports::gravity, ports::position, ports::velocity,
          sdk::in<"begin", sdk::f64>{.unit = "s", .fallback = "0 s", .doc = "of the span, past the epoch of the state"},
          sdk::in<"end", sdk::f64>{.unit = "s", .doc = "of the span; not before its begin"},
          sdk::in<"events", sdk::Choice<EventKind>>{.choices = {"apsides", "nodes", "radius", "eclipse"},
                                                    .doc = "what is looked for"},
          sdk::in<"direction", sdk::Choice<EventDirection>>{
              .fallback = "both", .choices = {"both", "rising", "falling"}, .doc = "which of them are kept"},
          sdk::in<"radius", sdk::f64>{
              .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "with radius: the distance crossed"},
          sdk::in<"edge", sdk::Choice<ShadowEdge>>{.fallback = "cylinder",
                                                   .choices = {"cylinder", "umbra", "penumbra"},
                                                   .doc = "with eclipse: of which shadow"},
          sdk::in<"sun_position", sdk::f64, "3">{
              .unit = "m",
              .optional = true,
              .doc = "with eclipse: a Sun at rest, instead of one among the third bodies"},
          sdk::in<"method", sdk::Choice<EventMethod>>{
              .fallback = "kepler",
              .choices = {"kepler", "taylor", "dop853", "rk4", "yoshida4", "verlet"},
              .doc = "kepler: closed form, no perturbations; the others as of integrate"},
          ports::step, ports::integration_tolerance, ports::max_steps,
          sdk::in<"max_events", sdk::i64>{
              .fallback = "1000000", .min = 1, .max = 1e9, .doc = "of a row; more are an error"}},
      ports::forces,
      std::tuple{ports::on_error, sdk::out<"row", sdk::i64, "n">{.doc = "which orbit of the batch, counted from 0"},
                 sdk::out<"time", sdk::f64, "n">{.unit = "s", .doc = "past the epoch, increasing in each row"},
                 sdk::out<"rising", bool, "n">{.doc = "periapsis, ascending node, outward, or exit"},
                 sdk::out<"position", sdk::f64, "n x 3">{.unit = "m", .doc = "then"},
                 sdk::out<"velocity", sdk::f64, "n x 3">{.unit = "m/s", .doc = "then"},
                 sdk::out<"count", sdk::i64, "...">{.doc = "events of each row; -1 for one that failed"}});
  static void run(sdk::Call<FindEvents>& call);
};

}  // namespace orrery::orbital
