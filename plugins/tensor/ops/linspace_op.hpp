// tensor.linspace: equally spaced numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct Linspace {
  static constexpr sdk::Info info{.name = "linspace",
                                  .version = "1.0.0",
                                  .title = "Equally spaced numbers from first to last",
                                  .doc = "Each number is rounded once from its exact place; the ends are exact.",
                                  .example = "first = \"0 s\"\nlast  = \"1 h\"\ncount = 7",
                                  .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"first", sdk::f64>{.unit = "*", .doc = "the first number"},
      sdk::in<"last", sdk::f64>{.unit = "first", .doc = "the last number"},
      sdk::in<"count", sdk::i64>{.min = 1, .max = 1e8, .doc = "how many"},
      sdk::in<"endpoint", bool>{.fallback = "true", .doc = "whether the last number is one of them"},
      sdk::out<"result", sdk::f64, "count">{.unit = "first", .doc = "the numbers"}};
  static void run(sdk::Call<Linspace>& call);
};

}  // namespace orrery::tensor
