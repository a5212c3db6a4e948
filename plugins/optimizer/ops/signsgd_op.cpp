// The operations optimizer.signsgd, softsign and lion.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/signsgd_op.hpp"

#include "plugins/optimizer/core/sign_rules.hpp"
#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {
namespace {

template <class Op>
void run_sign(sdk::Call<Op>& call, double epsilon) {
  const SignSettings settings{.learning_rate = call.template in<"learning_rate">(),
                              .momentum = call.template in<"momentum">(),
                              .weight_decay = call.template in<"weight_decay">(),
                              .epsilon = epsilon};
  update_with(call, GradientRange::finite, [&](auto& update) {
    const auto first = update.template memory<"first_moment">();
    update.each_part([&](std::size_t begin, std::size_t n) {
      sign_step(update.gradient().subspan(begin, n), update.parameters().subspan(begin, n), first.subspan(begin, n),
                settings);
    });
  });
}

}  // namespace

void SignSgd::run(sdk::Call<SignSgd>& call) { run_sign(call, 0.0); }

void Softsign::run(sdk::Call<Softsign>& call) { run_sign(call, call.in<"epsilon">()); }

void Lion::run(sdk::Call<Lion>& call) {
  const LionSettings settings{.learning_rate = call.in<"learning_rate">(),
                              .beta1 = call.in<"beta1">(),
                              .beta2 = call.in<"beta2">(),
                              .weight_decay = call.in<"weight_decay">()};
  update_with(call, GradientRange::finite, [&](auto& update) {
    const auto first = update.template memory<"first_moment">();
    update.each_part([&](std::size_t begin, std::size_t n) {
      lion_step(update.gradient().subspan(begin, n), update.parameters().subspan(begin, n), first.subspan(begin, n),
                settings);
    });
  });
}

}  // namespace orrery::optimizer
