// The operations tensor.add, subtract, multiply, divide.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/arithmetic_op.hpp"

#include "plugins/tensor/core/elementwise.hpp"
#include "plugins/tensor/ops/views.hpp"

namespace orrery::tensor {
namespace {

template <class Op>
void run_binary(sdk::Call<Op>& call, BinaryOperation operation) {
  const auto a = call.template in<"a">();
  const auto b = call.template in<"b">();
  const auto result = call.template out<"result">(sdk::Shape(broadcast_shape(a.shape(), b.shape())));
  apply(operation, View<double>{a.span(), a.shape()}, View<double>{b.span(), b.shape()}, result.span());
}

}  // namespace

void Add::run(sdk::Call<Add>& call) { run_binary(call, BinaryOperation::add); }
void Subtract::run(sdk::Call<Subtract>& call) { run_binary(call, BinaryOperation::subtract); }
void Multiply::run(sdk::Call<Multiply>& call) { run_binary(call, BinaryOperation::multiply); }
void Divide::run(sdk::Call<Divide>& call) { run_binary(call, BinaryOperation::divide); }

}  // namespace orrery::tensor
