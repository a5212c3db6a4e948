// optimizer.schedule_free: learning without a schedule, whose average is the answer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/schedule_free.hpp"
#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

struct ScheduleFree {
  static constexpr sdk::Info info{
      .name = "schedule_free",
      .version = "1.0.0",
      .title = "One step of schedule-free learning",
      .doc =
          "Three sequences: gradients are taken at the parameters y, the base z makes the steps, and the average x is "
          "the "
          "answer. The average weighs each z by the square of its rate. Source: Defazio et al. 2024.",
      .example = "parameters    = [1, -2]\ngradient      = [0.5, 0.25]\nlearning_rate = 0.1"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      sdk::in<"base", rule_ports::Number, "...">{
          .optional = true, .finite = false, .doc = "z; left out: the parameters, at the beginning"},
      sdk::in<"average", rule_ports::Number, "...">{
          .optional = true, .finite = false, .doc = "x; left out: the parameters, at the beginning"},
      rule_ports::second_moment,
      sdk::in<"weight_sum", sdk::f64>{.fallback = "0", .min = 0, .doc = "sum of the squares of rates so far"},
      rule_ports::step,
      rule_ports::learning_rate,
      sdk::in<"beta", sdk::f64>{.fallback = "0.9", .min = 0, .max = 1, .doc = "y = (1 - beta) z + beta x"},
      sdk::in<"adaptive", bool>{.fallback = "false", .doc = "divide the gradient as AdamW does"},
      rule_ports::beta2,
      sdk::in<"epsilon", sdk::f64>{.fallback = "1e-8", .min = 0, .doc = "adaptive: beside the root"},
      sdk::in<"warmup", sdk::i64>{.fallback = "0", .min = 0, .doc = "steps in which the rate rises linearly"},
      rule_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      sdk::out<"base", rule_ports::Number, "...">{.dtype_like = "parameters", .in_place = "base", .doc = "z"},
      sdk::out<"average", rule_ports::Number, "...">{
          .dtype_like = "parameters", .in_place = "average", .doc = "x, the answer"},
      rule_ports::out_second_moment,
      sdk::out<"weight_sum", sdk::f64>{.doc = "with this step"},
      rule_ports::out_step,
      rule_ports::accepted};
  static void run(sdk::Call<ScheduleFree>& call);
};

}  // namespace orrery::optimizer
