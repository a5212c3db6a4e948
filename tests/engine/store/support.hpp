// What the tests of the store share: a temporary folder, and a plan of one small operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "engine/catalog/catalog.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run/run.hpp"

namespace test {

namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string form = (fs::temp_directory_path() / "orrery-test-XXXXXX").string();
    REQUIRE(::mkdtemp(form.data()) != nullptr);
    path_ = form;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

inline std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline orrery::catalog::Port number_port(const std::string& name) {
  orrery::catalog::Port port;
  port.name = name;
  port.dtypes = static_cast<orrery::value::DTypeMask>(orrery::value::DType::f64);
  port.unit = *orrery::catalog::parse_unit_pattern("m", {});
  port.shape = *orrery::catalog::parse_shape_pattern("");
  return port;
}

/// test.double: y = 2 x, in metres; fails where x is negative.
class Double : public orrery::catalog::Operation {
 public:
  Double() : Operation(facts_of()) {}
  orrery::catalog::Outcome run(orrery::catalog::Call& call) const override {
    const double x = std::get<orrery::value::Tensor>(*call.inputs[0][0]).number(0);
    if (x < 0) return {orrery::catalog::Outcome::Kind::failed, "out_of_range", "x is negative"};
    for (int i = 0; i < 3; ++i) call.services->log(orrery::catalog::LogLevel::info, "doubling");
    call.outputs[0] = orrery::value::Tensor::scalar(2 * x, call.output_units[0]);
    return {};
  }

 private:
  static orrery::catalog::OperationFacts facts_of() {
    orrery::catalog::OperationFacts facts;
    facts.name = "test.double";
    facts.version = "1.2.3";
    facts.title = "Twice a length";
    facts.deterministic = true;
    facts.inputs = {number_port("x")};
    facts.outputs = {number_port("y")};
    facts.plugin = plugin();
    return facts;
  }

 public:
  static std::shared_ptr<const orrery::catalog::PluginFacts> plugin() {
    static const auto facts = std::make_shared<const orrery::catalog::PluginFacts>(orrery::catalog::PluginFacts{
        "test", "0.9.0", "For tests", "Apache-2.0", "none", "/nowhere/test.orrery.so", "ab12"});
    return facts;
  }
};

inline const orrery::catalog::Catalog& catalog() {
  static const orrery::catalog::Catalog made = [] {
    orrery::catalog::Catalog catalog;
    std::vector<std::unique_ptr<orrery::catalog::Operation>> operations;
    operations.push_back(std::make_unique<Double>());
    REQUIRE(catalog.add(Double::plugin(), std::move(operations)));
    return catalog;
  }();
  return made;
}

inline constexpr const char* small_scenario = R"(orrery = 1
[scenario]
name  = "small"
title = "Two doublings"
seed  = 7
[let]
length = "2 m"
[step.first]
use = "test.double"
x   = "=length"
[step.second]
use = "test.double"
x   = "@first.y"
[record]
result = "@second.y"
[expect.eight]
that   = "@second.y"
equals = "8 m"
why    = "2 * 2 * 2"
[expect.small]
that  = "@second.y"
below = "1 m"
[save]
values = ["@second.y"]
)";

inline orrery::plan::Plan plan_of(const std::string& text = small_scenario) {
  auto scenario = orrery::scenario::parse(text, "small.toml", "/tmp");
  REQUIRE_MESSAGE(scenario, scenario.errors().front().message);
  auto plan = orrery::plan::make_plan(std::move(*scenario), catalog());
  REQUIRE_MESSAGE(plan, plan.errors().front().message);
  return std::move(*plan);
}

}  // namespace test
