// The operation tensor.linspace.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/linspace_op.hpp"

#include <algorithm>

#include "plugins/tensor/core/sequence.hpp"

namespace orrery::tensor {

void Linspace::run(sdk::Call<Linspace>& call) {
  // Long enough to be fast, short enough to stop within a millisecond.
  constexpr std::int64_t piece = std::int64_t{1} << 16;
  const Linspaced all{call.in<"first">(), call.in<"last">(), call.in<"count">(), call.in<"endpoint">()};
  const std::span<double> result = call.out<"result">(static_cast<std::size_t>(all.count)).span();
  for (std::int64_t begin = 0; begin < all.count; begin += piece) {
    call.poll(static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(all.count));
    const auto size = static_cast<std::size_t>(std::min(piece, all.count - begin));
    linspace_part(all, begin, result.subspan(static_cast<std::size_t>(begin), size));
  }
}

}  // namespace orrery::tensor
