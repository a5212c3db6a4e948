// tensor.stack: tensors of one shape, side by side along a new axis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

struct Stack {
  static constexpr sdk::Info info{.name = "stack",
                                  .version = "1.0.0",
                                  .title = "Tensors of one shape, side by side along a new axis",
                                  .doc =
                                      "Part i becomes position i along the new axis. All parts need the same shape and "
                                      "element type; their units are converted to that of the first.",
                                  .example = "parts = [[1, 2], [3, 4]]"};
  static constexpr std::tuple ports{
      sdk::in<"parts", sdk::AnyElement, "*">{.unit = "*", .list = true, .finite = false, .doc = "one tensor or more"},
      sdk::in<"axis", sdk::i64>{
          .fallback = "0",
          .doc = "where the new axis goes, 0 to the rank of a part; negative axes count from the last"},
      sdk::out<"result", sdk::AnyElement, "*">{
          .unit = "parts", .dtype_like = "parts", .doc = "all parts in one tensor"}};
  static void run(sdk::Call<Stack>& call);
};

}  // namespace orrery::tensor
