// optimizer.sgd: gradient descent, with momentum if wanted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/sgd.hpp"
#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

struct Sgd {
  static constexpr sdk::Info info{
      .name = "sgd",
      .version = "1.0.0",
      .title = "One step of gradient descent, with momentum and weight decay",
      .doc =
          "With b the momentum buffer: b' = momentum b + (1 - dampening) g, x' = x - learning_rate b'; the first "
          "buffer "
          "is the gradient. In the form 'velocity' the learning rate is part of the buffer, which differs once it "
          "changes. Sources: Polyak 1964; Sutskever et al. 2013.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.1\nmomentum      = 0.9"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::momentum_buffer,
      rule_ports::learning_rate,
      sdk::in<"momentum", sdk::f64>{
          .fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "how much of the buffer is kept"},
      sdk::in<"nesterov", bool>{.fallback = "false", .doc = "the step looks ahead along the buffer"},
      sdk::in<"dampening", sdk::f64>{
          .fallback = "0", .min = 0, .max = 1, .doc = "how much of the gradient is left out of the buffer"},
      sdk::in<"form", sdk::Choice<MomentumForm>>{
          .fallback = "gradient", .choices = {"gradient", "velocity"}, .doc = "what the buffer collects"},
      rule_ports::weight_decay,
      sdk::in<"decoupled", bool>{.fallback = "false",
                                 .doc = "the decay shrinks the parameters and is not part of the gradient"},
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_momentum_buffer,
      rule_ports::accepted};
  static void run(sdk::Call<Sgd>& call);
};

}  // namespace orrery::optimizer
