// tensor.slice: a range along an axis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct SliceOperation {
  static constexpr sdk::Info info{
      .name = "slice",
      .version = "1.0.0",
      .title = "A range of positions along an axis",
      .doc =
          "The positions start, start + step, ... before stop, by Python's rules: negative numbers count from the end, "
          "limits beyond the ends are clipped, a negative step walks backwards.",
      .example = "values = [1, 2, 3, 4, 5]\nstart  = 1\nstop   = -1"};
  static constexpr std::tuple ports{
      sdk::in<"values", sdk::AnyElement, "*">{.unit = "*", .finite = false, .doc = "any tensor of one axis or more"},
      sdk::in<"start", sdk::i64>{.optional = true, .doc = "first position; left out: the end the step comes from"},
      sdk::in<"stop", sdk::i64>{.optional = true, .doc = "position to stop before; left out: the other end"},
      sdk::in<"step", sdk::i64>{.fallback = "1", .doc = "distance between positions, not 0"},
      sdk::in<"axis", sdk::i64>{.fallback = "0", .doc = "the axis; negative axes count from the last"},
      sdk::out<"result", sdk::AnyElement, "*">{.unit = "values", .dtype_like = "values", .doc = "the range"}};
  static void run(sdk::Call<SliceOperation>& call);
};

}  // namespace orrery::tensor
