// optimizer.adam, adamw and amsgrad: steps of a size that the squares of past gradients set.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/adam.hpp"
#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

namespace adam_ports {

using sdk::f64;

inline constexpr sdk::in<"beta1", f64> beta1{
    .fallback = "0.9", .min = 0, .max = 1, .below_max = true, .doc = "how much of the first moment is kept"};
inline constexpr sdk::in<"epsilon", f64> epsilon{
    .fallback = "1e-8", .min = 0, .doc = "what divides where gradients vanish"};
inline constexpr sdk::in<"epsilon_form", sdk::Choice<EpsilonForm>> epsilon_form{
    .fallback = "outside",
    .choices = {"outside", "uncorrected", "inside", "smooth"},
    .doc =
        "m/(sqrt v + eps); the same with eps beside the v that is not corrected; m/sqrt(v + eps); m/sqrt(v + eps^2)"};

}  // namespace adam_ports

struct Adam {
  static constexpr sdk::Info info{
      .name = "adam",
      .version = "1.0.0",
      .title = "One step of Adam",
      .doc =
          "Averages of the gradient and of its square, corrected for their beginning at zero; the step is "
          "learning_rate m/(sqrt v + epsilon). Weight decay is part of the gradient; see adamw. Source: Kingma and Ba "
          "2015.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.001"};
  static constexpr std::tuple ports{rule_ports::parameters,
                                    rule_ports::gradient,
                                    rule_ports::first_moment,
                                    rule_ports::second_moment,
                                    rule_ports::step,
                                    rule_ports::learning_rate,
                                    adam_ports::beta1,
                                    rule_ports::beta2,
                                    adam_ports::epsilon,
                                    adam_ports::epsilon_form,
                                    rule_ports::weight_decay,
                                    rule_ports::on_nan,
                                    rule_ports::out_parameters,
                                    rule_ports::out_first_moment,
                                    rule_ports::out_second_moment,
                                    rule_ports::out_step,
                                    rule_ports::accepted};
  static void run(sdk::Call<Adam>& call);
};

struct AdamW {
  static constexpr sdk::Info info{
      .name = "adamw",
      .version = "1.0.0",
      .title = "One step of Adam with decoupled weight decay",
      .doc =
          "As adam, but the decay multiplies the parameters by 1 - learning_rate weight_decay and stays out of the "
          "moments. Source: Loshchilov and Hutter 2019.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.001"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::second_moment,
      rule_ports::step,
      rule_ports::learning_rate,
      adam_ports::beta1,
      rule_ports::beta2,
      adam_ports::epsilon,
      adam_ports::epsilon_form,
      sdk::in<"weight_decay", sdk::f64>{.fallback = "0.01", .min = 0, .doc = "pulls towards zero"},
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::out_second_moment,
      rule_ports::out_step,
      rule_ports::accepted};
  static void run(sdk::Call<AdamW>& call);
};

struct AmsGrad {
  static constexpr sdk::Info info{
      .name = "amsgrad",
      .version = "1.0.0",
      .title = "One step of Adam whose second moment never falls",
      .doc =
          "As adam, with the largest second moment so far under the root, corrected as the present one would be. "
          "Source: Reddi, Kale and Kumar 2018.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.001"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::first_moment,
      rule_ports::second_moment,
      sdk::in<"largest_second_moment", rule_ports::Number, "...">{
          .optional = true, .finite = false, .doc = "so far; left out: zero, at the beginning"},
      rule_ports::step,
      rule_ports::learning_rate,
      adam_ports::beta1,
      rule_ports::beta2,
      adam_ports::epsilon,
      adam_ports::epsilon_form,
      rule_ports::weight_decay,
      sdk::in<"decoupled", bool>{.fallback = "false", .doc = "the decay is that of adamw"},
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_first_moment,
      rule_ports::out_second_moment,
      sdk::out<"largest_second_moment", rule_ports::Number, "...">{
          .dtype_like = "parameters", .in_place = "largest_second_moment", .doc = "with this gradient"},
      rule_ports::out_step,
      rule_ports::accepted};
  static void run(sdk::Call<AmsGrad>& call);
};

}  // namespace orrery::optimizer
