// attention.nope_law and nope_deviation: what softmax attention over Gaussian scores does to n keys, exactly.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::attention {

struct NopeLawOperation {
  static constexpr sdk::Info info{
      .name = "nope_law",
      .version = "1.0.0",
      .title = "Concentration and entropy of attention without positions, exactly",
      .doc =
          "Means over n independent scores of N(0, s^2): participation = E sum a^2, which is also the variance of the "
          "weighted mean of values of variance 1, and entropy = -E sum a ln a; for every n and s, as one-dimensional "
          "integrals. Beside them stand exp(s^2)/n and ln n - s^2/2, which hold only for s well below sqrt(2 ln n)/2. "
          "Relative 1e-12 and absolute 1e-11 up to n = 1e6 and s = 6. Scores of a trained network are not Gaussian: "
          "there the law is what to compare with. Source: Derrida 1981; Chi et al. 2023.",
      .example = "keys      = [64, 1024, 4096]\ndeviation = 2",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"keys", sdk::f64, "...">{.min = 1, .max = 1e9, .doc = "n, how many keys a query sees"},
      sdk::in<"deviation", sdk::f64, "...">{.min = 0, .max = 8, .doc = "s, the standard deviation of scores"},
      sdk::out<"participation", sdk::f64, "...">{.doc = "E sum a^2, from 1/n to 1"},
      sdk::out<"effective", sdk::f64, "...">{.doc = "1/participation: how many keys count"},
      sdk::out<"entropy", sdk::f64, "...">{.doc = "E of -sum a ln a, in nat, from 0 to ln n"},
      sdk::out<"leading_participation", sdk::f64, "...">{.doc = "exp(s^2)/n"},
      sdk::out<"leading_entropy", sdk::f64, "...">{.doc = "ln n - s^2/2"}};
  static void run(sdk::Call<NopeLawOperation>& call);
};

struct NopeDeviation {
  static constexpr sdk::Info info{
      .name = "nope_deviation",
      .version = "1.0.0",
      .title = "The spread of scores at which a given number of keys counts",
      .doc =
          "The inverse of nope_law in s: participation(n, s) = 1/effective. Scores multiplied by it keep attention as "
          "sharp as their number grows: the exact form of scaling with the square root of ln n.",
      .example = "keys      = [128, 512, 2048, 8192]\neffective = 16",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"keys", sdk::f64, "...">{.min = 2, .max = 1e9, .doc = "n, how many keys a query sees"},
      sdk::in<"effective", sdk::f64, "...">{
          .min = 1, .above_min = true, .doc = "how many of them count; at most n, and not fewer than at s = 8"},
      sdk::out<"deviation", sdk::f64, "...">{.doc = "s, the standard deviation of scores"}};
  static void run(sdk::Call<NopeDeviation>& call);
};

}  // namespace orrery::attention
