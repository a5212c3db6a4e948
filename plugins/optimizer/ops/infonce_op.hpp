// optimizer.infonce and optimizer.contrastive_gradient: contrastive losses with exact gradients.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/contrastive.hpp"

namespace orrery::optimizer {

namespace contrastive_ports {

inline constexpr sdk::in<"temperature", sdk::f64> temperature{
    .fallback = "1", .min = 0, .above_min = true, .doc = "tau: scores are <h, h'>/tau"};
inline constexpr sdk::in<"mask_self", bool> mask_self{.fallback = "false",
                                                      .doc = "one tower: no row is compared with itself"};
inline constexpr sdk::in<"both_ways", bool> both_ways{
    .fallback = "false", .doc = "two towers: the mean of the losses by rows and by columns"};
enum class Reduction { mean, sum };
inline constexpr sdk::in<"reduction", sdk::Choice<Reduction>> reduction{
    .fallback = "mean", .choices = {"mean", "sum"}, .doc = "over rows"};
inline constexpr sdk::in<"labels", sdk::i64, "b"> labels{
    .optional = true, .doc = "rows of one label are positives; without labels, of two towers, a row's own partner is"};

}  // namespace contrastive_ports

struct InfonceOperation {
  static constexpr sdk::Info info{
      .name = "infonce",
      .version = "1.0.0",
      .title = "The InfoNCE loss and its exact gradients by the embeddings",
      .doc =
          "One tower with labels, or two. Scores are made in tiles and not kept: memory grows with the rows, not "
          "with their square. Several positives of a row have equal parts. Sources: van den Oord et al. 2018; "
          "Khosla et al. 2020.",
      .example = "left        = [[1, 0], [0, 1]]\nright       = [[0.9, 0.1], [0.2, 0.8]]\ntemperature = 0.5",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"left", sdk::f64, "b x d">{.doc = "embeddings, row by row"},
      sdk::in<"right", sdk::f64, "b x d">{.optional = true, .doc = "of the other tower; left out: one tower"},
      contrastive_ports::labels,
      contrastive_ports::temperature,
      contrastive_ports::mask_self,
      contrastive_ports::both_ways,
      contrastive_ports::reduction,
      sdk::in<"normalise", bool>{.fallback = "false", .doc = "divide each row by its norm first"},
      sdk::out<"loss", sdk::f64>{.doc = "mean or sum over rows"},
      sdk::out<"left_gradient", sdk::f64, "b x d">{.doc = "of the loss by left"},
      sdk::out<"right_gradient", sdk::f64, "b x d">{.doc = "of the loss by right; zero for one tower"},
      sdk::tap<"probabilities", sdk::f64, "b">{.doc = "each row of the softmax"}};
  static void run(sdk::Call<InfonceOperation>& call);
};

struct ContrastiveGradientOperation {
  static constexpr sdk::Info info{
      .name = "contrastive_gradient",
      .version = "1.0.0",
      .title = "The gradient of InfoNCE by the parameters of a perceptron, exact in chunks of any size",
      .doc =
          "two_pass makes all embeddings, then takes their gradients back chunk by chunk: the gradient of the whole "
          "batch, in the memory of a chunk, for one more forward pass. naive adds the gradients of the chunks' own "
          "losses, which is another gradient. Dropout masks are a function of seed, sample, layer and unit, so that "
          "both passes have the same. Parameters: weights, outputs x inputs, then biases, layer after layer. Sources: "
          "Gao et al. 2021.",
      .example =
          "widths      = [2, 2]\nbias        = false\nnormalise   = false\nparameters  = [0.5, -0.25, 0.75, 1]\n"
          "left        = [[1, 0], [2, 1], [0, 1], [-1, 2], [1, -1], [2, -2]]\nlabels      = [0, 0, 1, 1, 2, 2]\n"
          "mask_self   = true\ntemperature = 0.5\nchunk       = 4",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"parameters", sdk::f64, "w">{.doc = "of the encoder, which both towers share"},
      sdk::in<"widths", sdk::i64, "l">{.min = 1, .doc = "inputs, hidden units of each layer, outputs"},
      sdk::in<"bias", bool>{.fallback = "true", .doc = "layers have biases"},
      sdk::in<"normalise", bool>{.fallback = "true", .doc = "embeddings are divided by their norms"},
      sdk::in<"dropout", sdk::f64>{.fallback = "0",
                                   .min = 0,
                                   .max = 1,
                                   .below_max = true,
                                   .doc = "of hidden units; the others grow by 1/(1 - p)"},
      sdk::in<"left", sdk::f64, "b x n">{.doc = "inputs, row by row"},
      sdk::in<"right", sdk::f64, "b x n">{.optional = true, .doc = "inputs of the other tower; left out: one tower"},
      contrastive_ports::labels,
      contrastive_ports::temperature,
      contrastive_ports::mask_self,
      contrastive_ports::both_ways,
      contrastive_ports::reduction,
      sdk::in<"method", sdk::Choice<ContrastiveMethod>>{.fallback = "two_pass",
                                                        .choices = {"monolithic", "two_pass", "naive"},
                                                        .doc = "all at once, in two exact passes, or chunk by chunk"},
      sdk::in<"chunk", sdk::i64>{.fallback = "64", .min = 1, .doc = "rows of a backward pass; the last may have fewer"},
      sdk::in<"forward_chunk", sdk::i64>{.fallback = "256", .min = 1, .doc = "rows of the first pass"},
      sdk::in<"replay", bool>{.fallback = "true", .doc = "false: other masks in the second pass, which is wrong"},
      sdk::out<"gradient", sdk::f64, "w">{.doc = "by the parameters"},
      sdk::out<"loss", sdk::f64>{.doc = "of the batch; for naive the sum of the chunks'"},
      sdk::out<"surrogate", sdk::f64>{.doc = "sum of <h, dL/dh>: has the same gradient and is not the loss"},
      sdk::out<"forwards", sdk::i64>{.doc = "rows encoded"},
      sdk::out<"backwards", sdk::i64>{.doc = "rows taken back"},
      sdk::out<"peak_bytes", sdk::i64>{.doc = "of activations, embeddings and their gradients"},
      sdk::tap<"embedding_gradient", sdk::f64, "d">{.doc = "dL/dh of each row, left before right"}};
  static void run(sdk::Call<ContrastiveGradientOperation>& call);
};

}  // namespace orrery::optimizer
