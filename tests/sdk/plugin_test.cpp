// The descriptor that the C++ layer makes of an operation and of a plugin: every field.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <string_view>

using namespace orrery::sdk;
using std::string_view;

namespace {

enum class Method { fast, exact };

struct Small {
  static constexpr Info info{.name = "small",
                             .version = "1.2.3",
                             .title = "A small operation",
                             .doc = "What it does.",
                             .example = "x = [1]",
                             .deterministic = false,
                             .cancellable = true,
                             .uses_random = true,
                             .reads_files = true};
  // Directions are mixed: indices count each direction by itself.
  static constexpr std::tuple ports{
      in<"x", AnyOf<f64, f32>, "... x n">{.unit = "*", .finite = false, .doc = "numbers"},
      out<"y", AnyOf<f64, f32>, "... x n+1">{.unit = "1/x", .dtype_like = "x", .in_place = "x", .doc = "results"},
      tap<"residual", f64, "n">{.unit = "km", .doc = "of each"},
      in<"e", f64>{.unit = "rad",
                   .fallback = "0.5",
                   .min = 0,
                   .max = 1,
                   .above_min = true,
                   .below_max = true,
                   .doc = "a number"},
      in<"method", Choice<Method>>{.fallback = "fast", .choices = {"fast", "exact"}, .doc = "how"},
      in<"parts", i64, "n">{.optional = true, .list = true, .doc = "several"},
      in<"bodies", Table>{.columns = {{{.name = "mass", .unit = "kg", .doc = "of it"},
                                       {.name = "name", .dtype = ORRERY_TEXT, .optional = true}}}},
      out<"note", Text>{.optional = true, .doc = "words"},
      out<"rows", Table>{.columns = {{{.name = "k", .dtype = ORRERY_I64}}}},
      tap<"count", i64>{}};
  static void run(Call<Small>&) {}
};

struct Empty {
  static constexpr Info info{.name = "empty", .version = "1.0.0", .title = "Nothing"};
  static constexpr std::tuple<> ports{};
  static void run(Call<Empty>&) {}
};

constexpr const orrery_operation& small = Descriptor<Small>::operation;
constexpr orrery_plugin plugin =
    describe<Small, Empty>({.name = "demo", .version = "0.1.0", .title = "A demonstration", .license = "Apache-2.0"});

// All of it is constant data: nothing runs when the library is loaded.
static_assert(plugin.n_operations == 2 && plugin.operations[1] == &Descriptor<Empty>::operation);

}  // namespace

TEST_SUITE("sdk/plugin") {
  TEST_CASE("an operation says of itself what was written") {
    CHECK(small.struct_size == sizeof(orrery_operation));
    CHECK(small.flags == (ORRERY_OP_CANCELLABLE | ORRERY_OP_USES_RANDOM | ORRERY_OP_READS_FILES));
    CHECK(string_view(small.name) == "small");
    CHECK(string_view(small.version) == "1.2.3");
    CHECK(string_view(small.title) == "A small operation");
    CHECK(string_view(small.doc) == "What it does.");
    CHECK(string_view(small.example) == "x = [1]");
    CHECK(small.reserved == 0);
    CHECK(bool(small.create == nullptr));
    CHECK(bool(small.run != nullptr));
    CHECK(bool(small.destroy == nullptr));
    CHECK(bool(small.query == nullptr));
  }

  TEST_CASE("ports are sorted by direction and keep their order") {
    REQUIRE(small.n_inputs == 5);
    REQUIRE(small.n_outputs == 3);
    REQUIRE(small.n_taps == 2);
    CHECK(string_view(small.inputs[0]->name) == "x");
    CHECK(string_view(small.inputs[1]->name) == "e");
    CHECK(string_view(small.inputs[4]->name) == "bodies");
    CHECK(string_view(small.outputs[0]->name) == "y");
    CHECK(string_view(small.outputs[2]->name) == "rows");
    CHECK(string_view(small.taps[0]->name) == "residual");
    CHECK(string_view(small.taps[1]->name) == "count");
  }

  TEST_CASE("an input of several element types and any unit is described") {
    const orrery_port& x = *small.inputs[0];
    CHECK(x.struct_size == sizeof(orrery_port));
    CHECK(x.kind == ORRERY_KIND_TENSOR);
    CHECK(x.dtypes == (ORRERY_F64 | ORRERY_F32));
    CHECK(x.flags == 0);
    CHECK(string_view(x.doc) == "numbers");
    CHECK(string_view(x.unit) == "*");
    CHECK(string_view(x.shape) == "... x n");
    CHECK(x.default_text == nullptr);
    CHECK(x.dtype_like == nullptr);
    CHECK(x.in_place == nullptr);
    CHECK(std::isnan(x.minimum));
    CHECK(std::isnan(x.maximum));
    CHECK(x.n_choices == 0);
    CHECK(x.n_columns == 0);
  }

  TEST_CASE("an input with a range and a default is described") {
    const orrery_port& e = *small.inputs[1];
    CHECK(e.flags == (ORRERY_PORT_FINITE | ORRERY_PORT_ABOVE_MIN | ORRERY_PORT_BELOW_MAX));
    CHECK(string_view(e.default_text) == "0.5");
    CHECK(string_view(e.unit) == "rad");
    CHECK(string_view(e.shape).empty());
    CHECK(e.minimum == 0);
    CHECK(e.maximum == 1);
  }

  TEST_CASE("a choice is a text with its choices and without unit and shape") {
    const orrery_port& method = *small.inputs[2];
    CHECK(method.kind == ORRERY_KIND_TEXT);
    CHECK(method.dtypes == 0);
    CHECK(method.unit == nullptr);
    CHECK(method.shape == nullptr);
    REQUIRE(method.n_choices == 2);
    CHECK(string_view(method.choices[0]) == "fast");
    CHECK(string_view(method.choices[1]) == "exact");
  }

  TEST_CASE("an optional list is described") {
    const orrery_port& parts = *small.inputs[3];
    CHECK(parts.dtypes == ORRERY_I64);
    CHECK(parts.flags == (ORRERY_PORT_FINITE | ORRERY_PORT_LIST | ORRERY_PORT_OPTIONAL));
  }

  TEST_CASE("a table has its columns as ports") {
    const orrery_port& bodies = *small.inputs[4];
    CHECK(bodies.kind == ORRERY_KIND_TABLE);
    CHECK(bodies.unit == nullptr);
    REQUIRE(bodies.n_columns == 2);
    const orrery_port& mass = *bodies.columns[0];
    CHECK(mass.struct_size == sizeof(orrery_port));
    CHECK(mass.kind == ORRERY_KIND_TENSOR);
    CHECK(mass.dtypes == ORRERY_F64);
    CHECK(string_view(mass.name) == "mass");
    CHECK(string_view(mass.unit) == "kg");
    CHECK(string_view(mass.doc) == "of it");
    CHECK(mass.flags == 0);
    CHECK(std::isnan(mass.minimum));
    CHECK(bodies.columns[1]->dtypes == ORRERY_TEXT);
    CHECK(bodies.columns[1]->flags == ORRERY_PORT_OPTIONAL);
    CHECK(small.outputs[2]->n_columns == 1);
    CHECK(small.outputs[2]->columns[0]->dtypes == ORRERY_I64);
  }

  TEST_CASE("an output names the input that it follows and the one whose memory it may reuse") {
    const orrery_port& y = *small.outputs[0];
    CHECK(string_view(y.dtype_like) == "x");
    CHECK(string_view(y.in_place) == "x");
    CHECK(string_view(y.unit) == "1/x");
    CHECK(string_view(y.shape) == "... x n+1");
    CHECK(y.flags == 0);
    CHECK(std::isnan(y.minimum));
    CHECK(small.outputs[1]->flags == ORRERY_PORT_OPTIONAL);
    CHECK(small.outputs[1]->kind == ORRERY_KIND_TEXT);
  }

  TEST_CASE("a tap is a tensor with a unit") {
    CHECK(string_view(small.taps[0]->unit) == "km");
    CHECK(string_view(small.taps[0]->shape) == "n");
    CHECK(small.taps[0]->flags == 0);
    CHECK(small.taps[1]->dtypes == ORRERY_I64);
    CHECK(small.taps[1]->n_columns == 0);
  }

  TEST_CASE("an operation without ports is deterministic and has none") {
    const orrery_operation& empty = Descriptor<Empty>::operation;
    CHECK(empty.flags == ORRERY_OP_DETERMINISTIC);
    CHECK(empty.n_inputs + empty.n_outputs + empty.n_taps == 0);
    CHECK(string_view(empty.doc).empty());
    CHECK(empty.example == nullptr);
  }

  TEST_CASE("a plugin says what it was built against") {
    CHECK(plugin.magic == ORRERY_MAGIC);
    CHECK(string_view(reinterpret_cast<const char*>(&plugin), 4) == "ORRY");
    CHECK(plugin.struct_size == sizeof(orrery_plugin));
    CHECK(plugin.abi_major == ORRERY_ABI_MAJOR);
    CHECK(plugin.abi_minor == ORRERY_ABI_MINOR);
    CHECK(plugin.abi_fingerprint == ORRERY_ABI_FINGERPRINT);
    CHECK(plugin.reserved == 0);
    CHECK(plugin.reserved2 == 0);
    CHECK(bool(plugin.query == nullptr));
    CHECK(string_view(ORRERY_ENTRY_SYMBOL) == "orrery_plugin_" + std::to_string(ORRERY_ABI_MAJOR));
  }

  TEST_CASE("a plugin says who it is") {
    CHECK(string_view(plugin.name) == "demo");
    CHECK(string_view(plugin.version) == "0.1.0");
    CHECK(string_view(plugin.title) == "A demonstration");
    CHECK(string_view(plugin.license) == "Apache-2.0");
    const string_view build = plugin.build;
    CHECK((build.starts_with("gcc ") || build.starts_with("clang ")));
    CHECK(build.find(", lib") != build.npos);
    CHECK(plugin.operations[0] == &small);
  }
}
