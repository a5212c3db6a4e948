// The list of all operations.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/catalog/catalog.hpp"

using namespace orrery;

namespace {

class Nothing : public catalog::Operation {
 public:
  using Operation::Operation;
  catalog::Outcome run(catalog::Call&) const override { return {}; }
};

base::Result<base::Done> add(catalog::Catalog& catalog, const std::string& plugin, std::vector<std::string> names,
                             const std::string& file = "") {
  auto facts = std::make_shared<catalog::PluginFacts>();
  facts->name = plugin;
  facts->file = file;
  std::vector<std::unique_ptr<catalog::Operation>> operations;
  for (const std::string& name : names) {
    catalog::OperationFacts operation;
    operation.name = plugin + "." + name;
    operation.plugin = facts;
    operation.inputs.resize(2);
    operation.inputs[1].name = "x";
    operations.push_back(std::make_unique<Nothing>(std::move(operation)));
  }
  return catalog.add(facts, std::move(operations));
}

}  // namespace

TEST_SUITE("engine/catalog/catalog") {
  TEST_CASE("operations are found by their full name and listed in order") {
    catalog::Catalog catalog;
    REQUIRE(add(catalog, "orbital", {"propagate", "elements"}));
    REQUIRE(add(catalog, "curve", {"curvature"}));
    CHECK(catalog.names() == std::vector<std::string>{"curve.curvature", "orbital.elements", "orbital.propagate"});
    REQUIRE(catalog.find("orbital.elements"));
    CHECK(catalog.find("orbital.elements")->facts().name == "orbital.elements");
    CHECK_FALSE(catalog.find("orbital"));
    CHECK_FALSE(catalog.find(""));
    CHECK(catalog.operations().size() == 3);
    REQUIRE(catalog.plugins().size() == 2);
    CHECK(catalog.plugins().front()->name == "curve");
  }

  TEST_CASE("a second plugin of a name is refused and the first one named") {
    catalog::Catalog catalog;
    REQUIRE(add(catalog, "orbital", {"propagate"}, "/a/orbital.orrery.so"));
    const auto second = add(catalog, "orbital", {"other"}, "/b/orbital.orrery.so");
    REQUIRE_FALSE(second);
    CHECK(second.error().code == base::ErrorCode::plugin_duplicate);
    CHECK(second.error().message == "plugin 'orbital' is already loaded from /a/orbital.orrery.so");
    CHECK(catalog.names() == std::vector<std::string>{"orbital.propagate"});
  }

  TEST_CASE("ports are found by name") {
    catalog::Catalog catalog;
    REQUIRE(add(catalog, "orbital", {"propagate"}));
    const auto& facts = catalog.find("orbital.propagate")->facts();
    CHECK(facts.input("x") == 1);
    CHECK_FALSE(facts.input("y"));
    CHECK_FALSE(facts.output("x"));
  }
}
