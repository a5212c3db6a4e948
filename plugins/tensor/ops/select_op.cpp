// The operation tensor.select.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/select_op.hpp"

#include "plugins/tensor/core/rearrange.hpp"
#include "plugins/tensor/ops/views.hpp"

namespace orrery::tensor {

void Select::run(sdk::Call<Select>& call) {
  const auto values = call.in<"values">();
  const auto indices = call.in<"indices">();
  const auto axis = call.in<"axis">();
  const Shape shape = gathered_shape(values.shape(), axis, indices.span().size());
  const auto result = call.out_any<"result">(values.dtype(), shape);
  visit(values, [&](const auto& from) { gather(from, axis, indices.span(), elements(result, from)); });
}

}  // namespace orrery::tensor
