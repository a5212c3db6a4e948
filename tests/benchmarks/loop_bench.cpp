// A loop of three trivial operations in a compiled plan against the same steps in oneTBB.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <tbb/flow_graph.h>

#include "tests/benchmarks/support.hpp"

namespace {

constexpr int passes = 100'000;
constexpr int steps = 3;

std::string loop_text() {
  std::string text = "orrery = 1\n[loop.l]\npasses = " + std::to_string(passes) + "\n[loop.l.state]\nx = [1.0]\n";
  for (int i = 0; i < steps; ++i)
    text += "[loop.l.step.s" + std::to_string(i) + "]\nuse = \"bench.step\"\nx = \"" +
            (i == 0 ? std::string("@state.x") : "@s" + std::to_string(i - 1) + ".y") + "\"\n";
  return text + "[loop.l.next]\nx = \"@s" + std::to_string(steps - 1) + ".y\"\n";
}

double loop_seconds() {
  const auto catalog = bench::catalog();
  const auto plan = bench::plan_of(loop_text(), catalog);
  orrery::run::Executor executor(plan, {.jobs = 1, .timing = false});
  return bench::best_of(5, [&] { executor.run_steps(); });
}

/// A node a step; the last one starts the next pass.
double flow_graph_seconds() {
  using Node = tbb::flow::continue_node<tbb::flow::continue_msg>;
  tbb::flow::graph graph;
  double x = 1.0;
  std::vector<std::unique_ptr<Node>> nodes;
  for (int i = 0; i < steps; ++i) {
    nodes.push_back(std::make_unique<Node>(graph, [&x](const tbb::flow::continue_msg&) { x = 0.5 * x + 1.0; }));
    if (i > 0) tbb::flow::make_edge(*nodes[static_cast<std::size_t>(i) - 1], *nodes.back());
  }
  return bench::best_of(5, [&] {
    for (int pass = 0; pass < passes; ++pass) {
      nodes.front()->try_put(tbb::flow::continue_msg());
      graph.wait_for_all();
    }
  });
}

}  // namespace

int main() {
  const double loop = loop_seconds() / passes / steps, graph = flow_graph_seconds() / passes / steps;
  std::printf("loop of %d operations: compiled plan %.1f ns a step (goal 60), oneTBB flow graph %.1f ns   ratio %.2f\n",
              steps, loop * 1e9, graph * 1e9, loop / graph);
}
