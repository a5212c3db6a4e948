// The page of an operation, and the example at its end.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/describe.hpp"

#include "engine/report/example.hpp"
#include "engine/report/operation_list.hpp"
#include "engine/store/json.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;
using catalog::Port;

namespace {

constexpr auto f64 = static_cast<value::DTypeMask>(value::DType::f64);
constexpr auto i64 = static_cast<value::DTypeMask>(value::DType::i64);
constexpr auto truth = static_cast<value::DTypeMask>(value::DType::boolean);

Port tensor(const std::string& name, value::DTypeMask dtypes, const char* shape, const char* unit) {
  Port port;
  port.name = name;
  port.dtypes = dtypes;
  port.unit = *catalog::parse_unit_pattern(unit, {});
  port.shape = *catalog::parse_shape_pattern(shape);
  return port;
}

Port ranged(Port port, double low, double high, bool above = false, bool below = false) {
  port.minimum = low;
  port.maximum = high;
  port.above_minimum = above;
  port.below_maximum = below;
  return port;
}

Port text(const std::string& name, std::vector<std::string> choices) {
  Port port;
  port.name = name;
  port.kind = catalog::Kind::text;
  port.choices = std::move(choices);
  return port;
}

catalog::OperationFacts facts() {
  catalog::OperationFacts made;
  made.name = "curve.curvature";
  made.version = "1.0.0";
  made.title = "Curvature of a sampled curve";
  made.doc = "By differences.";
  made.deterministic = true;
  Port points = tensor("points", f64, "n x d", "*");
  points.doc = "in order";
  Port method = text("method", {"fourier", "difference"});
  method.default_text = "fourier";
  Port order = ranged(tensor("order", i64, "", "1"), 1, 8);
  order.default_text = "2";
  made.inputs = {points, method, order};
  made.outputs = {tensor("curvature", f64, "n", "1/m")};
  made.taps = {tensor("iterations", i64, "", "1")};
  return made;
}

/// The value that the generated example gives to an operation's only input.
std::string example_of(Port port) {
  catalog::OperationFacts made;
  made.name = "p.op";
  port.name = "x";
  made.inputs = {std::move(port)};
  const std::string example = report::example_step(made);
  const std::size_t sign = example.find("x   = ");
  REQUIRE(sign != std::string::npos);
  return example.substr(sign + 6, example.size() - sign - 7);
}

}  // namespace

TEST_SUITE("engine/report/describe") {
  TEST_CASE("a row for each port and an example at the end") {
    CHECK(report::describe_text(facts()) ==
          "curve.curvature 1.0.0  Curvature of a sampled curve\n"
          "\n"
          "  By differences.\n"
          "\n"
          "  in   points      f64[n x d]  *    required                         in order\n"
          "  in   method      text             \"fourier\"  fourier | difference\n"
          "  in   order       i64              2          [1, 8]\n"
          "  out  curvature   f64[n]      1/m\n"
          "  tap  iterations  i64\n"
          "\n"
          "  deterministic for any number of threads, not cancellable; no random numbers\n"
          "\n"
          "  example\n"
          "    [step.curvature]\n"
          "    use    = \"curve.curvature\"\n"
          "    points = \"@STEP.OUTPUT\"\n");
  }

  TEST_CASE("the author's own example wins") {
    catalog::OperationFacts made = facts();
    made.example = "points = [[1, 0], [0, 1]]";
    CHECK(report::example_step(made) == "[step.curvature]\nuse    = \"curve.curvature\"\npoints = [[1, 0], [0, 1]]\n");
  }

  TEST_CASE("generated values lie in their range and have their unit") {
    CHECK(example_of(tensor("x", f64, "", "1")) == "1");
    CHECK(example_of(tensor("x", f64, "", "km/s")) == "\"1 km/s\"");
    CHECK(example_of(tensor("x", f64, "", "deg")) == "\"1 deg\"");
    CHECK(example_of(ranged(tensor("x", f64, "", "1"), 0, 1, true, true)) == "0.5");
    CHECK(example_of(ranged(tensor("x", f64, "", "m"), 3000, 4000)) == "\"3000 m\"");
    CHECK(example_of(ranged(tensor("x", f64, "", "1"), -1e-6, -1e-7, true, true)).starts_with("-"));
    CHECK(example_of(ranged(tensor("x", i64, "", "1"), 7, 7)) == "7");
    CHECK(example_of(tensor("x", truth, "", "1")) == "true");
    CHECK(example_of(text("x", {"a\"b", "c"})) == "\"a\\\"b\"");
    Port list = tensor("x", f64, "n", "m");
    list.list = true;
    CHECK(example_of(list) == "[\"@STEP.OUTPUT\"]");
  }

  TEST_CASE("generated examples are TOML") {
    const std::string example = "orrery = 1\n" + report::example_step(facts());
    const auto source = std::make_shared<const base::Source>(base::Source{"example", example});
    CHECK(scenario::parse_toml(source));
  }

  TEST_CASE("an example made for a required quantity plans as it is") {
    const std::string example = report::example_step(test::catalog().find("test.double")->facts());
    CHECK(test::plan_of("orrery = 1\n" + example).steps.size() == 1);
  }

  TEST_CASE("JSON holds ranges and choices and columns") {
    const auto json = store::Json::parse(report::describe_json(facts()));
    CHECK(json["inputs"][0]["shape"] == "n x d");
    CHECK(json["inputs"][1]["choices"][1] == "difference");
    CHECK(json["inputs"][1]["default"] == "fourier");
    CHECK(json["inputs"][2]["maximum"] == 8.0);
    CHECK(json["outputs"][0]["unit"] == "1/m");
    CHECK(json["deterministic"] == true);
  }

  TEST_CASE("plugins and operations are listed") {
    CHECK(report::plugins_text(test::catalog()) ==
          "plugin  version  operations  from\ntest    0.9.0             1  /nowhere\n");
    CHECK(report::operations_text(test::catalog(), "test") == "test.double  Twice a length\n");
    const auto json = store::Json::parse(report::plugins_json(test::catalog()));
    CHECK(json["plugins"][0]["operations"][0]["name"] == "test.double");
    CHECK(store::Json::parse(report::plugins_json(test::catalog(), "other"))["plugins"].empty());
  }
}
