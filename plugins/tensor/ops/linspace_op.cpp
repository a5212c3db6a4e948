// The operation tensor.linspace.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/linspace_op.hpp"

#include <algorithm>

#include "plugins/tensor/core/sequence.hpp"

namespace orrery::tensor {

void Linspace::run(sdk::Call<Linspace>& call) {
  const auto numbers = linspace(call.in<"first">(), call.in<"last">(), call.in<"count">(), call.in<"endpoint">());
  const auto result = call.out<"result">(numbers.size());
  std::copy(numbers.begin(), numbers.end(), result.begin());
}

}  // namespace orrery::tensor
