// optimizer.quadratic, rosenbrock and dirac_gan: problems without data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/problem_ports.hpp"

namespace orrery::optimizer {

struct Quadratic {
  static constexpr sdk::Info info{
      .name = "quadratic",
      .version = "1.0.0",
      .title = "A quadratic with a given Hessian, and noise in its gradient if wanted",
      .doc =
          "(x - c)^T H (x - c)/2. The gradient is exact plus deviation/sqrt(batch) times normal numbers of the "
          "scenario's seed, which in a loop change with the pass.",
      .example = "parameters = [1, 1]\nspectrum   = [1, 10]",
      .uses_random = true};
  static constexpr std::tuple ports{
      problem_ports::parameters,
      sdk::in<"hessian", sdk::f64, "n x n">{.optional = true, .doc = "symmetric; give it or spectrum"},
      sdk::in<"spectrum", sdk::f64, "n">{.optional = true, .doc = "the diagonal of a diagonal one"},
      sdk::in<"centre", sdk::f64, "n">{.optional = true, .doc = "where the gradient vanishes; left out: zero"},
      sdk::in<"deviation", sdk::f64, "n">{.optional = true, .doc = "standard deviation of one sample's gradient"},
      sdk::in<"batch", sdk::i64>{.fallback = "1", .min = 1, .doc = "how many samples are averaged"},
      problem_ports::loss,
      problem_ports::gradient};
  static void run(sdk::Call<Quadratic>& call);
};

struct Rosenbrock {
  static constexpr sdk::Info info{
      .name = "rosenbrock",
      .version = "1.0.0",
      .title = "Rosenbrock's valley",
      .doc = "The sum of steepness (x[i+1] - x[i]^2)^2 + (1 - x[i])^2, least at ones. Source: Rosenbrock 1960.",
      .example = "parameters = [-1.5, 2]"};
  static constexpr std::tuple ports{problem_ports::parameters,
                                    sdk::in<"steepness", sdk::f64>{.fallback = "100", .min = 0, .doc = "of the walls"},
                                    problem_ports::loss, problem_ports::gradient};
  static void run(sdk::Call<Rosenbrock>& call);
};

struct DiracGanOperation {
  static constexpr sdk::Info info{
      .name = "dirac_gan",
      .version = "1.0.0",
      .title = "Learning of a GAN whose data are one point: one step of its gradient flow",
      .doc =
          "theta' = (1 - s) phi, phi' = -s theta, s = 1/(1 + exp(-theta . phi)), by a Runge-Kutta step of order 4. It "
          "circles its equilibrium at zero and never gets there. Source: Mescheder, Geiger and Nowozin 2018.",
      .example = "generator     = [1, 0]\ndiscriminator = [0, 1]\ntime_step     = 0.01"};
  static constexpr std::tuple ports{
      sdk::in<"generator", sdk::f64, "n">{.doc = "theta"},
      sdk::in<"discriminator", sdk::f64, "n">{.doc = "phi"},
      sdk::in<"time_step", sdk::f64>{.doc = "of the flow"},
      sdk::out<"generator", sdk::f64, "n">{.doc = "after the step"},
      sdk::out<"discriminator", sdk::f64, "n">{.doc = "after the step"},
      sdk::out<"generator_rate", sdk::f64, "n">{.doc = "of the flow, before the step"},
      sdk::out<"discriminator_rate", sdk::f64, "n">{.doc = "of the flow, before the step"}};
  static void run(sdk::Call<DiracGanOperation>& call);
};

}  // namespace orrery::optimizer
