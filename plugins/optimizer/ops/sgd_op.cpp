// The operation optimizer.sgd.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/sgd_op.hpp"

#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {

void Sgd::run(sdk::Call<Sgd>& call) {
  const SgdSettings settings{.learning_rate = call.in<"learning_rate">(),
                             .momentum = call.in<"momentum">(),
                             .dampening = call.in<"dampening">(),
                             .weight_decay = call.in<"weight_decay">(),
                             .nesterov = call.in<"nesterov">(),
                             .decoupled = call.in<"decoupled">(),
                             .form = call.in<"form">()};
  if (settings.dampening != 0.0 && settings.form == MomentumForm::velocity)
    throw std::invalid_argument("'dampening' belongs to the form 'gradient'; it is " + shortest(settings.dampening));
  if (settings.nesterov && (settings.momentum == 0.0 || settings.dampening != 0.0))
    throw std::invalid_argument("'nesterov' needs a 'momentum' above 0 and no 'dampening'; they are " +
                                shortest(settings.momentum) + " and " + shortest(settings.dampening));
  update_with(call, GradientRange::finite, [&](auto& update) {
    const auto buffer = update.template memory<"momentum_buffer">();
    update.each_part([&](std::size_t begin, std::size_t n) {
      sgd_step(update.gradient().subspan(begin, n), update.parameters().subspan(begin, n), buffer.subspan(begin, n),
               settings, !update.remembers());
    });
  });
}

}  // namespace orrery::optimizer
