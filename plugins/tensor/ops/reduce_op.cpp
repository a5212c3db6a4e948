// The operation tensor.reduce.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/reduce_op.hpp"

#include "plugins/tensor/core/reduce.hpp"
#include "plugins/tensor/ops/views.hpp"

namespace orrery::tensor {

void Reduce::run(sdk::Call<Reduce>& call) {
  const auto values = call.in<"values">();
  const Axis axis = call.maybe<"axis">();
  const View<double> from{values.span(), values.shape()};
  const auto to = call.out<"result">(sdk::Shape(reduced_shape(values.shape(), axis))).span();
  switch (call.in<"method">()) {
    case Reduction::sum:
      return sum(from, axis, to);
    case Reduction::mean:
      return mean(from, axis, to);
    case Reduction::minimum:
      return minimum(from, axis, to);
    case Reduction::maximum:
      return maximum(from, axis, to);
    case Reduction::norm:
      return norm(from, axis, to);
  }
}

}  // namespace orrery::tensor
