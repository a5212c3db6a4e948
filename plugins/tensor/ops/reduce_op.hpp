// tensor.reduce: one number from many, over an axis or over all elements.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

enum class Reduction { sum, mean, minimum, maximum, norm };

struct Reduce {
  static constexpr sdk::Info info{
      .name = "reduce",
      .version = "1.0.0",
      .title = "Sum, mean, minimum, maximum or Euclidean norm over an axis or over everything",
      .doc =
          "Sums are compensated and go in a fixed order, so that the result does not depend on the machine. The norm "
          "is "
          "scaled and cannot overflow. A minimum or maximum of numbers with a NaN among them is NaN.",
      .example = "values = [[1, 2, 3], [4, 5, 6]]\nmethod = \"mean\"\naxis   = 0"};
  static constexpr std::tuple ports{
      sdk::in<"values", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
      sdk::in<"method", sdk::Choice<Reduction>>{
          .fallback = "sum", .choices = {"sum", "mean", "min", "max", "norm"}, .doc = "what is taken of them"},
      sdk::in<"axis", sdk::i64>{.optional = true, .doc = "the axis; left out: all elements"},
      sdk::out<"result", sdk::f64, "*">{.unit = "values", .doc = "the values' shape without the axis"}};
  static void run(sdk::Call<Reduce>& call);
};

}  // namespace orrery::tensor
