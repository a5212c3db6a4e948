// The operation tensor.slice.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/slice_op.hpp"

#include "plugins/tensor/core/rearrange.hpp"
#include "plugins/tensor/ops/views.hpp"

namespace orrery::tensor {

void SliceOperation::run(sdk::Call<SliceOperation>& call) {
  const auto values = call.in<"values">();
  const auto axis = call.in<"axis">();
  const Slice range{call.maybe<"start">(), call.maybe<"stop">(), call.in<"step">()};
  const auto result = call.out_any<"result">(values.dtype(), sliced_shape(values.shape(), axis, range));
  visit(values, [&](const auto& from) { slice_axis(from, axis, range, elements(result, from)); });
}

}  // namespace orrery::tensor
