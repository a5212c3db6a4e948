// Operations that break their promises, fail, or throw, and what the engine makes of it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/plugin_operation.hpp"

#include <cfenv>

#include "tests/engine/host/calling.hpp"

using namespace orrery;
using zoo::Calling;
using zoo::numbers;

namespace {

const zoo::Library& misbehave() {
  static const zoo::Library library(zoo::file("misbehave"));
  return library;
}

std::string outcome(const std::string& operation) {
  Calling calling(misbehave()[operation], {{numbers({1, 2, 3})}});
  const std::string text = calling.run();
  if (text != "done")
    for (const auto& output : calling.call.outputs) CHECK_FALSE(output);
  return text;
}

std::string broken(const std::string& what) { return "broken_promise: " + what; }

std::string thrown(const std::string& what) {
  static const zoo::Library library(zoo::file("bridge"));
  return Calling(library["throw"], {{what}}).run();
}

}  // namespace

TEST_SUITE("engine/host/plugin_operation") {
  TEST_CASE("a good operation does what it says") {
    const zoo::Library library(zoo::file("good"));
    Calling calling(library["scale"], {{value::Tensor::scalar(0.5)}, {numbers({1, 2, 3})}});
    calling.call.output_units[0] = *value::parse_unit("km");
    REQUIRE(calling.run() == "done");
    CHECK(value::same_bits(calling.tensor(), std::get<value::Tensor>(numbers({0.5, 1, 1.5}))));
    CHECK(calling.tensor().unit().symbol() == "km");
  }

  TEST_CASE("an output that is not as declared is a broken promise") {
    const std::string makes = "it makes output 'y' ";
    CHECK(outcome("wrong_rank") == broken(makes + "with the shape 3 x 3; it is declared as f64[3]"));
    CHECK(outcome("wrong_extent") == broken(makes + "with the shape 4; it is declared as f64[3]"));
    CHECK(outcome("negative_extent") == broken(makes + "with the shape -3; it is declared as f64[3]"));
    CHECK(outcome("wild_rank") == broken("it makes a tensor of rank 1000000"));
    CHECK(outcome("wrong_dtype") == broken(makes + "as f32; it is declared as f64[3]"));
    CHECK(outcome("strange_dtype") ==
          broken(makes + "as an element type that is not known (512); it is declared as f64[3]"));
    CHECK(outcome("wrong_port") == broken("it makes output number 5"));
    CHECK(outcome("text_for_tensor") == broken("it makes output 'y' as a text"));
    CHECK(outcome("bad_text") == broken("it makes output 'note', which is not valid UTF-8"));
    CHECK(outcome("tables_twice") == broken("it makes a column of output 'table' before the table"));
    CHECK(outcome("half_table") == broken("it does not make column 'mass' of output 'table'"));
  }

  TEST_CASE("success without what was promised is a failure") {
    CHECK(outcome("silent") == broken("it does not make output 'y'"));
    CHECK(outcome("ignores_refusal") == broken("it makes output 'y' with the shape 4; it is declared as f64[3]"));
    CHECK(outcome("fails_then_succeeds") == "range: first");
  }

  TEST_CASE("inputs are read as what they are") {
    CHECK(outcome("reads_as_text") == broken("it reads input 'x' as a text"));
    CHECK(outcome("reads_beyond") == broken("it asks for input number 7"));
  }

  TEST_CASE("failures carry status and message") {
    CHECK(outcome("fails") == "numeric: no convergence after \\x1b[31m50\\x1b[0m steps");
    CHECK(outcome("fails_silently") == "numeric: it gives no reason");
    CHECK(outcome("unknown_status") == "internal: it returned -77, which is no status");
    CHECK(outcome("stops_unasked") == broken("it says that it was stopped, but nobody asked it to stop"));
  }

  TEST_CASE("an exception that leaves a plugin is caught where that is possible") {
    CHECK(outcome("throw_int") == broken("an exception left it; build it so that run() is noexcept"));
    CHECK(outcome("throw_exception") == broken("an exception left it; build it so that run() is noexcept"));
  }

  TEST_CASE("rounding is put right again and told once") {
    Calling calling(misbehave()["rounds_up"], {{numbers({1})}});
    const std::string warning =
        "'misbehave.rounds_up' changed how floating-point numbers are computed; it was put right again";
    CHECK(calling.run() == "done");
    CHECK(std::fegetround() == FE_TONEAREST);
    CHECK(calling.services.lines == std::vector<std::string>{warning});
    CHECK(calling.run() == "done");
    CHECK(calling.services.lines.size() == 1);
  }

  TEST_CASE("of the parts of a loop the first by position gives the reason") {
    Calling calling(misbehave()["fails_in_parts"], {{numbers({1})}});
    calling.services.threads = true;
    for (int round = 0; round < 20; ++round) CHECK(calling.run() == "numeric: part 2");
    CHECK(calling.services.lines.size() == 1);
    CHECK(std::fegetround() == FE_TONEAREST);
    const zoo::Library bridge(zoo::file("bridge"));
    Calling parts(bridge["parts"], {{value::Tensor::scalar<std::int64_t>(16)}});
    parts.services.threads = true;
    for (int round = 0; round < 20; ++round) CHECK(parts.run() == "range: part 3");
  }

  TEST_CASE("what the C++ layer is thrown comes out as a status") {
    CHECK(thrown("number") == "internal: the operation threw something that is not a std::exception");
    CHECK(thrown("logic") == "internal: a logic error");
    CHECK(thrown("domain") == "range: eccentricity must lie in [0, 1); it is 1.5");
    CHECK(thrown("range") == "numeric: a range error");
    CHECK(thrown("invalid") == "invalid: an invalid argument");
    CHECK(thrown("overflow") == "numeric: an overflow");
    CHECK(thrown("memory") == "memory: out of memory");
    CHECK(thrown("system") == "io: reading: Input/output error");
    CHECK(thrown("numeric") == "numeric: a numeric error");
    CHECK(thrown("shape") == "shape: a shape error");
  }

  TEST_CASE("memory is reused when nobody else has it") {
    const zoo::Library library(zoo::file("good"));
    Calling calling(library["scale"], {{value::Tensor::scalar(2.0)}, {numbers({1, 2, 3})}});
    value::Tensor old = std::get<value::Tensor>(numbers({0, 0, 0}));
    const std::byte* memory = old.raw();
    calling.call.outputs[0].place() = std::move(old);
    REQUIRE(calling.run() == "done");
    CHECK(calling.tensor().raw() == memory);

    const value::Value kept = *calling.call.outputs[0];
    calling.call.outputs[0].place() = calling.tensor();
    calling.call.outputs[0].reset();
    REQUIRE(calling.run() == "done");
    CHECK(calling.tensor().raw() != memory);
    CHECK(std::get<value::Tensor>(kept).raw() == memory);
  }

  TEST_CASE("a call without services runs all the same") {
    const zoo::Library library(zoo::fs::path(ORRERY_PLUGINS_C_DIR) / "plain.orrery.so");
    Calling calling(library["square"], {{numbers({1, 2, 3})}});
    calling.call.services = nullptr;
    CHECK(calling.run() == "done");
    CHECK(calling.tensor().number(2) == 9);
  }
}
