// The operation tensor.concatenate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/concatenate_op.hpp"

#include "plugins/tensor/ops/parts.hpp"

namespace orrery::tensor {

void Concatenate::run(sdk::Call<Concatenate>& call) {
  const Parts parts(call.list<"parts">());
  const auto axis = call.in<"axis">();
  const auto result = call.out_any<"result">(parts.dtype(), concatenated_shape(parts.shapes(), axis));
  parts.visit([&](const auto& views) { concatenate(std::span(views), axis, elements(result, views.front())); });
}

}  // namespace orrery::tensor
