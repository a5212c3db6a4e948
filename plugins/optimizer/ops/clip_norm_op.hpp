// optimizer.clip_norm and clip_value: gradients that are kept from being too large.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::optimizer {

struct ClipNorm {
  static constexpr sdk::Info info{
      .name = "clip_norm",
      .version = "1.0.0",
      .title = "A gradient whose norm is at most a given one",
      .doc = "Multiplied by limit/norm where the norm is larger. Source: Pascanu, Mikolov and Bengio 2013.",
      .example = "gradient = [3, 4]\nlimit    = 1"};
  static constexpr std::tuple ports{
      sdk::in<"gradient", sdk::f64, "...">{.unit = "*", .doc = "of any shape"},
      sdk::in<"limit", sdk::f64>{.unit = "gradient", .min = 0, .doc = "the largest norm"},
      sdk::out<"gradient", sdk::f64, "...">{.unit = "gradient", .in_place = "gradient", .doc = "clipped"},
      sdk::out<"norm", sdk::f64>{.unit = "gradient", .doc = "Euclidean, of what was given"}};
  static void run(sdk::Call<ClipNorm>& call);
};

struct ClipValue {
  static constexpr sdk::Info info{.name = "clip_value",
                                  .version = "1.0.0",
                                  .title = "A gradient whose elements are at most of a given size",
                                  .example = "gradient = [3, -4]\nlimit    = 1"};
  static constexpr std::tuple ports{
      sdk::in<"gradient", sdk::f64, "...">{.unit = "*", .doc = "of any shape"},
      sdk::in<"limit", sdk::f64>{.unit = "gradient", .min = 0, .doc = "the largest size"},
      sdk::out<"gradient", sdk::f64, "...">{.unit = "gradient", .in_place = "gradient", .doc = "clipped"},
      sdk::out<"clipped", sdk::i64>{.doc = "how many elements were larger"}};
  static void run(sdk::Call<ClipValue>& call);
};

}  // namespace orrery::optimizer
