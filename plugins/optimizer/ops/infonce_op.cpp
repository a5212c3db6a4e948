// The operations optimizer.infonce and optimizer.contrastive_gradient.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/infonce_op.hpp"

#include <algorithm>

namespace orrery::optimizer {
namespace {

template <class Op>
InfonceOptions options_of(const sdk::Call<Op>& call) {
  return {call.template in<"temperature">(), call.template in<"mask_self">(),
          call.template in<"reduction">() == contrastive_ports::Reduction::mean, call.template in<"both_ways">()};
}

/// Blocks on the host's threads.
template <class Op>
RunBlocks on_all_threads(sdk::Call<Op>& call) {
  return [&call](std::size_t n, const std::function<void(std::size_t)>& f) {
    call.parallel_for(n, 1, [&](std::uint64_t begin, std::uint64_t end) {
      call.poll(begin, n);
      for (std::uint64_t i = begin; i < end; ++i) f(i);
    });
  };
}

}  // namespace

void InfonceOperation::run(sdk::Call<InfonceOperation>& call) {
  const auto left = call.in<"left">();
  const auto right = call.maybe<"right">();
  const auto labels = call.maybe<"labels">();
  const std::int64_t b = left.extent(0), d = left.extent(1);
  const auto width = static_cast<std::size_t>(d);
  const auto left_gradient = call.out<"left_gradient">(b, d), right_gradient = call.out<"right_gradient">(b, d);
  std::vector<double> u(left.begin(), left.end()), v, u_norms, v_norms;
  if (right) v.assign(right->begin(), right->end());
  const bool normalise = call.in<"normalise">();
  if (normalise) u_norms = normalise_rows(u, width), v_norms = normalise_rows(v, width);
  Embeddings e{u, v, width, {}};
  if (labels) e.labels = labels->span();
  const auto right_span = right ? right_gradient.span() : std::span<double>();
  std::fill(right_gradient.begin(), right_gradient.end(), 0.0);
  call.set<"loss">(infonce(e, options_of(call), left_gradient.span(), right_span, on_all_threads(call)));
  if (call.wants<"probabilities">()) {
    const auto row = call.scratch<double>(static_cast<std::uint64_t>(b));
    for (std::int64_t i = 0; i < b; ++i) {
      infonce_probabilities(e, options_of(call), static_cast<std::size_t>(i), row);
      call.tap<"probabilities">(i, sdk::View<const double, 1>(row.data(), std::array{b}));
    }
  }
  if (!normalise) return;
  normalise_rows_backward(u, u_norms, width, left_gradient.span());
  normalise_rows_backward(v, v_norms, width, right_span);
}

void ContrastiveGradientOperation::run(sdk::Call<ContrastiveGradientOperation>& call) {
  ContrastiveTask task;
  for (const std::int64_t w : call.in<"widths">()) task.encoder.widths.push_back(static_cast<std::size_t>(w));
  task.encoder.bias = call.in<"bias">();
  task.encoder.normalise = call.in<"normalise">();
  task.encoder.dropout = call.in<"dropout">();
  const auto left = call.in<"left">();
  const auto right = call.maybe<"right">();
  const auto labels = call.maybe<"labels">();
  if (!task.encoder.widths.empty() && left.extent(1) != static_cast<std::int64_t>(task.encoder.widths.front()))
    throw std::invalid_argument("left must have as many columns as the first of widths, " +
                                std::to_string(task.encoder.widths.front()) + "; it has " +
                                std::to_string(left.extent(1)));
  task.left = left.span();
  if (right) task.right = right->span();
  if (labels) task.labels = labels->span();
  task.parameters = call.in<"parameters">().span();
  task.loss = options_of(call);
  task.method = call.in<"method">();
  task.chunk = static_cast<std::size_t>(call.in<"chunk">());
  task.forward_chunk = static_cast<std::size_t>(call.in<"forward_chunk">());
  task.replay = call.in<"replay">();
  task.key = call.random_key();
  const ContrastiveGradient result = contrastive_gradient(task, on_all_threads(call));
  const auto gradient = call.out<"gradient">(result.gradient.size());
  std::copy(result.gradient.begin(), result.gradient.end(), gradient.begin());
  call.set<"loss">(result.loss);
  call.set<"surrogate">(result.surrogate);
  call.set<"forwards">(result.forwards);
  call.set<"backwards">(result.backwards);
  call.set<"peak_bytes">(static_cast<std::int64_t>(result.peak_bytes));
  const std::size_t width = task.encoder.widths.back();
  for (std::size_t i = 0; i + width <= result.embedding_gradient.size(); i += width)
    call.tap<"embedding_gradient">(
        static_cast<std::int64_t>(i / width),
        sdk::View<const double, 1>(&result.embedding_gradient[i], std::array{static_cast<std::int64_t>(width)}));
}

}  // namespace orrery::optimizer
