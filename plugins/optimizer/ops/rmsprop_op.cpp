// The operation optimizer.rmsprop.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/rmsprop_op.hpp"

#include "plugins/optimizer/core/rmsprop.hpp"
#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {

void Rmsprop::run(sdk::Call<Rmsprop>& call) {
  const RmspropSettings settings{.learning_rate = call.in<"learning_rate">(),
                                 .decay = call.in<"decay">(),
                                 .epsilon = call.in<"epsilon">(),
                                 .momentum = call.in<"momentum">(),
                                 .weight_decay = call.in<"weight_decay">()};
  const bool centred = call.in<"centred">();
  update_with(call, GradientRange::square_finite, [&]<class Real>(Update<Rmsprop, Real>& update) {
    const auto first = update.template memory<"first_moment">(), second = update.template memory<"second_moment">();
    const auto buffer = update.template memory<"momentum_buffer">();
    update.each_part([&](std::size_t begin, std::size_t n) {
      const RmspropMemory<Real> part{.second = second.subspan(begin, n),
                                     .first = centred ? first.subspan(begin, n) : std::span<Real>(),
                                     .momentum = buffer.subspan(begin, n)};
      rmsprop_step(update.gradient().subspan(begin, n), update.parameters().subspan(begin, n), part, settings);
    });
  });
}

}  // namespace orrery::optimizer
