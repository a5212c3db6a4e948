// The operation optimizer.schedule.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/schedule_op.hpp"

#include <stdexcept>

namespace orrery::optimizer {

void ScheduleOperation::run(sdk::Call<ScheduleOperation>& call) {
  const Schedule method = call.in<"method">();
  const auto length = call.maybe<"length">();
  if (!length && (method == Schedule::linear || method == Schedule::cosine || method == Schedule::step))
    throw std::invalid_argument("'length' is needed by the methods linear, cosine and step");
  const ScheduleSettings settings{.method = method,
                                  .peak = call.in<"peak">(),
                                  .last = call.in<"last">(),
                                  .warmup = call.in<"warmup">(),
                                  .length = length.value_or(1.0),
                                  .factor = call.in<"factor">()};
  const auto step = call.in<"step">();
  const auto rate = call.out<"rate">(call.batch());
  for (std::int64_t i = 0; i < rate.count(); ++i) rate(i) = scheduled_rate(step(i), settings);
}

}  // namespace orrery::optimizer
