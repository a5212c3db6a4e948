// The operations attention.attend and attention.weights.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/ops/attend_op.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "plugins/attention/core/attend.hpp"
#include "plugins/attention/core/stream.hpp"
#include "plugins/attention/ops/problem_input.hpp"

namespace orrery::attention {
namespace {

template <class T>
struct Outputs {
  std::span<T> output;
  std::span<double> logsumexp;
};

template <class T>
void stream(sdk::Call<Attend>& call, const Problem<T>& problem, const Outputs<T>& to) {
  StreamingAttention<T> attention(problem);
  const auto count = [](std::int64_t n) { return static_cast<std::uint64_t>(n); };
  call.parallel_for(count(problem.groups), 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t g = begin; g < end; ++g) attention.pack_keys(static_cast<std::int64_t>(g));
  });
  call.parallel_for(count(attention.tasks()), 1, [&](std::uint64_t begin, std::uint64_t end) {
    StreamWorkspace<T> workspace;
    for (std::uint64_t task = begin; task < end; ++task) {
      call.poll(task, count(attention.tasks()));
      attention.run(static_cast<std::int64_t>(task), workspace, to.output, to.logsumexp);
    }
  });
}

/// Calls f(head, query, weights) for all rows, on all threads.
template <class T, class Op, class F>
void for_each_row(sdk::Call<Op>& call, const Problem<T>& p, const F& f) {
  const auto rows = static_cast<std::uint64_t>(p.heads * p.queries);
  call.parallel_for(rows, 16, [&](std::uint64_t begin, std::uint64_t end) {
    std::vector<double> weights(static_cast<std::size_t>(p.keys));
    call.poll(begin, rows);
    for (std::uint64_t row = begin; row < end; ++row)
      f(static_cast<std::int64_t>(row) / p.queries, static_cast<std::int64_t>(row) % p.queries, weights);
  });
}

template <class T>
void exactly(sdk::Call<Attend>& call, const Problem<T>& p, const Outputs<T>& to) {
  for_each_row(call, p, [&](std::int64_t head, std::int64_t query, std::span<double> weights) {
    const auto row = static_cast<std::size_t>(head * p.queries + query);
    const auto width = static_cast<std::size_t>(p.value_depth);
    to.logsumexp[row] = attention_weights(p, head, query, weights);
    weighted_values<T>(p, head, query, weights, to.output.subspan(row * width, width));
  });
}

template <class T>
void show_weights(sdk::Call<Attend>& call, const Problem<T>& p, std::int64_t item) {
  if (!call.wants<"weights">()) return;
  std::vector<double> weights(static_cast<std::size_t>(p.queries * p.keys));
  for (std::int64_t head = 0; head < p.heads; ++head) {
    for (std::int64_t i = 0; i < p.queries; ++i)
      attention_weights<T>(
          p, head, i,
          std::span(weights).subspan(static_cast<std::size_t>(i * p.keys), static_cast<std::size_t>(p.keys)));
    call.tap<"weights">(item * p.heads + head,
                        sdk::View<const double, 2>(weights.data(), std::array{p.queries, p.keys}));
  }
}

/// A row that is not finite fails the step by name, or becomes NaN throughout.
template <class T>
void judge(sdk::Call<Attend>& call, const Problem<T>& p, std::int64_t item, const Outputs<T>& to) {
  const auto width = static_cast<std::size_t>(p.value_depth);
  for (std::size_t row = 0; row < to.logsumexp.size(); ++row) {
    const auto output = to.output.subspan(row * width, width);
    if (std::isfinite(to.logsumexp[row]) &&
        std::all_of(output.begin(), output.end(), [](T x) { return std::isfinite(x); }))
      continue;
    if (call.in<"on_error">() == OnError::fail)
      throw std::domain_error("item " + std::to_string(item) + ", head " +
                              std::to_string(static_cast<std::int64_t>(row) / p.queries) + ", query " +
                              std::to_string(static_cast<std::int64_t>(row) % p.queries) +
                              ": its output is not finite; query, keys, values and bias that it sees must be, and not "
                              "all of its scores -infinity");
    std::fill(output.begin(), output.end(), std::numeric_limits<T>::quiet_NaN());
    to.logsumexp[row] = std::numeric_limits<double>::quiet_NaN();
  }
}

template <class T>
void attend(sdk::Call<Attend>& call, const sdk::AnyView& output, sdk::BatchView<double, 2> logsumexp) {
  for (std::int64_t item = 0; item < logsumexp.count(); ++item) {
    const Problem<T> problem = problem_of<T>(call, item);
    const auto size = static_cast<std::size_t>(problem.heads * problem.queries * problem.value_depth);
    const Outputs<T> to{output.as<T>().span().subspan(static_cast<std::size_t>(item) * size, size),
                        logsumexp.item(item).span()};
    if (call.in<"path">() == AttendPath::exact) exactly(call, problem, to);
    else stream(call, problem, to);
    judge(call, problem, item, to);
    show_weights(call, problem, item);
  }
}

template <class T>
void weigh(sdk::Call<Weights>& call, sdk::BatchView<double, 3> weights) {
  for (std::int64_t item = 0; item < weights.count(); ++item) {
    const Problem<T> p = problem_of<T>(call, item);
    const auto to = weights.item(item).span();
    for_each_row(call, p, [&](std::int64_t head, std::int64_t query, std::span<double>) {
      const auto row =
          to.subspan(static_cast<std::size_t>((head * p.queries + query) * p.keys), static_cast<std::size_t>(p.keys));
      if (!std::isfinite(attention_weights(p, head, query, row)))
        throw std::domain_error("item " + std::to_string(item) + ", head " + std::to_string(head) + ", query " +
                                std::to_string(query) + ": its scores are not finite");
    });
  }
}

}  // namespace

void Attend::run(sdk::Call<Attend>& call) {
  check_element_types(call);
  const sdk::AnyView query = call.in<"query">();
  const sdk::Shape batch = batch_of(call);
  const std::int64_t heads = extent(query, 3), queries = extent(query, 2);
  const auto shape = with_batch(batch, {heads, queries, extent(call.in<"value">(), 1)});
  const sdk::AnyView output = call.out_any<"output">(query.dtype(), shape);
  const auto logsumexp = call.out<"logsumexp">(batch, heads, queries);
  if (query.dtype() == ORRERY_F32) attend<float>(call, output, logsumexp);
  else attend<double>(call, output, logsumexp);
}

void Weights::run(sdk::Call<Weights>& call) {
  check_element_types(call);
  const sdk::AnyView query = call.in<"query">();
  const auto weights =
      call.out<"weights">(batch_of(call), extent(query, 3), extent(query, 2), extent(call.in<"key">(), 2));
  if (query.dtype() == ORRERY_F32) weigh<float>(call, weights);
  else weigh<double>(call, weights);
}

}  // namespace orrery::attention
