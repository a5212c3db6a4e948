// optimizer.signsgd, softsign and lion: steps of one size, whatever the size of the gradient.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

namespace sign_ports {

inline constexpr sdk::in<"momentum", sdk::f64> momentum{
    .fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "m' = momentum m + (1 - momentum) g"};
inline constexpr sdk::in<"weight_decay", sdk::f64> weight_decay{
    .fallback = "0", .min = 0, .doc = "decoupled: x is multiplied by 1 - learning_rate weight_decay"};

}  // namespace sign_ports

struct SignSgd {
  static constexpr sdk::Info info{
      .name = "signsgd",
      .version = "1.0.0",
      .title = "One step by the sign of the gradient, or of its average",
      .doc = "x' = x - learning_rate sign(m'); the sign of zero is zero. Source: Bernstein et al. 2018.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.01"};
  static constexpr std::tuple ports{rule_ports::parameters,    rule_ports::gradient,       rule_ports::first_moment,
                                    rule_ports::learning_rate, sign_ports::momentum,       sign_ports::weight_decay,
                                    rule_ports::on_nan,        rule_ports::out_parameters, rule_ports::out_first_moment,
                                    rule_ports::accepted};
  static void run(sdk::Call<SignSgd>& call);
};

struct Softsign {
  static constexpr sdk::Info info{
      .name = "softsign",
      .version = "1.0.0",
      .title = "One step by a smooth sign of the gradient, or of its average",
      .doc =
          "x' = x - learning_rate m'/sqrt(m'^2 + epsilon^2): of gradients far above epsilon their sign, far below it "
          "gradient descent with the rate learning_rate/epsilon.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.01\nepsilon       = 0.1"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::learning_rate,
      sdk::in<"epsilon", sdk::f64>{.min = 0, .above_min = true, .doc = "size of a gradient that is neither"},
      sign_ports::momentum,
      sign_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::accepted};
  static void run(sdk::Call<Softsign>& call);
};

struct Lion {
  static constexpr sdk::Info info{
      .name = "lion",
      .version = "1.0.0",
      .title = "One step of Lion",
      .doc =
          "x' = (1 - learning_rate weight_decay) x - learning_rate sign(beta1 m + (1 - beta1) g), "
          "m' = beta2 m + (1 - beta2) g. Source: Chen et al. 2023.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.0001"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::learning_rate,
      sdk::in<"beta1", sdk::f64>{
          .fallback = "0.9", .min = 0, .max = 1, .below_max = true, .doc = "how much of the step is memory"},
      sdk::in<"beta2", sdk::f64>{
          .fallback = "0.99", .min = 0, .max = 1, .below_max = true, .doc = "how much of the memory is kept"},
      sign_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::accepted};
  static void run(sdk::Call<Lion>& call);
};

}  // namespace orrery::optimizer
