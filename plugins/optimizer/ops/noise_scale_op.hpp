// optimizer.noise_scale, noise_from_norms, fit_steps_examples and lr_scale: measured gradient noise and its rules.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/batch_noise.hpp"

namespace orrery::optimizer {

struct NoiseScale {
  static constexpr sdk::Info info{
      .name = "noise_scale",
      .version = "1.0.0",
      .title = "The gradient noise scale from one gradient a sample",
      .doc =
          "Unbiased |G|^2 and tr Sigma, and their quotient B_simple, which is NaN where |G|^2 is not above 0. mean "
          "and deviation are what optimal_lr takes. Source: McCandlish et al. 2018, appendix A.",
      .example = "gradients = [[1, 2], [3, 1], [2, 0]]"};
  static constexpr std::tuple ports{
      sdk::in<"gradients", sdk::f64, "s x n">{.doc = "a row for each of at least 2 samples"},
      sdk::out<"mean", sdk::f64, "n">{.doc = "of the samples"},
      sdk::out<"deviation", sdk::f64, "n">{.doc = "of one sample, by s - 1"},
      sdk::out<"squared_gradient", sdk::f64>{.doc = "unbiased; below 0 where noise dominates"},
      sdk::out<"trace", sdk::f64>{.doc = "of the covariance of one sample"},
      sdk::out<"noise_simple", sdk::f64>{.doc = "trace/squared_gradient"}};
  static void run(sdk::Call<NoiseScale>& call);
};

struct NoiseFromNorms {
  static constexpr sdk::Info info{
      .name = "noise_from_norms",
      .version = "1.0.0",
      .title = "The gradient noise scale from squared gradient norms at two batch sizes",
      .doc =
          "Unbiased |G|^2 and tr Sigma. Norms are means over batches of that size. Source: McCandlish et al. 2018, "
          "equations A.2 and A.3.",
      .example = "small_batch = 8\nsmall_norm2 = 3.5\nlarge_batch = 64\nlarge_norm2 = 1.2"};
  static constexpr std::tuple ports{
      sdk::in<"small_batch", sdk::f64>{.min = 0, .above_min = true, .doc = "samples of the smaller batch"},
      sdk::in<"small_norm2", sdk::f64>{.min = 0, .doc = "squared norm of its gradient"},
      sdk::in<"large_batch", sdk::f64>{.min = 0, .above_min = true, .doc = "samples of the larger batch"},
      sdk::in<"large_norm2", sdk::f64>{.min = 0, .doc = "squared norm of its gradient"},
      sdk::out<"squared_gradient", sdk::f64>{.doc = "unbiased; below 0 where noise dominates"},
      sdk::out<"trace", sdk::f64>{.doc = "of the covariance of one sample"},
      sdk::out<"noise_simple", sdk::f64>{.doc = "trace/squared_gradient; NaN where that is not above 0"}};
  static void run(sdk::Call<NoiseFromNorms>& call);
};

struct FitStepsExamples {
  static constexpr sdk::Info info{
      .name = "fit_steps_examples",
      .version = "1.0.0",
      .title = "The hyperbola of steps and examples, fitted to runs",
      .doc =
          "S = S_min + E_min/B by weighted least squares: (S/S_min - 1)(E/E_min - 1) = 1 with E = B S. Without "
          "errors all steps have the same relative error, whose size is taken from the residuals. Source: "
          "McCandlish et al. 2018, equation 2.11.",
      .example = "batch_size = [16, 64, 256, 1024]\nsteps      = [700, 250, 140, 112]"};
  static constexpr std::tuple ports{
      sdk::in<"batch_size", sdk::f64, "m">{.min = 0, .above_min = true, .doc = "of each run"},
      sdk::in<"steps", sdk::f64, "m">{.min = 0, .above_min = true, .doc = "to the same loss"},
      sdk::in<"errors", sdk::f64, "m">{
          .min = 0, .above_min = true, .optional = true, .doc = "standard errors of steps"},
      sdk::out<"steps_min", sdk::f64>{.doc = "S_min"},
      sdk::out<"examples_min", sdk::f64>{.doc = "E_min"},
      sdk::out<"critical_batch", sdk::f64>{.doc = "B_crit = E_min/S_min"},
      sdk::out<"critical_error", sdk::f64>{.doc = "its standard error"},
      sdk::out<"covariance", sdk::f64, "2 x 2">{.doc = "of S_min and E_min"},
      sdk::out<"residual", sdk::f64>{.doc = "root mean square, in units of the errors"}};
  static void run(sdk::Call<FitStepsExamples>& call);
};

struct LrScale {
  static constexpr sdk::Info info{
      .name = "lr_scale",
      .version = "1.0.0",
      .title = "A learning rate taken to another batch size",
      .doc =
          "linear: times to/from; square_root: its root; saturating: times (1 + noise/from)/(1 + noise/to); power: "
          "(to/from)^power. Sources: Goyal et al. 2017; Krizhevsky 2014; McCandlish et al. 2018.",
      .example =
          "learning_rate = 0.1\nfrom          = 256\nto            = 4096\nrule          = \"saturating\"\n"
          "noise         = 1000"};
  static constexpr std::tuple ports{
      sdk::in<"learning_rate", sdk::f64>{.min = 0, .above_min = true, .doc = "that is good at `from`"},
      sdk::in<"from", sdk::f64>{.min = 0, .above_min = true, .doc = "batch size"},
      sdk::in<"to", sdk::f64, "...">{.min = 0, .above_min = true, .doc = "batch sizes"},
      sdk::in<"rule", sdk::Choice<ScalingRule>>{.choices = {"linear", "square_root", "saturating", "power"},
                                                .doc = "how the rate changes with the batch size"},
      sdk::in<"noise", sdk::f64>{.fallback = "0", .min = 0, .doc = "B_noise, of saturating"},
      sdk::in<"power", sdk::f64>{.fallback = "0.5", .doc = "of power"},
      sdk::out<"learning_rate", sdk::f64, "...">{.doc = "at those batch sizes"}};
  static void run(sdk::Call<LrScale>& call);
};

}  // namespace orrery::optimizer
