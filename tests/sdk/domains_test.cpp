// The five domains' operation lists as descriptors: the engine accepts them, and the catalog says what they mean.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include <orrery/abi/value.h>

#include "engine/base/text.hpp"
#include "engine/host/plugins.hpp"

using namespace orrery;

namespace {

/// What is wrong with a domain's plugin, all of it; "" if it loads.
std::string load(const std::string& domain, catalog::Catalog& catalog) {
  host::LoadOptions options;
  options.scan_executable = ORRERY_SCAN_CHILD;
  options.scan_limit = std::chrono::seconds(60);
  const std::filesystem::path file = std::filesystem::path(ORRERY_DOMAINS_DIR) / ("domain_" + domain + ".orrery.so");
  const auto done = host::load_one(file, options, catalog);
  if (done) return "";
  std::string text;
  for (const base::Error& error : done.errors()) {
    text += error.message + "\n";
    for (const std::string& note : error.notes) text += note + "\n";
  }
  return text;
}

const catalog::Catalog& domains() {
  static const auto catalog = [] {
    auto all = std::make_unique<catalog::Catalog>();
    for (const char* domain : {"orbital", "curve", "matrix", "optimizer", "attention"}) CHECK(load(domain, *all) == "");
    return all;
  }();
  return *catalog;
}

const catalog::OperationFacts& facts(const std::string& name) {
  const catalog::Operation* operation = domains().find("domain_" + name);
  REQUIRE_MESSAGE(operation, name);
  return operation->facts();
}
const catalog::Port& input(const std::string& operation, const std::string& port) {
  const auto at = facts(operation).input(port);
  REQUIRE_MESSAGE(at, port);
  return facts(operation).inputs[*at];
}
const catalog::Port& output(const std::string& operation, const std::string& port) {
  const auto at = facts(operation).output(port);
  REQUIRE_MESSAGE(at, port);
  return facts(operation).outputs[*at];
}

std::ptrdiff_t count_of(const std::string& domain) {
  const auto names = domains().names();
  return std::count_if(names.begin(), names.end(),
                       [&](const auto& name) { return name.starts_with("domain_" + domain + "."); });
}

template <class F>
void for_each_port(const F& f) {
  for (const catalog::Operation* operation : domains().operations()) {
    for (const catalog::Port& port : operation->facts().inputs) f(operation->facts(), port);
    for (const catalog::Port& port : operation->facts().outputs) f(operation->facts(), port);
    for (const catalog::Port& port : operation->facts().taps) f(operation->facts(), port);
  }
}

}  // namespace

TEST_SUITE("sdk/domains") {
  TEST_CASE("each domain has all its operations") {
    CHECK(count_of("orbital") == 43);
    CHECK(count_of("curve") == 41);
    CHECK(count_of("matrix") == 23);
    CHECK(count_of("optimizer") == 46);
    CHECK(count_of("attention") == 30);
  }

  TEST_CASE("every port is documented") {
    for_each_port([](const catalog::OperationFacts& operation, const catalog::Port& port) {
      CHECK_MESSAGE(!port.doc.empty(), operation.name, " ", port.name);
    });
  }

  TEST_CASE("an operation that is only declared says so") {
    catalog::Call call;
    call.inputs.resize(facts("curve.writhe").inputs.size());
    const catalog::Outcome outcome = domains().find("domain_curve.writhe")->run(call);
    CHECK(outcome.kind == catalog::Outcome::Kind::failed);
    CHECK(outcome.status == "unsupported");
    CHECK(outcome.message == "writhe is only declared");
  }

  TEST_CASE("a step of an optimizer works in place") {
    for (const char* step :
         {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "amsgrad", "lion", "sign_sgd", "softsign", "lamb",
          "muon", "shampoo", "soap", "schedule_free_sgd", "schedule_free_adamw"}) {
      const catalog::Port& x = output(std::string("optimizer.") + step + "_step", "x");
      CHECK(x.in_place == "x");
      CHECK(x.dtype_like == "x");
      CHECK(x.dtypes == (ORRERY_F64 | ORRERY_F32));
    }
    CHECK(output("optimizer.adam_step", "m").in_place == "m");
    CHECK(output("optimizer.adam_step", "v").in_place == "v");
    CHECK(input("optimizer.adam_step", "v").default_text == "0");
    CHECK(output("optimizer.soap_step", "left").shape.text == "... x n x n");
  }

  TEST_CASE("attention has the element type of its queries and letters for its heads") {
    CHECK(output("attention.attend", "output").dtype_like == "query");
    CHECK(output("attention.attend", "output").shape.text == "... x h x n x e");
    CHECK(input("attention.attend", "key").shape.text == "... x g x k x d");
    CHECK_FALSE(input("attention.attend", "value").finite);
    CHECK(input("attention.attend", "query").finite);
    CHECK(input("attention.attend", "mask").choices == std::vector<std::string>{"none", "causal", "window", "custom"});
    CHECK(facts("attention.attend").taps[0].name == "weights");
    CHECK(output("attention.make_weights", "key_weights").shape.axes[1].letter == "dimension");
  }

  TEST_CASE("units follow the inputs") {
    CHECK(output("curve.curvature", "curvature").type_text() == "f64[... x n] in 1/points");
    CHECK(output("curve.curvature", "curvatures").shape.axes[1].offset == -1);
    CHECK(input("curve.constant_curvature_plane", "speed").unit.factors[0].sixth_parts == -3);
    CHECK(output("matrix.pivoted_cholesky", "factor").unit.factors[0].sixth_parts == 3);
    CHECK(output("matrix.cr_expected_error", "mean_squared_error").unit.factors.size() == 2);
    CHECK(output("orbital.barker", "root").unit.text == "m^(1/2)");
    CHECK(output("orbital.evaluate_dense", "result").unit.factors[0].input == "dense_coefficients");
  }

  TEST_CASE("texts and tables and lists are carried") {
    CHECK(output("orbital.tle_parse", "elements").columns.size() == 16);
    CHECK(output("orbital.integrate", "events").columns[2].dtypes == ORRERY_TEXT);
    CHECK(input("orbital.integrate", "events").list);
    CHECK(input("orbital.integrate", "events").default_text == "[]");
    CHECK(input("orbital.read_elements", "table").columns[0].optional);
    CHECK(input("optimizer.accumulate", "gradients").type_text() == "list of f64|f32[n]");
    CHECK(input("curve.named_curve", "curve").choices.size() == 24);
    CHECK(output("orbital.oem_format", "text").kind == catalog::Kind::text);
  }

  TEST_CASE("what depends on chance or files or time says so") {
    CHECK(facts("matrix.cr_monte_carlo").uses_random);
    CHECK(facts("matrix.cr_monte_carlo").deterministic);
    CHECK_FALSE(facts("matrix.svd").uses_random);
    CHECK_FALSE(facts("matrix.compare").deterministic);
    CHECK(facts("attention.read_safetensors").reads_files);
    CHECK(facts("orbital.integrate").cancellable);
  }

  TEST_CASE("ranges are those of the field") {
    CHECK(input("orbital.kepler_solve", "eccentricity").range_text() == "[0, 1)");
    CHECK(input("orbital.kepler_hyperbolic", "eccentricity").range_text() == "> 1");
    CHECK(input("orbital.lagrange_points", "mass_ratio").range_text() == "(0, 0.5]");
    CHECK(input("optimizer.adam_step", "beta2").range_text() == "[0, 1)");
  }
}
