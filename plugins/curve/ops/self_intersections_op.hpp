// curve.self_intersections: whether a polyline meets itself, and where.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

struct FindSelfIntersections {
  static constexpr sdk::Info info{
      .name = "self_intersections",
      .version = "1.0.0",
      .title = "Whether a polyline in the plane or in space meets itself, and where",
      .doc =
          "Decided exactly for the polyline of the samples, by signs of determinants that are exact for the given "
          "numbers (Shewchuk 1997). Neighbouring edges count only where the curve turns straight back. Repeated "
          "points, "
          "and a last point that repeats the first of a closed curve, are passed over. Pairs and places come out for a "
          "single curve, not for a batch.",
      .example = "points = [[0, 0], [2, 2], [2, 0], [0, 2]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "in order, of 2 or 3 coordinates"},
      sdk::in<"closed", bool>{.fallback = "false", .doc = "the last point is joined to the first"},
      sdk::in<"most", sdk::i64>{
          .fallback = "100000", .min = 1, .max = 100000000, .doc = "pairs of edges after which the search stops"},
      sdk::out<"is_simple", bool, "...">{.doc = "the polyline does not meet itself"},
      sdk::out<"count", sdk::i64, "...">{.doc = "pairs of edges that meet; if it is 'most', there may be more"},
      sdk::out<"pairs", sdk::i64, "m x 2">{.optional = true, .doc = "rows that the two edges start from"},
      sdk::out<"meeting", sdk::i64, "m">{
          .optional = true, .doc = "0 they cross, 1 an end of one touches the other, 2 they overlap or turn back"},
      sdk::out<"places", sdk::f64, "m x d">{.unit = "points", .optional = true, .doc = "where, rounded"}};
  static void run(sdk::Call<FindSelfIntersections>& call);
};

}  // namespace orrery::curve
