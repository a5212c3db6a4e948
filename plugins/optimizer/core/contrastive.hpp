// The gradient of a contrastive loss by an encoder's parameters: at once, in two exact passes, or accumulated naively.
// SPDX-License-Identifier: Apache-2.0
//
// The loss depends on the parameters through the embeddings alone, so that its gradient is the sum over chunks of
// J_c' dL/dh_c. The embeddings are made first, without keeping activations; a second pass makes each chunk's again and
// takes the embeddings' gradient back. Dropout masks are a function of key, sample, layer and unit, so that both passes
// have the same. Sources: Gao, Zhang, Han and Callan, RepL4NLP 2021 (GradCache); kexue.fm 8471.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/optimizer/core/infonce.hpp"

namespace orrery::optimizer {

/// A perceptron: affine layers, tanh and dropout between them, rows normalised at the end if wanted.
struct Encoder {
  std::vector<std::size_t> widths;  ///< inputs, hidden ..., outputs: at least two
  bool bias = true;
  bool normalise = true;
  double dropout = 0.0;  ///< [-] 0 <= p < 1 of hidden units; the others are divided by 1 - p

  /// Weights of each layer, outputs x inputs, then its biases, layer after layer.
  std::size_t parameter_count() const;
};

/// What a forward pass keeps for the backward pass.
struct Activations {
  std::vector<std::vector<double>> layers;  ///< inputs of each affine layer, then the embeddings
  std::vector<double> norms;
  std::size_t bytes() const;
};

/// Embeddings of rows whose numbers in the batch are first, first + 1, ...
/// @param inputs [-] rows x widths[0]   @param parameters [-] parameter_count   @param key of the masks
Activations encode(const Encoder& encoder, std::span<const double> parameters, std::span<const double> inputs,
                   std::uint64_t key, std::size_t first);

/// Adds J' g to `gradient`.
void encode_backward(const Encoder& encoder, std::span<const double> parameters, const Activations& kept,
                     std::vector<double> embedding_gradient, std::uint64_t key, std::size_t first,
                     std::span<double> gradient);

enum class ContrastiveMethod {
  monolithic,  ///< all activations are kept
  two_pass,    ///< exact, with the activations of one chunk
  naive        ///< each chunk's own loss: another gradient
};

struct ContrastiveTask {
  Encoder encoder;
  std::span<const double> left, right;   ///< inputs of both towers, which share the encoder; right empty: one tower
  std::span<const std::int64_t> labels;  ///< as of Embeddings
  std::span<const double> parameters;
  InfonceOptions loss;
  ContrastiveMethod method = ContrastiveMethod::two_pass;
  std::size_t chunk = 1;          ///< rows of a backward pass, >= 1; the last chunk may be short
  std::size_t forward_chunk = 1;  ///< rows of the first pass, >= 1
  bool replay = true;             ///< false: other masks in the second pass, to see what that does
  std::uint64_t key = 0;
};

struct ContrastiveGradient {
  double loss = 0.0;
  double surrogate = 0.0;  ///< sum of <h, dL/dh>, whose gradient the second pass takes; it is not the loss
  std::vector<double> gradient, embedding_gradient;
  std::int64_t forwards = 0, backwards = 0;  ///< rows encoded and taken back
  std::size_t peak_bytes = 0;                ///< of activations, embeddings and their gradients
};

/// @throws std::invalid_argument sizes   @throws std::domain_error numbers, a zero embedding to be normalised
/// @accuracy two_pass and monolithic differ by 1e-14 of the gradient's norm for any chunks
ContrastiveGradient contrastive_gradient(const ContrastiveTask& task, const RunBlocks& run = run_in_order);

}  // namespace orrery::optimizer
