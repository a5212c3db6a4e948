// optimizer.optimal_lr, lr_surge, lr_surface, step_moments and sample_lr: the learning rate against the batch size.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/law_ports.hpp"

namespace orrery::optimizer {

struct OptimalLr {
  static constexpr sdk::Info info{
      .name = "optimal_lr",
      .version = "1.0.0",
      .title = "The learning rate that lowers the expected loss most in one step, by batch size",
      .doc =
          "For a quadratic model of the loss and normal gradient noise: eta = u/w with u = g.E phi and w = tr(H E phi "
          "phi'), the gain is u^2/(2 w). It is the optimum of one step; over many steps other rates are best. Where "
          "w <= 0 there is none, and the step fails with the value. Sources: McCandlish et al. 2018; Li et al. 2024; "
          "the exact law of softsign by one integral and the Faddeeva function.",
      .example =
          "gradient   = [0.5, -0.2, 0.1]\ndeviation  = [2, 1, 1.5]\n"
          "hessian    = [[2, -0.9, 0.6], [-0.9, 1, -0.4], [0.6, -0.4, 0.5]]\n"
          "batch_size = [1, 16, 256]\nepsilon    = 0.01"};
  static constexpr std::tuple ports{
      law_ports::gradient,
      law_ports::deviation,
      law_ports::hessian,
      law_ports::hessian_diagonal,
      law_ports::hessian_factor,
      sdk::in<"batch_size", sdk::f64, "m">{
          .min = 0, .above_min = true, .doc = "samples of a batch, any positive number"},
      law_ports::direction,
      law_ports::level,
      law_ports::epsilon,
      law_ports::beta1,
      law_ports::kappa_rule,
      law_ports::kappa2,
      sdk::out<"learning_rate", sdk::f64, "m">{.doc = "eta = u/w"},
      sdk::out<"gain", sdk::f64, "m">{.doc = "expected decrease of the loss at that rate"},
      sdk::out<"slope", sdk::f64, "m">{.doc = "u"},
      sdk::out<"curvature", sdk::f64, "m">{.doc = "w"},
      sdk::out<"noise_simple", sdk::f64>{.doc = "B_simple = tr Sigma/g.g"},
      sdk::out<"noise_scale", sdk::f64>{.doc = "B_noise = tr(Sigma H)/g'Hg, of SGD"},
      sdk::out<"rate_max", sdk::f64>{.doc = "g.g/g'Hg: SGD without noise"},
      sdk::out<"gain_max", sdk::f64>{.doc = "(g.g)^2/(2 g'Hg)"},
      sdk::out<"diagonal_sum", sdk::f64>{.doc = "D, the trace of H"},
      sdk::out<"off_diagonal_sum", sdk::f64>{.doc = "O = sum over i != j of nu_i nu_j H_ij, nu the direction of g"},
      sdk::out<"kappa2", sdk::f64>{.doc = "as the rule has it"},
      sdk::out<"beta_noise", sdk::f64>{.doc = "beta at the closed form's peak; NaN where there is none"},
      sdk::out<"surge_batch", sdk::f64>{.doc = "batch size of the closed form's peak; NaN where the rate is monotone"},
      sdk::out<"surge_rate", sdk::f64>{.doc = "rate at the closed form's peak; NaN where there is none"},
      sdk::out<"surge_epsilon", sdk::f64>{.doc = "above it mean field has no peak; NaN where it never has one"}};
  static void run(sdk::Call<OptimalLr>& call);
};

struct LrSurge {
  static constexpr sdk::Info info{
      .name = "lr_surge",
      .version = "1.0.0",
      .title = "The batch size at which the best learning rate is largest",
      .doc =
          "Searched between two batch sizes, by golden section from the best of a grid: beside it the closed form's "
          "batch size and rate, which can be far off. found is false where the largest rate lies at an end.",
      .example =
          "gradient  = [0.5, -0.2, 0.1]\ndeviation = [2, 1, 1.5]\n"
          "hessian   = [[2, -0.9, 0.6], [-0.9, 1, -0.4], [0.6, -0.4, 0.5]]\ndirection = \"signsgd\""};
  static constexpr std::tuple ports{
      law_ports::gradient,
      law_ports::deviation,
      law_ports::hessian,
      law_ports::hessian_diagonal,
      law_ports::hessian_factor,
      law_ports::direction,
      law_ports::level,
      law_ports::epsilon,
      law_ports::beta1,
      law_ports::kappa_rule,
      law_ports::kappa2,
      sdk::in<"smallest_batch", sdk::f64>{
          .fallback = "1", .min = 0, .above_min = true, .doc = "where the search begins"},
      sdk::in<"largest_batch", sdk::f64>{.fallback = "1e9", .min = 0, .above_min = true, .doc = "where it ends"},
      sdk::out<"found", bool>{.doc = "the rate rises and then falls"},
      sdk::out<"batch_size", sdk::f64>{.doc = "of the largest rate"},
      sdk::out<"learning_rate", sdk::f64>{.doc = "the largest"},
      sdk::out<"closed_batch_size", sdk::f64>{.doc = "of the homogeneous closed form; NaN where it is monotone"},
      sdk::out<"closed_learning_rate", sdk::f64>{.doc = "of the homogeneous closed form; NaN where it is monotone"}};
  static void run(sdk::Call<LrSurge>& call);
};

struct LrSurface {
  static constexpr sdk::Info info{
      .name = "lr_surface",
      .version = "1.0.0",
      .title = "The best learning rate over batch size and epsilon",
      .doc = "As optimal_lr, for each pair; NaN where the curvature along the step is not above 0.",
      .example =
          "gradient         = [0.5, -0.2, 0.1]\ndeviation        = [2, 1, 1.5]\nhessian_diagonal = [2, 1, 0.5]\n"
          "batch_size       = [1, 16, 256]\nepsilons         = [0, 0.01, 1]",
      .cancellable = true};
  static constexpr std::tuple ports{law_ports::gradient,
                                    law_ports::deviation,
                                    law_ports::hessian,
                                    law_ports::hessian_diagonal,
                                    law_ports::hessian_factor,
                                    sdk::in<"batch_size", sdk::f64, "m">{.min = 0, .above_min = true, .doc = "rows"},
                                    sdk::in<"epsilons", sdk::f64, "e">{.min = 0, .doc = "columns"},
                                    law_ports::direction,
                                    law_ports::level,
                                    law_ports::epsilon,
                                    law_ports::beta1,
                                    law_ports::kappa_rule,
                                    law_ports::kappa2,
                                    sdk::out<"learning_rate", sdk::f64, "m x e">{.doc = "eta"}};
  static void run(sdk::Call<LrSurface>& call);
};

struct StepMomentsOperation {
  static constexpr sdk::Info info{
      .name = "step_moments",
      .version = "1.0.0",
      .title = "Mean and second moment of a step's direction under normal noise",
      .doc =
          "Of x ~ N(gradient, noise^2), element by element. The level exact has a relative error of at most 1e-11 "
          "for gradient/noise in 1e-4..400 and epsilon/noise in 1e-6..3000.",
      .example = "gradient = [0.1, 1, 10]\nnoise    = 1\nepsilon  = 0.5"};
  static constexpr std::tuple ports{
      sdk::in<"gradient", sdk::f64, "...">{.doc = "mean of x"},
      sdk::in<"noise", sdk::f64, "...">{.min = 0, .doc = "deviation of x: sigma/sqrt(B)"},
      sdk::in<"epsilon", sdk::f64, "...">{.fallback = "0", .min = 0, .doc = "of the step"},
      law_ports::direction,
      law_ports::level,
      law_ports::beta1,
      sdk::out<"mean", sdk::f64, "...">{.doc = "E phi(x)"},
      sdk::out<"second", sdk::f64, "...">{.doc = "E phi(x)^2"}};
  static void run(sdk::Call<StepMomentsOperation>& call);
};

struct SampleLr {
  static constexpr sdk::Info info{
      .name = "sample_lr",
      .version = "1.0.0",
      .title = "The best learning rate of one step by Monte Carlo",
      .doc =
          "Draws batches' gradients until the standard error of the rate is at most relative_error times the rate, "
          "or max_draws are made. The draws are counted, so that any number of threads gives the same bits.",
      .example =
          "gradient   = [0.5, -0.2, 0.1]\ndeviation  = [2, 1, 1.5]\nhessian_diagonal = [2, 1, 0.5]\n"
          "batch_size = 64\nrelative_error = 0.01",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      law_ports::gradient,
      law_ports::deviation,
      law_ports::hessian,
      law_ports::hessian_diagonal,
      law_ports::hessian_factor,
      sdk::in<"batch_size", sdk::f64>{.min = 0, .above_min = true, .doc = "samples of a batch"},
      law_ports::direction,
      law_ports::level,
      law_ports::epsilon,
      law_ports::beta1,
      law_ports::kappa_rule,
      law_ports::kappa2,
      sdk::in<"relative_error", sdk::f64>{.fallback = "1e-3", .min = 0, .doc = "standard error that is enough"},
      sdk::in<"max_draws", sdk::i64>{.fallback = "10_000_000", .min = 2, .max = 1e12, .doc = "rounded up to 1024s"},
      sdk::out<"learning_rate", sdk::f64>{.doc = "mean slope/mean curvature"},
      sdk::out<"learning_rate_error", sdk::f64>{.doc = "standard error"},
      sdk::out<"gain", sdk::f64>{.doc = "expected decrease of the loss"},
      sdk::out<"slope", sdk::f64>{.doc = "u"},
      sdk::out<"slope_error", sdk::f64>{.doc = "standard error"},
      sdk::out<"curvature", sdk::f64>{.doc = "w"},
      sdk::out<"curvature_error", sdk::f64>{.doc = "standard error"},
      sdk::out<"draws", sdk::i64>{.doc = "how many were made"},
      sdk::tap<"part_rate", sdk::f64>{.doc = "mean slope/mean curvature of each 1024 draws"}};
  static void run(sdk::Call<SampleLr>& call);
};

}  // namespace orrery::optimizer
