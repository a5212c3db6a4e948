// attention.statistics and attention.resolution: which keys count, and which positions are told apart.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/attention/core/statistics.hpp"

namespace orrery::attention {

struct Statistics {
  static constexpr sdk::Info info{.name = "statistics",
                                  .version = "1.0.0",
                                  .title = "Entropy, effective length, sinks and distance of attention weights",
                                  .doc =
                                      "Row by row. Independent values of variance v have a weighted mean of variance v "
                                      "sum a^2: participation is the "
                                      "variance profile that weights predict, and its inverse is how many keys count. "
                                      "Source: Chi et al. 2023; Xiao "
                                      "et al. 2024.",
                                  .example = "weights = [[1, 0, 0], [0.5, 0.5, 0], [0.2, 0.3, 0.5]]"};
  static constexpr std::tuple ports{
      sdk::in<"weights", sdk::f64, "... x n x m">{.min = 0, .doc = "a row for each query, of sum 1"},
      sdk::in<"offset", sdk::i64>{.min = -1e15,
                                  .max = 1e15,
                                  .optional = true,
                                  .doc = "position of the first query, counted in keys; left out: m - n"},
      sdk::in<"sinks", sdk::i64>{.fallback = "1", .min = 0, .max = 1e15, .doc = "how many first keys are sinks"},
      sdk::out<"entropy", sdk::f64, "... x n">{.doc = "-sum a ln a, in nat"},
      sdk::out<"participation", sdk::f64, "... x n">{.doc = "sum a^2"},
      sdk::out<"effective", sdk::f64, "... x n">{.doc = "1/sum a^2: how many keys count"},
      sdk::out<"sink", sdk::f64, "... x n">{.doc = "weight of the first keys"},
      sdk::out<"distance", sdk::f64, "... x n">{.doc = "mean distance of query and key, in positions"}};
  static void run(sdk::Call<Statistics>& call);
};

struct Resolution {
  static constexpr sdk::Info info{
      .name = "resolution",
      .version = "1.0.0",
      .title = "How many positions the variance of uniform causal attention tells apart",
      .doc =
          "The mean square of position n is sigma^2/n with relative error sqrt(2/depth), so that neighbours differ by "
          "'deviations' of it up to n = sqrt(depth/2)/deviations; and in a float format 1/sqrt(n) and 1/sqrt(n + 1) "
          "round "
          "to the same number first at 'collision'.",
      .example = "depth  = 768\nformat = \"bfloat16\""};
  static constexpr std::tuple ports{
      sdk::in<"depth", sdk::f64>{.min = 0, .above_min = true, .doc = "components of a value"},
      sdk::in<"deviations", sdk::f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "standard deviations apart"},
      sdk::in<"format", sdk::Choice<FloatFormat>>{
          .fallback = "float32", .choices = {"bfloat16", "float16", "float32"}, .doc = "of the norm"},
      sdk::out<"positions", sdk::f64>{.doc = "sqrt(depth/2)/deviations"},
      sdk::out<"relative_error", sdk::f64>{.doc = "of the mean square: sqrt(2/depth); n times this is the error of n"},
      sdk::out<"collision", sdk::i64>{.doc = "the first n whose 1/sqrt(n) rounds as that of n + 1 does"}};
  static void run(sdk::Call<Resolution>& call);
};

}  // namespace orrery::attention
