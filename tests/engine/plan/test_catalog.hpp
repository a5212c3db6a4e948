// A fixed catalog for the tests of planning: operations with ports of every kind. They cannot run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalog/catalog.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run/averages.hpp"
#include "engine/scenario/scenario.hpp"

namespace test {

using orrery::catalog::Kind;
using orrery::catalog::Port;
using orrery::value::DType;
using orrery::value::DTypeMask;

constexpr DTypeMask mask(DType type) { return static_cast<DTypeMask>(type); }
constexpr DTypeMask f64 = mask(DType::f64), i64 = mask(DType::i64), truth = mask(DType::boolean);

/// @param any_unit  names of inputs that may stand in the unit
inline Port tensor(const std::string& name, DTypeMask dtypes, const std::string& shape, const std::string& unit = "1",
                   const std::vector<std::string>& any_unit = {}) {
  Port port;
  port.name = name;
  port.dtypes = dtypes;
  port.shape = *orrery::catalog::parse_shape_pattern(shape);
  port.unit = *orrery::catalog::parse_unit_pattern(unit, any_unit);
  return port;
}

inline Port text(const std::string& name, std::vector<std::string> choices = {}) {
  Port port;
  port.name = name;
  port.kind = Kind::text;
  port.choices = std::move(choices);
  return port;
}

inline Port table(const std::string& name, std::vector<Port> columns = {}) {
  Port port;
  port.name = name;
  port.kind = Kind::table;
  port.columns = std::move(columns);
  return port;
}

inline Port with_default(Port port, const std::string& text) {
  port.default_text = text;
  return port;
}
inline Port optional(Port port) {
  port.optional = true;
  return port;
}
inline Port list(Port port) {
  port.list = true;
  return port;
}
inline Port like(Port port, const std::string& input) {
  port.dtype_like = input;
  return port;
}
inline Port finite(Port port) {
  port.finite = true;
  return port;
}
/// In [low, high]; open ends by the flags; NaN for none.
inline Port ranged(Port port, double low, double high, bool above = false, bool below = false) {
  port.minimum = low;
  port.maximum = high;
  port.above_minimum = above;
  port.below_maximum = below;
  return port;
}

class Unrunnable : public orrery::catalog::Operation {
 public:
  Unrunnable(const std::string& name, std::vector<Port> inputs, std::vector<Port> outputs, std::vector<Port> taps)
      : Operation(facts_of(name, std::move(inputs), std::move(outputs), std::move(taps))) {}
  orrery::catalog::Outcome run(orrery::catalog::Call&) const override {
    return {orrery::catalog::Outcome::Kind::failed, "", "cannot run"};
  }

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
};

inline std::vector<std::unique_ptr<orrery::catalog::Operation>> test_operations() {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::unique_ptr<orrery::catalog::Operation>> all;
  const auto add = [&](const char* name, std::vector<Port> inputs, std::vector<Port> outputs,
                       std::vector<Port> taps = {}) {
    all.push_back(std::make_unique<Unrunnable>(name, std::move(inputs), std::move(outputs), std::move(taps)));
  };
  Port gravity = ranged(tensor("gravity", f64, "", "km^3/s^2"), 0, none, true);
  gravity.doc = "gravitational parameter of the central body";
  add("orbital.propagate",
      {gravity, ranged(tensor("semi_major_axis", f64, "", "km"), 0, none, true),
       with_default(ranged(tensor("eccentricity", f64, ""), 0, 1, false, true), "0"),
       with_default(tensor("inclination", f64, "", "deg"), "0 deg"),
       with_default(ranged(tensor("samples", i64, ""), 2, none), "256"), optional(tensor("start", f64, "", "s"))},
      {tensor("position", f64, "samples x 3", "km"), tensor("velocity", f64, "samples x 3", "km/s"),
       tensor("time", f64, "samples", "s"), tensor("period", f64, "", "s")});
  add("orbital.residual",
      {tensor("model", f64, "n x 3", "km"), tensor("observed", f64, "n x 3", "km"),
       optional(finite(ranged(tensor("weights", f64, "n"), 0, none)))},
      {tensor("residual", f64, "n x 3", "km"), tensor("rms", f64, "", "km"), tensor("gradient", f64, "6"),
       tensor("hit", truth, "n")});
  add("optimizer.step",
      {with_default(text("method", {"adam", "momentum", "newton"}), "adam"), tensor("weights", f64, "n", "*"),
       tensor("gradient", f64, "n"), with_default(finite(ranged(tensor("rate", f64, ""), 0, 10, true)), "0.01"),
       with_default(tensor("nesterov", truth, ""), "false"),
       with_default(tensor("tolerance", f64, "", "weights", {"weights"}), "0.001"),
       optional(table("memory", {tensor("first", f64, ""), tensor("second", f64, "")}))},
      {tensor("weights", f64, "n", "weights", {"weights"}),
       table("memory", {tensor("first", f64, "n"), tensor("second", f64, "n", "kg"), tensor("passes", i64, "n")})},
      {tensor("update", f64, "n", "weights", {"weights"}), tensor("norm", mask(DType::c128), "")});
  add("curve.curvature",
      {tensor("points", f64, "n x d", "*"), with_default(text("method", {"fourier", "difference"}), "fourier"),
       with_default(ranged(tensor("order", i64, ""), 2, 8), "2"), with_default(tensor("closed", truth, ""), "true")},
      {tensor("curvature", f64, "n", "1/points", {"points"}), tensor("radius_mean", f64, "", "points", {"points"}),
       tensor("edges", f64, "n+1 x d", "points", {"points"}), tensor("turning", f64, "", "deg"), text("summary")});
  add("tensor.stack", {list(tensor("parts", f64 | i64, "m", "*"))},
      {like(tensor("rows", f64 | i64, "k x m", "parts", {"parts"}), "parts")});
  add("tensor.counts", {list(tensor("counts", i64, ""))}, {tensor("sum", i64, "")});
  add("tensor.total", {list(tensor("terms", f64, ""))}, {tensor("total", f64, "")});
  add("signal.transform", {tensor("signal", f64 | mask(DType::f32), "... x n", "*")},
      {tensor("spectrum", mask(DType::c128), "... x n", "signal", {"signal"})});
  add("any.shape", {}, {tensor("result", f64, "*")});
  add("table.read", {text("name")}, {table("rows"), tensor("count", i64, "")});
  add("text.note", {text("text"), optional(list(text("more")))}, {text("note")});
  return all;
}

inline const orrery::catalog::Catalog& test_catalog() {
  static const orrery::catalog::Catalog made = [] {
    orrery::catalog::Catalog catalog;
    orrery::catalog::PluginFacts plugin;
    plugin.name = "test";
    REQUIRE(catalog.add(std::make_shared<const orrery::catalog::PluginFacts>(plugin), test_operations()));
    REQUIRE(orrery::run::add_engine_operations(catalog, "1.0.0"));
    return catalog;
  }();
  return made;
}

inline orrery::base::Result<orrery::plan::Plan> try_plan(const std::string& text, const std::string& folder = "/tmp") {
  auto scenario = orrery::scenario::parse(text, "test.toml", folder);
  if (!scenario) return std::move(scenario).errors();
  return orrery::plan::make_plan(std::move(*scenario), test_catalog());
}

/// The plan of a scenario that is right.
inline orrery::plan::Plan plan_of(const std::string& body) {
  auto plan = try_plan("orrery = 1\n" + body);
  REQUIRE_MESSAGE(plan, plan.errors().front().message);
  return std::move(*plan);
}

/// The errors of a scenario that is wrong.
inline orrery::base::Errors errors_of(const std::string& body) {
  auto plan = try_plan("orrery = 1\n" + body);
  REQUIRE_FALSE(plan);
  return plan.errors();
}

inline std::vector<std::string> messages_of(const std::string& body) {
  std::vector<std::string> all;
  for (const auto& error : errors_of(body)) all.push_back(error.message);
  return all;
}

inline constexpr const char* orbit = R"(
[step.orbit]
use = "orbital.propagate"
gravity = "398600.4418 km^3/s^2"
semi_major_axis = "7000 km"
)";

}  // namespace test
