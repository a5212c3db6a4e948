// The operation optimizer.schedule_free.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/schedule_free_op.hpp"

#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {

void ScheduleFree::run(sdk::Call<ScheduleFree>& call) {
  const ScheduleFreeSettings settings{.learning_rate = call.in<"learning_rate">(),
                                      .beta = call.in<"beta">(),
                                      .weight_decay = call.in<"weight_decay">(),
                                      .warmup = call.in<"warmup">(),
                                      .adaptive = call.in<"adaptive">(),
                                      .beta2 = call.in<"beta2">(),
                                      .epsilon = call.in<"epsilon">()};
  const auto range = settings.adaptive ? GradientRange::square_finite : GradientRange::finite;
  const bool begins = !call.maybe<"base">() && !call.maybe<"average">();
  if (!begins && !(call.maybe<"base">() && call.maybe<"average">()))
    throw std::invalid_argument("give both 'base' and 'average', or none of them at the beginning");
  double sum = call.in<"weight_sum">();
  update_with(call, range, [&]<class Real>(Update<ScheduleFree, Real>& update) {
    const auto base = update.template memory<"base">(), average = update.template memory<"average">();
    const auto second = update.template memory<"second_moment">();
    const std::int64_t step = update.step();
    if (begins) {
      std::ranges::copy(update.parameters(), base.begin());
      std::ranges::copy(update.parameters(), average.begin());
    }
    const ScheduleFreeState<Real> state{update.parameters(), base, average, second};
    update.whole([&] { sum = schedule_free_step(update.gradient(), state, step, sum, settings); });
  });
  call.set<"weight_sum">(sum);
}

}  // namespace orrery::optimizer
