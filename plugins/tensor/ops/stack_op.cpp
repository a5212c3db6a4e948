// The operation tensor.stack.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/stack_op.hpp"

#include "plugins/tensor/ops/parts.hpp"

namespace orrery::tensor {

void Stack::run(sdk::Call<Stack>& call) {
  const Parts parts(call.list<"parts">());
  const auto axis = call.in<"axis">();
  const auto result = call.out_any<"result">(parts.dtype(), stacked_shape(parts.shapes(), axis));
  parts.visit([&](const auto& views) { stack(std::span(views), axis, elements(result, views.front())); });
}

}  // namespace orrery::tensor
