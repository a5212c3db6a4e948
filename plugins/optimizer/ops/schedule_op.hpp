// optimizer.schedule: a learning rate that changes with the step.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/schedules.hpp"

namespace orrery::optimizer {

struct ScheduleOperation {
  static constexpr sdk::Info info{
      .name = "schedule",
      .version = "1.0.0",
      .title = "Learning rate of a step, by a schedule with warm-up",
      .doc =
          "During the warm-up peak (step + 1)/warmup; then, s steps later: linear and cosine go to 'last' within "
          "'length' "
          "steps and stay there; step multiplies by 'factor' every 'length' steps, exponential every step; "
          "inverse_sqrt "
          "is peak sqrt(w/(w + s)), w the warm-up, at least 1. Sources: Goyal et al. 2017; Loshchilov and Hutter 2017; "
          "Vaswani et al. 2017.",
      .example = "step   = [0, 1, 50, 100]\npeak   = 0.1\nmethod = \"cosine\"\nlength = 100"};
  static constexpr std::tuple ports{
      sdk::in<"step", sdk::f64, "...">{.min = 0, .doc = "counted from 0: how many were made before"},
      sdk::in<"peak", sdk::f64>{.min = 0, .doc = "the rate after the warm-up"},
      sdk::in<"method", sdk::Choice<Schedule>>{
          .fallback = "constant",
          .choices = {"constant", "linear", "cosine", "step", "exponential", "inverse_sqrt"},
          .doc = "how it goes on"},
      sdk::in<"warmup", sdk::f64>{.fallback = "0", .min = 0, .doc = "steps of the warm-up"},
      sdk::in<"length", sdk::f64>{
          .min = 0, .above_min = true, .optional = true, .doc = "linear, cosine, step: steps, as said above"},
      sdk::in<"last", sdk::f64>{.fallback = "0", .min = 0, .doc = "linear, cosine: the rate at the end"},
      sdk::in<"factor", sdk::f64>{
          .fallback = "0.1", .min = 0, .max = 1, .above_min = true, .doc = "step, exponential: of each drop"},
      sdk::out<"rate", sdk::f64, "...">{.doc = "the learning rate"}};
  static void run(sdk::Call<ScheduleOperation>& call);
};

}  // namespace orrery::optimizer
