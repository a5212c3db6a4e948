// Contrastive gradients of a perceptron.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/contrastive.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "plugins/optimizer/core/law_checks.hpp"
#include "plugins/optimizer/core/random.hpp"

namespace orrery::optimizer {
namespace {

std::size_t layer_size(const Encoder& e, std::size_t layer) {
  return e.widths[layer + 1] * (e.widths[layer] + (e.bias ? 1 : 0));
}

/// 0 or 1/(1 - p), of a hidden unit of one sample.
double mask(const Encoder& e, std::uint64_t key, std::size_t sample, std::size_t layer, std::size_t unit) {
  if (e.dropout == 0.0) return 1.0;
  const auto words = philox(key, sample, (std::uint64_t{layer} << 32) | unit);
  return unit_of(words[0]) < e.dropout ? 0.0 : 1.0 / (1.0 - e.dropout);
}

/// The samples of the right tower have masks of their own.
constexpr std::size_t right_samples = std::size_t{1} << 40;

struct Pass {
  const ContrastiveTask& task;
  ContrastiveGradient& result;
  std::size_t rows, width;

  std::span<const double> inputs(bool right, std::size_t from, std::size_t count) const {
    const std::size_t n = task.encoder.widths.front();
    return (right ? task.right : task.left).subspan(from * n, count * n);
  }
  Activations forward(bool right, std::size_t from, std::size_t count, std::uint64_t key) const {
    result.forwards += static_cast<std::int64_t>(count);
    return encode(task.encoder, task.parameters, inputs(right, from, count), key, from + (right ? right_samples : 0));
  }
  void backward(bool right, std::size_t from, const Activations& kept, std::span<const double> g,
                std::uint64_t key) const {
    result.backwards += static_cast<std::int64_t>(g.size() / width);
    encode_backward(task.encoder, task.parameters, kept, {g.begin(), g.end()}, key, from + (right ? right_samples : 0),
                    result.gradient);
  }
  void used(std::size_t bytes) const { result.peak_bytes = std::max(result.peak_bytes, bytes); }
  std::vector<bool> towers() const { return task.right.empty() ? std::vector<bool>{false} : std::vector{false, true}; }
};

/// Embeddings of both towers, and their gradients.
struct Tables {
  std::vector<double> value[2], gradient[2];
  std::size_t bytes() const {
    return sizeof(double) * (value[0].size() + value[1].size() + gradient[0].size() + gradient[1].size());
  }
};

double loss_of(const Pass& pass, Tables& tables, std::size_t from, std::size_t count, const RunBlocks& run) {
  for (int t = 0; t < 2; ++t) tables.gradient[t].assign(tables.value[t].size(), 0.0);
  const Embeddings e{tables.value[0], tables.value[1], pass.width,
                     pass.task.labels.empty() ? pass.task.labels : pass.task.labels.subspan(from, count)};
  return infonce(e, pass.task.loss, tables.gradient[0], tables.gradient[1], run);
}

double surrogate_of(const Tables& tables) {
  double sum = 0.0;
  for (int t = 0; t < 2; ++t)
    for (std::size_t i = 0; i < tables.value[t].size(); ++i) sum += tables.value[t][i] * tables.gradient[t][i];
  return sum;
}

/// Rows [from, from + count) as a batch of their own, with all activations kept.
void at_once(const Pass& pass, std::size_t from, std::size_t count, double weight, const RunBlocks& run) {
  Tables tables;
  std::vector<Activations> kept;
  for (const bool right : pass.towers()) {
    kept.push_back(pass.forward(right, from, count, pass.task.key));
    tables.value[right] = kept.back().layers.back();
  }
  const double loss = loss_of(pass, tables, from, count, run);
  pass.result.loss += weight * loss;
  pass.result.surrogate += weight * surrogate_of(tables);
  std::size_t bytes = tables.bytes();
  for (const Activations& a : kept) bytes += a.bytes();
  pass.used(bytes);
  for (const bool right : pass.towers()) {
    for (double& g : tables.gradient[right]) g *= weight;
    pass.backward(right, from, kept[right], tables.gradient[right], pass.task.key);
    pass.result.embedding_gradient.insert(pass.result.embedding_gradient.end(), tables.gradient[right].begin(),
                                          tables.gradient[right].end());
  }
}

void in_two_passes(const Pass& pass, const RunBlocks& run) {
  Tables tables;
  for (const bool right : pass.towers())
    for (std::size_t from = 0; from < pass.rows; from += pass.task.forward_chunk) {
      const std::size_t count = std::min(pass.task.forward_chunk, pass.rows - from);
      const Activations made = pass.forward(right, from, count, pass.task.key);
      tables.value[right].insert(tables.value[right].end(), made.layers.back().begin(), made.layers.back().end());
      pass.used(tables.bytes() + made.bytes());
    }
  pass.result.loss = loss_of(pass, tables, 0, pass.rows, run);
  pass.result.surrogate = surrogate_of(tables);
  const std::uint64_t key = pass.task.replay ? pass.task.key : ~pass.task.key;
  for (const bool right : pass.towers()) {
    for (std::size_t from = 0; from < pass.rows; from += pass.task.chunk) {
      const std::size_t count = std::min(pass.task.chunk, pass.rows - from);
      const Activations kept = pass.forward(right, from, count, key);
      pass.used(tables.bytes() + kept.bytes());
      pass.backward(right, from, kept, std::span(tables.gradient[right]).subspan(from * pass.width, count * pass.width),
                    key);
    }
    pass.result.embedding_gradient.insert(pass.result.embedding_gradient.end(), tables.gradient[right].begin(),
                                          tables.gradient[right].end());
  }
}

void check(const ContrastiveTask& task) {
  const Encoder& e = task.encoder;
  if (e.widths.size() < 2) throw std::invalid_argument("widths must have at least 2 numbers: inputs and outputs");
  for (const std::size_t w : e.widths)
    if (w == 0) throw std::invalid_argument("widths must be at least 1; one is 0");
  law::require(e.dropout >= 0.0 && e.dropout < 1.0, "dropout", "at least 0 and below 1", e.dropout);
  law::require_size("parameters", task.parameters.size(), e.parameter_count());
  law::require_finite("parameters", task.parameters);
  law::require_finite("left", task.left);
  law::require_finite("right", task.right);
  if (task.left.empty()) throw std::invalid_argument("left must have at least one row");
  law::require_size("the last row of left", task.left.size() % e.widths.front(), 0);
  if (!task.right.empty()) law::require_size("right", task.right.size(), task.left.size());
  if (!task.labels.empty()) law::require_size("labels", task.labels.size(), task.left.size() / e.widths.front());
  if (task.chunk == 0 || task.forward_chunk == 0) throw std::invalid_argument("chunks must have at least 1 row");
}

}  // namespace

std::size_t Encoder::parameter_count() const {
  std::size_t n = 0;
  for (std::size_t layer = 0; layer + 1 < widths.size(); ++layer) n += layer_size(*this, layer);
  return n;
}

std::size_t Activations::bytes() const {
  std::size_t n = norms.size();
  for (const auto& layer : layers) n += layer.size();
  return n * sizeof(double);
}

Activations encode(const Encoder& e, std::span<const double> parameters, std::span<const double> inputs,
                   std::uint64_t key, std::size_t first) {
  Activations a;
  a.layers.emplace_back(inputs.begin(), inputs.end());
  const std::size_t rows = inputs.size() / e.widths.front(), depth = e.widths.size() - 1;
  for (std::size_t layer = 0, at = 0; layer < depth; at += layer_size(e, layer++)) {
    const std::size_t n = e.widths[layer], m = e.widths[layer + 1];
    const std::span<const double> weights = parameters.subspan(at, n * m);
    std::vector<double> out(rows * m);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t j = 0; j < m; ++j) {
        double sum = e.bias ? parameters[at + n * m + j] : 0.0;
        for (std::size_t i = 0; i < n; ++i) sum += weights[j * n + i] * a.layers[layer][r * n + i];
        out[r * m + j] = layer + 1 < depth ? std::tanh(sum) * mask(e, key, first + r, layer, j) : sum;
      }
    a.layers.push_back(std::move(out));
  }
  if (e.normalise) a.norms = normalise_rows(a.layers.back(), e.widths.back());
  return a;
}

void encode_backward(const Encoder& e, std::span<const double> parameters, const Activations& kept,
                     std::vector<double> g, std::uint64_t key, std::size_t first, std::span<double> gradient) {
  const std::size_t depth = e.widths.size() - 1, rows = kept.layers.front().size() / e.widths.front();
  if (e.normalise) normalise_rows_backward(kept.layers.back(), kept.norms, e.widths.back(), g);
  std::size_t at = e.parameter_count();
  for (std::size_t layer = depth; layer-- > 0;) {
    at -= layer_size(e, layer);
    const std::size_t n = e.widths[layer], m = e.widths[layer + 1];
    std::vector<double> below(rows * n);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t j = 0; j < m; ++j) {
        double d = g[r * m + j];
        if (layer + 1 < depth) {
          const double kept_unit = mask(e, key, first + r, layer, j);
          const double y = kept_unit == 0.0 ? 0.0 : kept.layers[layer + 1][r * m + j] / kept_unit;
          d *= kept_unit * (1.0 - y * y);
        }
        if (e.bias) gradient[at + n * m + j] += d;
        for (std::size_t i = 0; i < n; ++i) {
          gradient[at + j * n + i] += d * kept.layers[layer][r * n + i];
          below[r * n + i] += d * parameters[at + j * n + i];
        }
      }
    g = std::move(below);
  }
}

ContrastiveGradient contrastive_gradient(const ContrastiveTask& task, const RunBlocks& run) {
  check(task);
  ContrastiveGradient result;
  result.gradient.assign(task.encoder.parameter_count(), 0.0);
  const Pass pass{task, result, task.left.size() / task.encoder.widths.front(), task.encoder.widths.back()};
  if (task.method == ContrastiveMethod::two_pass) {
    in_two_passes(pass, run);
    return result;
  }
  const std::size_t chunk = task.method == ContrastiveMethod::naive ? task.chunk : pass.rows;
  for (std::size_t from = 0; from < pass.rows; from += chunk) {
    const std::size_t count = std::min(chunk, pass.rows - from);
    const double weight = task.loss.mean ? static_cast<double>(count) / static_cast<double>(pass.rows) : 1.0;
    at_once(pass, from, count, weight, run);
  }
  return result;
}

}  // namespace orrery::optimizer
