// optimizer.quadratic_moments, stability_threshold, post_hoc_average, gradient_shape and sign_law: what training does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/gradient_normality.hpp"
#include "plugins/optimizer/core/post_hoc.hpp"
#include "plugins/optimizer/core/quadratic_moments.hpp"

namespace orrery::optimizer {

struct QuadraticMoments {
  static constexpr sdk::Info info{
      .name = "quadratic_moments",
      .version = "1.0.0",
      .title = "Mean and variance of SGD on a noisy quadratic, exactly, step by step",
      .doc =
          "Each eigenvalue of the Hessian is a linear system of its own with momentum and an average of the iterates; "
          "nothing is drawn. Rows 0 to steps, row 0 the start. Sources: Mandt et al. 2017; Zhang et al. 2019.",
      .example =
          "eigenvalues   = [1, 10]\nnoise         = [1, 1]\nstart         = [1, 1]\nbatch_size    = 16\n"
          "learning_rate = 0.05\nsteps         = 100",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"eigenvalues", sdk::f64, "n">{.doc = "h of the Hessian"},
      sdk::in<"noise", sdk::f64, "n">{.min = 0, .doc = "variance c of one sample's gradient along each"},
      sdk::in<"start", sdk::f64, "n">{.doc = "where each coordinate begins"},
      sdk::in<"batch_size", sdk::f64>{.min = 0, .above_min = true, .doc = "the noise of a step is c/B"},
      sdk::in<"learning_rate", sdk::f64>{.min = 0, .doc = "eta"},
      sdk::in<"momentum", sdk::f64>{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "heavy ball"},
      sdk::in<"decay", sdk::f64>{
          .fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "of the average of iterates"},
      sdk::in<"steps", sdk::i64>{.min = 0, .max = 1e9, .doc = "how many"},
      sdk::out<"loss", sdk::f64, "steps+1">{.doc = "expected, sum of h E x^2/2"},
      sdk::out<"average_loss", sdk::f64, "steps+1">{.doc = "expected, of the average"},
      sdk::out<"mean", sdk::f64, "n">{.doc = "at the end"},
      sdk::out<"variance", sdk::f64, "n">{.doc = "at the end"},
      sdk::out<"average_mean", sdk::f64, "n">{.doc = "of the average, at the end"},
      sdk::out<"average_variance", sdk::f64, "n">{.doc = "of the average, at the end"},
      sdk::tap<"variances", sdk::f64, "n">{.doc = "after each step"}};
  static void run(sdk::Call<QuadraticMoments>& call);
};

struct StabilityThreshold {
  static constexpr sdk::Info info{
      .name = "stability_threshold",
      .version = "1.0.0",
      .title = "The curvature beyond which an update rule diverges on a quadratic",
      .doc =
          "gradient_descent 2/eta, heavy_ball 2(1+b)/eta, nesterov 2(1+b)/(eta(1+2b)), averaged_momentum "
          "2(1+b)/((1-b)eta): Adam, of the preconditioned Hessian. Sources: Cohen et al. 2021, 2022.",
      .example = "rule          = \"averaged_momentum\"\nlearning_rate = 0.01\nbeta          = 0.9"};
  static constexpr std::tuple ports{
      sdk::in<"rule", sdk::Choice<StableRule>>{
          .choices = {"gradient_descent", "heavy_ball", "nesterov", "averaged_momentum"}, .doc = "how steps are made"},
      sdk::in<"learning_rate", sdk::f64, "...">{.min = 0, .above_min = true, .doc = "eta"},
      sdk::in<"beta", sdk::f64>{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "momentum"},
      sdk::out<"threshold", sdk::f64, "...">{.doc = "largest stable eigenvalue"}};
  static void run(sdk::Call<StabilityThreshold>& call);
};

enum class AverageKind { uniform, exponential, power };

struct PostHocAverage {
  static constexpr sdk::Info info{
      .name = "post_hoc_average",
      .version = "1.0.0",
      .title = "An average of a run made afterwards from stored snapshots",
      .doc =
          "uniform and exponential average snapshots of the parameters. power combines stored power-function averages "
          "(times, gammas) into one of another width or an earlier time, by least squares over time; residual says how "
          "far its profile is from the wanted one. Source: Karras et al. 2024.",
      .example = "kind      = \"exponential\"\nsnapshots = [[1, 2], [3, 4], [5, 6]]\ndecay     = 0.5"};
  static constexpr std::tuple ports{
      sdk::in<"snapshots", sdk::f64, "s x n">{.doc = "a row each, in order of time"},
      sdk::in<"kind", sdk::Choice<AverageKind>>{.choices = {"uniform", "exponential", "power"}, .doc = "of average"},
      sdk::in<"decay", sdk::f64>{.fallback = "0.9",
                                 .min = 0,
                                 .max = 1,
                                 .below_max = true,
                                 .doc = "exponential: from one snapshot to the one before"},
      sdk::in<"times", sdk::f64, "s">{
          .min = 0, .above_min = true, .optional = true, .doc = "power: steps of the snapshots"},
      sdk::in<"gammas", sdk::f64, "s">{.min = 0, .optional = true, .doc = "power: exponents of the stored averages"},
      sdk::in<"width", sdk::f64>{
          .fallback = "0.1", .min = 0, .max = 0.28867513459481287, .above_min = true, .doc = "power: sigma_rel wanted"},
      sdk::in<"time", sdk::f64>{
          .min = 0, .above_min = true, .optional = true, .doc = "power: wanted; the last of times without it"},
      sdk::out<"average", sdk::f64, "n">{.doc = "of the parameters"},
      sdk::out<"coefficients", sdk::f64, "s">{.doc = "of the snapshots"},
      sdk::out<"gamma", sdk::f64>{.doc = "power: exponent of the wanted average; NaN for others"},
      sdk::out<"residual", sdk::f64>{.doc = "power: relative distance of the profiles; 0 for others"}};
  static void run(sdk::Call<PostHocAverage>& call);
};

struct GradientShape {
  static constexpr sdk::Info info{
      .name = "gradient_shape",
      .version = "1.0.0",
      .title = "Whether gradients of samples are normal, component by component",
      .doc =
          "Skewness, excess kurtosis and the test of Jarque and Bera, whose p-value is that of many samples; NaN for a "
          "component that is the same in all. The laws of the learning rate assume normal batch gradients.",
      .example = "gradients = [[1, 2], [3, 1], [2, 0], [0, 5]]"};
  static constexpr std::tuple ports{
      sdk::in<"gradients", sdk::f64, "s x n">{.doc = "a row for each of at least 4 samples"},
      sdk::out<"skewness", sdk::f64, "n">{.doc = "0 for a normal law"},
      sdk::out<"excess_kurtosis", sdk::f64, "n">{.doc = "0 for a normal law"},
      sdk::out<"jarque_bera", sdk::f64, "n">{.doc = "2 in the mean for a normal law"},
      sdk::out<"p_value", sdk::f64, "n">{.doc = "exp(-jarque_bera/2)"}};
  static void run(sdk::Call<GradientShape>& call);
};

struct SignLawOperation {
  static constexpr sdk::Info info{
      .name = "sign_law",
      .version = "1.0.0",
      .title = "The mean sign of a batch's gradient, measured beside erf",
      .doc =
          "Batches are drawn from the samples with replacement; for a batch of one all samples are counted instead. "
          "The "
          "law is erf(g sqrt(B/2)/sigma) with the samples' own mean and deviation.",
      .example = "gradients  = [[1, -2], [3, 1], [-2, 0.5], [0.1, 5]]\nbatch_size = 2\ndraws      = 1000",
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"gradients", sdk::f64, "s x n">{.doc = "a row for each of at least 2 samples"},
      sdk::in<"batch_size", sdk::i64>{.min = 1, .doc = "samples of a batch"},
      sdk::in<"draws", sdk::i64>{.fallback = "10000", .min = 2, .doc = "batches"},
      sdk::out<"measured", sdk::f64, "n">{.doc = "mean sign"},
      sdk::out<"error", sdk::f64, "n">{.doc = "its standard error; 0 for a batch of one"},
      sdk::out<"law", sdk::f64, "n">{.doc = "by the normal law"}};
  static void run(sdk::Call<SignLawOperation>& call);
};

}  // namespace orrery::optimizer
