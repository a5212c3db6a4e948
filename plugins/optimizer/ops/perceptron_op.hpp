// optimizer.perceptron: loss and exact gradient of a classifier.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/problem_ports.hpp"

namespace orrery::optimizer {

struct PerceptronOperation {
  static constexpr sdk::Info info{
      .name = "perceptron",
      .version = "1.0.0",
      .title = "Loss and exact gradient of a classifier: logistic regression or a multilayer perceptron",
      .doc =
          "Layers of tanh and a softmax, mean cross-entropy plus penalty/2 |x|^2. Without hidden layers it is logistic "
          "regression. Parameters are, of each layer, its weights (outputs x inputs, by rows), then its biases. "
          "Sharpness "
          "is the largest eigenvalue of the Hessian, by Lanczos iterations with exact products. Source: Rumelhart, "
          "Hinton and Williams 1986.",
      .example = "parameters = [0, 0, 0, 0, 0, 0]\nfeatures   = [[0, 1], [1, 0], [2, 1]]\nlabels     = [0, 1, 1]"};
  static constexpr std::tuple ports{
      problem_ports::parameters,
      sdk::in<"features", sdk::f64, "k x d">{.doc = "a row for each example"},
      sdk::in<"labels", sdk::i64, "k">{.min = 0, .doc = "classes, counted from 0"},
      sdk::in<"hidden", sdk::i64, "l">{.min = 1, .max = 100000, .optional = true, .doc = "widths of the hidden layers"},
      sdk::in<"classes", sdk::i64>{.min = 2,
                                   .max = 100000,
                                   .optional = true,
                                   .doc = "how many; left out: the largest label and one, at least 2"},
      sdk::in<"penalty", sdk::f64>{.fallback = "0", .min = 0, .doc = "of the squares of all parameters"},
      sdk::in<"lanczos", sdk::i64>{
          .fallback = "0", .min = 0, .max = 10000, .doc = "iterations for the sharpness; 0: none"},
      problem_ports::loss,
      problem_ports::gradient,
      sdk::out<"accuracy", sdk::f64>{.doc = "the part of the examples whose class is on top"},
      sdk::out<"sharpness", sdk::f64>{.optional = true, .doc = "largest eigenvalue of the Hessian; with lanczos only"}};
  static void run(sdk::Call<PerceptronOperation>& call);
};

}  // namespace orrery::optimizer
