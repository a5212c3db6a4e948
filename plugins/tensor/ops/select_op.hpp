// tensor.select: chosen positions along an axis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct Select {
  static constexpr sdk::Info info{
      .name = "select",
      .version = "1.0.0",
      .title = "Chosen positions along an axis, in the order given",
      .doc =
          "Position i of the result along the axis is position indices[i] of the values. Negative indices count from "
          "the end; an index may come more than once.",
      .example = "values  = [[1, 2, 3], [4, 5, 6]]\nindices = [2, 0]\naxis    = 1"};
  static constexpr std::tuple ports{
      sdk::in<"values", sdk::AnyElement, "*">{.unit = "*", .finite = false, .doc = "any tensor of one axis or more"},
      sdk::in<"indices", sdk::i64, "k">{.doc = "positions along the axis"},
      sdk::in<"axis", sdk::i64>{.fallback = "0", .doc = "the axis; negative axes count from the last"},
      sdk::out<"result", sdk::AnyElement, "*">{.unit = "values", .dtype_like = "values", .doc = "the selected part"}};
  static void run(sdk::Call<Select>& call);
};

}  // namespace orrery::tensor
