// The operations optimizer.adam, adamw and amsgrad.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/adam_op.hpp"

#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {
namespace {

template <class Op>
AdamSettings settings_of(const sdk::Call<Op>& call, bool decoupled) {
  return {.learning_rate = call.template in<"learning_rate">(),
          .beta1 = call.template in<"beta1">(),
          .beta2 = call.template in<"beta2">(),
          .epsilon = call.template in<"epsilon">(),
          .weight_decay = call.template in<"weight_decay">(),
          .decoupled = decoupled,
          .form = call.template in<"epsilon_form">()};
}

template <class Real>
AdamMemory<Real> part_of(const AdamMemory<Real>& memory, std::size_t begin, std::size_t n) {
  return {memory.first.subspan(begin, n), memory.second.subspan(begin, n),
          memory.largest.empty() ? memory.largest : memory.largest.subspan(begin, n)};
}

template <class Real, class AnyUpdate>
void step_parts(AnyUpdate& update, const AdamMemory<Real>& memory, const AdamSettings& settings) {
  const std::int64_t step = update.step();
  update.each_part([&](std::size_t begin, std::size_t n) {
    adam_step(update.gradient().subspan(begin, n), update.parameters().subspan(begin, n), part_of(memory, begin, n),
              step, settings);
  });
}

template <class Op>
void run_plain(sdk::Call<Op>& call, bool decoupled) {
  update_with(call, GradientRange::square_finite, [&]<class Real>(Update<Op, Real>& update) {
    const auto first = update.template memory<"first_moment">(), second = update.template memory<"second_moment">();
    step_parts(update, AdamMemory<Real>{first, second, {}}, settings_of(call, decoupled));
  });
}

}  // namespace

void Adam::run(sdk::Call<Adam>& call) { run_plain(call, false); }

void AdamW::run(sdk::Call<AdamW>& call) { run_plain(call, true); }

void AmsGrad::run(sdk::Call<AmsGrad>& call) {
  update_with(call, GradientRange::square_finite, [&]<class Real>(Update<AmsGrad, Real>& update) {
    const auto first = update.template memory<"first_moment">(), second = update.template memory<"second_moment">();
    const auto largest = update.template memory<"largest_second_moment">();
    step_parts(update, AdamMemory<Real>{first, second, largest}, settings_of(call, call.in<"decoupled">()));
  });
}

}  // namespace orrery::optimizer
