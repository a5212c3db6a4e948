// Operations made of lambdas, and a catalog of those that a test needs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalog/catalog.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run/averages.hpp"
#include "engine/run/executor.hpp"
#include "engine/scenario/scenario.hpp"

namespace test {

using orrery::catalog::Call;
using orrery::catalog::Outcome;
using orrery::catalog::Port;
using orrery::value::DType;
using orrery::value::Tensor;
using orrery::value::Value;

using Body = std::function<Outcome(Call&)>;

inline Port tensor_port(const std::string& name, const std::string& shape, const std::string& unit = "1",
                        const std::vector<std::string>& any_unit = {}) {
  Port port;
  port.name = name;
  port.dtypes = static_cast<orrery::value::DTypeMask>(DType::f64);
  port.shape = *orrery::catalog::parse_shape_pattern(shape);
  port.unit = *orrery::catalog::parse_unit_pattern(unit, any_unit);
  return port;
}
inline Port of_type(Port port, DType type) {
  port.dtypes = static_cast<orrery::value::DTypeMask>(type);
  return port;
}
inline Port optional(Port port) {
  port.optional = true;
  return port;
}
inline Port in_place(Port port, const std::string& input) {
  port.in_place = input;
  return port;
}

class Lambda : public orrery::catalog::Operation {
 public:
  Lambda(const std::string& name, std::vector<Port> inputs, std::vector<Port> outputs, Body body,
         std::vector<Port> taps = {})
      : Operation(facts_of(name, std::move(inputs), std::move(outputs), std::move(taps))), body_(std::move(body)) {}
  Outcome run(Call& call) const override { return body_(call); }

 private:
  static orrery::catalog::OperationFacts facts_of(const std::string& name, std::vector<Port> inputs,
                                                  std::vector<Port> outputs, std::vector<Port> taps) {
    orrery::catalog::OperationFacts facts;
    facts.name = name;
    facts.inputs = std::move(inputs);
    facts.outputs = std::move(outputs);
    facts.taps = std::move(taps);
    return facts;
  }
  Body body_;
};

inline const Tensor& in(const Call& call, std::size_t port, std::size_t element = 0) {
  return std::get<Tensor>(*call.inputs[port][element]);
}
inline Tensor row(std::vector<double> numbers, const std::string& unit = "1") {
  const auto count = static_cast<std::int64_t>(numbers.size());
  return Tensor::of<double>(numbers, {count}, *orrery::value::parse_unit(unit));
}

/// A catalog that grows, and plans of scenarios over it.
class World {
 public:
  World() {
    REQUIRE(orrery::run::add_engine_operations(catalog_, "1.0.0"));
    // y = x: the number itself, so that tests can feed anything.
    add("number", {tensor_port("x", "")}, {tensor_port("y", "")}, [](Call& call) {
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0));
      return Outcome{};
    });
    add("sum", {tensor_port("a", ""), tensor_port("b", "")}, {tensor_port("y", "")}, [](Call& call) {
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0) + in(call, 1).number(0));
      return Outcome{};
    });
    add("fail", {optional(tensor_port("x", ""))}, {tensor_port("y", "")}, [](Call&) {
      return Outcome{Outcome::Kind::failed, "numeric", "it diverged"};
    });
    // y: n numbers 0, 1, 2, ...
    add("count", {of_type(tensor_port("n", ""), DType::i64)}, {tensor_port("y", "n")}, [](Call& call) {
      const std::int64_t n = in(call, 0).data<std::int64_t>()[0];
      Tensor made = std::move(*Tensor::allocate(DType::f64, {n}));
      for (std::int64_t i = 0; i < n; ++i) made.data<double>()[i] = static_cast<double>(i);
      call.outputs[0] = std::move(made);
      return Outcome{};
    });
  }

  void add(const std::string& name, std::vector<Port> inputs, std::vector<Port> outputs, Body body,
           std::vector<Port> taps = {}) {
    std::vector<std::unique_ptr<orrery::catalog::Operation>> operations;
    operations.push_back(std::make_unique<Lambda>("test." + name, std::move(inputs), std::move(outputs),
                                                  std::move(body), std::move(taps)));
    orrery::catalog::PluginFacts plugin;
    plugin.name = "test_" + name;
    plugin.version = "1.0.0";
    REQUIRE(catalog_.add(std::make_shared<const orrery::catalog::PluginFacts>(plugin), std::move(operations)));
  }

  orrery::plan::Plan plan(const std::string& body) const {
    auto scenario = orrery::scenario::parse("orrery = 1\n" + body, "test.toml", "/tmp");
    REQUIRE_MESSAGE(scenario, scenario.errors().front().message);
    auto plan = orrery::plan::make_plan(std::move(*scenario), catalog_);
    REQUIRE_MESSAGE(plan, plan.errors().front().message);
    return std::move(*plan);
  }

 private:
  orrery::catalog::Catalog catalog_;
};

inline std::string step(const std::string& name, const std::string& operation, const std::string& inputs) {
  return "[step." + name + "]\nuse = \"test." + operation + "\"\n" + inputs + "\n";
}

inline const orrery::run::StepReport& report(const orrery::run::RunResult& result, const std::string& name) {
  for (const auto& step : result.steps)
    if (step.name == name) return step;
  FAIL("no step " << name);
  return result.steps.front();
}

inline double record(const orrery::run::RunResult& result, const std::string& name) {
  for (const auto& record : result.records)
    if (record.name == name) return std::get<Tensor>(record.value).number(0);
  FAIL("no record " << name);
  return 0;
}

inline const Tensor& saved(const orrery::run::RunResult& result, const std::string& name) {
  for (const auto& value : result.saved)
    if (value.name == name) return std::get<Tensor>(value.value);
  FAIL("nothing saved as " << name);
  return std::get<Tensor>(result.saved.front().value);
}

inline std::vector<double> numbers(const Tensor& tensor) {
  std::vector<double> all;
  for (std::int64_t i = 0; i < tensor.count(); ++i) all.push_back(tensor.number(i));
  return all;
}

/// Writes down what it is told; the run calls it one call at a time.
class Witness : public orrery::run::Listener {
 public:
  void step_started(const std::string& step) override { started.push_back(step); }
  void step_finished(const orrery::run::StepReport& report) override { finished.push_back(report.name); }
  void step_progress(const std::string&, std::uint64_t done, std::uint64_t) override { progress.push_back(done); }
  void logged(const std::string& step, orrery::catalog::LogLevel, const std::string& message) override {
    lines.push_back(step + ": " + message);
  }
  std::vector<std::string> started, finished, lines;
  std::vector<std::uint64_t> progress;
};

}  // namespace test
