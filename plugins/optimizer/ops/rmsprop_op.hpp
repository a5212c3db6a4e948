// optimizer.rmsprop: steps divided by the root of the mean square of past gradients.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

struct Rmsprop {
  static constexpr sdk::Info info{
      .name = "rmsprop",
      .version = "1.0.0",
      .title = "One step of RMSprop",
      .doc =
          "v' = decay v + (1 - decay) g^2, x' = x - learning_rate g/(sqrt v' + epsilon), with momentum of the scaled "
          "gradient if wanted. Centred, the variance of the gradient stands under the root. Sources: Tieleman and "
          "Hinton 2012; Graves 2013.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.01"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::second_moment,
      rule_ports::momentum_buffer,
      rule_ports::learning_rate,
      sdk::in<"decay", sdk::f64>{
          .fallback = "0.99", .min = 0, .max = 1, .below_max = true, .doc = "how much of the averages is kept"},
      sdk::in<"epsilon", sdk::f64>{.fallback = "1e-8", .min = 0, .doc = "what divides where gradients vanish"},
      sdk::in<"momentum", sdk::f64>{
          .fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "how much of the buffer is kept"},
      sdk::in<"centred", bool>{.fallback = "false", .doc = "divide by the root of the variance"},
      rule_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::out_second_moment,
      rule_ports::out_momentum_buffer,
      rule_ports::accepted};
  static void run(sdk::Call<Rmsprop>& call);
};

}  // namespace orrery::optimizer
