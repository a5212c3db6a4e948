// tensor.concatenate: tensors joined end to end along an axis they have.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct Concatenate {
  static constexpr sdk::Info info{
      .name = "concatenate",
      .version = "1.0.0",
      .title = "Tensors joined end to end along an axis they have",
      .doc =
          "The parts follow each other along the axis; along all others they must agree. All parts need the same "
          "element type; their units are converted to that of the first.",
      .example = "parts = [[1, 2], [3, 4, 5]]"};
  static constexpr std::tuple ports{
      sdk::in<"parts", sdk::AnyElement, "*">{.unit = "*", .list = true, .finite = false, .doc = "one tensor or more"},
      sdk::in<"axis", sdk::i64>{.fallback = "0", .doc = "the axis; negative axes count from the last"},
      sdk::out<"result", sdk::AnyElement, "*">{
          .unit = "parts", .dtype_like = "parts", .doc = "all parts in one tensor"}};
  static void run(sdk::Call<Concatenate>& call);
};

}  // namespace orrery::tensor
