// Tests of the graph in Graphviz's language.
// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/plan/test_catalog.hpp"

TEST_SUITE("engine/plan/dot") {
  TEST_CASE("a probe is joined to what it watches") {
    const auto dot =
        orrery::plan::to_dot(test::plan_of("[step.fit]\nuse = \"optimizer.step\"\nweights = [1.0]\ngradient = [1.0]\n"
                                           "[probe.p]\nat = \"fit/update\"\n"));
    CHECK(dot.find("\"fit\" -> \"p\" [style = dashed, label = \"fit/update\"]") != std::string::npos);
  }

  TEST_CASE("each step is a node and each pair of output and input one edge") {
    const auto plan = test::plan_of(R"([scenario]
name = "graph"
[step.last]
use = "tensor.total"
terms = ["@first.total", "= 2 * @first.total", 3]
[step.first]
use = "tensor.total"
terms = 1
[step.alone]
use = "tensor.total"
terms = 2
)");
    CHECK(orrery::plan::to_dot(plan) == R"(digraph "graph" {
  rankdir = LR;
  node [shape = box];
  "first" [label = "first: tensor.total"];
  "last" [label = "last: tensor.total"];
  "alone" [label = "alone: tensor.total"];
  "first" -> "last" [label = "total > terms"];
}
)");
  }

  TEST_CASE("edges name the output and the input that they join") {
    const auto plan = test::plan_of(std::string(test::orbit) + R"([step.fit]
use = "orbital.residual"
model = "@orbit.position"
observed = "@orbit.position[::1]"
)");
    const std::string dot = orrery::plan::to_dot(plan);
    CHECK(dot.find("\"orbit\" -> \"fit\" [label = \"position > model\"];") != std::string::npos);
    CHECK(dot.find("\"orbit\" -> \"fit\" [label = \"position > observed\"];") != std::string::npos);
  }

  TEST_CASE("a plan without steps is an empty graph") {
    const auto plan = test::plan_of("[scenario]\nname = \"nothing\"\n");
    CHECK(orrery::plan::to_dot(plan) == "digraph \"nothing\" {\n  rankdir = LR;\n  node [shape = box];\n}\n");
  }
}
