// optimizer.lamb: Adam's direction at a size that the parameters set.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/adam_op.hpp"

namespace orrery::optimizer {

struct Lamb {
  static constexpr sdk::Info info{
      .name = "lamb",
      .version = "1.0.0",
      .title = "One step of LAMB, of one layer",
      .doc =
          "Adam's direction r with the weight decay added, times |x|/|r|; the parameters are one layer. Source: You et "
          "al. 2020.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.01"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::second_moment,
      rule_ports::step,
      rule_ports::learning_rate,
      adam_ports::beta1,
      rule_ports::beta2,
      sdk::in<"epsilon", sdk::f64>{.fallback = "1e-6", .min = 0, .doc = "what divides where gradients vanish"},
      adam_ports::epsilon_form,
      rule_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::out_second_moment,
      rule_ports::out_step,
      sdk::out<"trust_ratio", sdk::f64>{.doc = "|x|/|r|; 1 where one of them is zero or the step was rejected"},
      rule_ports::accepted};
  static void run(sdk::Call<Lamb>& call);
};

}  // namespace orrery::optimizer
