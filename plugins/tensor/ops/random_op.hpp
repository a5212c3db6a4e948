// tensor.uniform and tensor.normal: random numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct Uniform {
  static constexpr sdk::Info info{
      .name = "uniform",
      .version = "1.0.0",
      .title = "Random numbers, all of an interval equally likely",
      .doc = "They depend on the scenario's seed and the step's name alone, and in a loop on the pass.",
      .example = "low   = \"-1 km\"\nhigh  = \"1 km\"\ncount = 1000",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"count", sdk::i64>{.min = 0, .max = 1e9, .doc = "how many"},
      sdk::in<"low", sdk::f64>{.unit = "*", .finite = true, .doc = "the lower end, which may come"},
      sdk::in<"high", sdk::f64>{.unit = "low", .finite = true, .doc = "the upper end, which does not"},
      sdk::out<"result", sdk::f64, "count">{.unit = "low", .doc = "the numbers"}};
  static void run(sdk::Call<Uniform>& call);
};

struct Normal {
  static constexpr sdk::Info info{
      .name = "normal",
      .version = "1.0.0",
      .title = "Random numbers of the normal distribution",
      .doc = "They depend on the scenario's seed and the step's name alone, and in a loop on the pass.",
      .example = "mean      = \"0 km\"\ndeviation = \"2 km\"\ncount     = 1000",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"count", sdk::i64>{.min = 0, .max = 1e9, .doc = "how many"},
      sdk::in<"mean", sdk::f64>{.unit = "*", .finite = true, .doc = "the mean"},
      sdk::in<"deviation", sdk::f64>{.unit = "mean", .min = 0, .finite = true, .doc = "the standard deviation"},
      sdk::out<"result", sdk::f64, "count">{.unit = "mean", .doc = "the numbers"}};
  static void run(sdk::Call<Normal>& call);
};

}  // namespace orrery::tensor
