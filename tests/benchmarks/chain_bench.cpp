// A chain of 1,000 trivial steps in a compiled plan against the same chain in oneTBB's flow graph.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <tbb/flow_graph.h>

#include "tests/benchmarks/support.hpp"

namespace {

constexpr int steps = 1000;

/// The same work by oneTBB: a node a step, each adding to the number that the one before made.
double flow_graph_seconds() {
  using Node = tbb::flow::continue_node<tbb::flow::continue_msg>;
  tbb::flow::graph graph;
  std::vector<double> values(steps + 1, 1.0);
  std::vector<std::unique_ptr<Node>> nodes;
  for (int i = 0; i < steps; ++i) {
    nodes.push_back(std::make_unique<Node>(graph, [&values, i](const tbb::flow::continue_msg&) {
      values[static_cast<std::size_t>(i) + 1] = 0.5 * values[static_cast<std::size_t>(i)] + 1.0;
    }));
    if (i > 0) tbb::flow::make_edge(*nodes[static_cast<std::size_t>(i) - 1], *nodes.back());
  }
  return bench::best_of(200, [&] {
    nodes.front()->try_put(tbb::flow::continue_msg());
    graph.wait_for_all();
  });
}

double plan_seconds(std::uint32_t jobs) {
  const auto catalog = bench::catalog();
  const auto plan = bench::plan_of(bench::chain_text(steps), catalog);
  orrery::run::Executor executor(plan, {.jobs = jobs, .timing = false, .keep_buffers = true});
  executor.run_steps();
  return bench::best_of(200, [&] { executor.run_steps(); });
}

}  // namespace

int main() {
  const double graph = flow_graph_seconds();
  for (const std::uint32_t jobs : {1u, 2u}) {
    const double plan = plan_seconds(jobs);
    std::printf(
        "chain of %d: oneTBB flow graph %.1f ns a step, compiled plan with %u threads %.1f ns   ratio %.2f (goal 1)\n",
        steps, graph / steps * 1e9, jobs, plan / steps * 1e9, plan / graph);
  }
}
