// The operation optimizer.lamb.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/lamb_op.hpp"

#include "plugins/optimizer/core/lamb.hpp"
#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {

void Lamb::run(sdk::Call<Lamb>& call) {
  const AdamSettings settings{.learning_rate = call.in<"learning_rate">(),
                              .beta1 = call.in<"beta1">(),
                              .beta2 = call.in<"beta2">(),
                              .epsilon = call.in<"epsilon">(),
                              .weight_decay = call.in<"weight_decay">(),
                              .form = call.in<"epsilon_form">()};
  double ratio = 1.0;
  update_with(call, GradientRange::square_finite, [&]<class Real>(Update<Lamb, Real>& update) {
    const auto first = update.template memory<"first_moment">(), second = update.template memory<"second_moment">();
    const std::int64_t step = update.step();
    update.whole([&] {
      ratio = lamb_step(update.gradient(), update.parameters(), AdamMemory<Real>{first, second, {}}, step, settings);
    });
  });
  call.set<"trust_ratio">(ratio);
}

}  // namespace orrery::optimizer
