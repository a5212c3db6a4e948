// Tests of binding, checking and ordering a whole scenario.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fstream>
#include <iterator>

#include "tests/engine/plan/test_catalog.hpp"

using namespace orrery;
using base::ErrorCode;
using plan::Plan;
using plan::PlannedStep;
using plan::Source;
using test::errors_of;
using test::messages_of;
using test::orbit;
using test::plan_of;
using value::Tensor;
using Texts = std::vector<std::string>;

namespace {

const PlannedStep& step(const Plan& plan, const std::string& name) {
  const auto found =
      std::find_if(plan.steps.begin(), plan.steps.end(), [&](const PlannedStep& s) { return s.name == name; });
  REQUIRE(found != plan.steps.end());
  return *found;
}

const plan::PlannedInput& input(const Plan& plan, const std::string& name, const std::string& port) {
  const PlannedStep& found = step(plan, name);
  return found.inputs[*found.operation->facts().input(port)];
}

const Tensor& constant(const Plan& plan, const std::string& name, const std::string& port) {
  const Source& source = input(plan, name, port).elements.at(0);
  REQUIRE(source.kind == Source::Kind::constant);
  return std::get<Tensor>(source.constant);
}

std::string output(const Plan& plan, const std::string& name, const std::string& port) {
  const PlannedStep& found = step(plan, name);
  return found.signatures[*found.operation->facts().output(port)].text();
}

std::string with_orbit(const std::string& more) { return std::string(orbit) + more; }

}  // namespace

TEST_SUITE("engine/plan/make_plan") {
  TEST_CASE("inputs are bound to literals in the unit of the port and to defaults") {
    const Plan plan = plan_of(with_orbit("eccentricity = 0.25\ninclination = \"0.5 rad\"\n"));
    CHECK(constant(plan, "orbit", "gravity").number(0) == 398600.4418);
    CHECK(constant(plan, "orbit", "semi_major_axis").unit().symbol() == "km");
    CHECK(constant(plan, "orbit", "inclination").number(0) == doctest::Approx(28.6478897565412).epsilon(1e-14));
    CHECK(constant(plan, "orbit", "samples").data<std::int64_t>()[0] == 256);
    CHECK(input(plan, "orbit", "gravity").given);
    CHECK_FALSE(input(plan, "orbit", "samples").given);
    CHECK(input(plan, "orbit", "start").elements.empty());
    CHECK(plan.slot_count == 4);
  }

  TEST_CASE("the value of a whole scalar becomes a letter of the shapes") {
    const Plan plan = plan_of(with_orbit("samples = 100\n"));
    CHECK(output(plan, "orbit", "position") == "f64[100 x 3] in km");
    CHECK(output(plan, "orbit", "period") == "f64 in s");
    const Plan by_default = plan_of(orbit);
    CHECK(output(by_default, "orbit", "time") == "f64[256] in s");
  }

  TEST_CASE("names of let are constants in SI until a port wants its unit") {
    const Plan plan = plan_of(with_orbit(R"(eccentricity = "= a / b"
[let]
a = "1 km"
b = "4 km"
c = "= 2 * a"
)"));
    CHECK(constant(plan, "orbit", "eccentricity").number(0) == 0.25);
    REQUIRE(plan.lets.size() == 3);
    CHECK(plan.lets[2].first == "c");
    CHECK(std::get<Tensor>(plan.lets[2].second).number(0) == 2000);
  }

  TEST_CASE("steps are ordered by what they need and know who must be done before") {
    const Plan plan = plan_of(R"([step.last]
use = "tensor.total"
terms = ["@middle.total", "@first.total"]
[step.middle]
use = "tensor.total"
terms = "= 2 * @first.total"
[step.first]
use = "tensor.total"
terms = 1
[step.alone]
use = "tensor.total"
terms = 2
after = ["last"]
)");
    Texts order;
    for (const PlannedStep& s : plan.steps) order.push_back(s.name);
    CHECK(order == Texts{"first", "middle", "last", "alone"});
    CHECK(plan.steps[2].after == std::vector<std::size_t>{1, 0});
    CHECK(plan.steps[3].after == std::vector<std::size_t>{2});
  }

  TEST_CASE("an input that takes any unit gives its unit to the outputs that follow it") {
    const Plan plan = plan_of(with_orbit("[step.shape]\nuse = \"curve.curvature\"\npoints = \"@orbit.velocity\"\n"));
    CHECK(input(plan, "shape", "points").unit.symbol() == "km/s");
    CHECK(output(plan, "shape", "curvature") == "f64[256] in s/km");
    CHECK(output(plan, "shape", "radius_mean") == "f64 in km/s");
    CHECK(output(plan, "shape", "edges") == "f64[257 x 3] in km/s");
    CHECK(output(plan, "shape", "turning") == "f64 in deg");
    CHECK(output(plan, "shape", "summary") == "text");
  }

  TEST_CASE("an input whose unit follows another is converted to it and its bare default counts in it") {
    const std::string fit =
        "[step.fit]\nuse = \"optimizer.step\"\nweights = \"@orbit.time\"\ngradient = \"=@orbit.time / 1 s\"\n";
    const Plan plan = plan_of(with_orbit(fit));
    CHECK(constant(plan, "fit", "tolerance").number(0) == 0.001);
    CHECK(constant(plan, "fit", "tolerance").unit().symbol() == "s");
    CHECK(constant(plan_of(with_orbit(fit + "tolerance = \"5 ms\"\n")), "fit", "tolerance").number(0) == 0.005);
  }

  TEST_CASE("a list port takes one value or many all in the unit of the first") {
    const Plan plan = plan_of(with_orbit(R"([step.rows]
use = "tensor.stack"
parts = ["@orbit.position[0]", "@orbit.position[1]", ["1 m", "2 m", "3 m"]]
[step.one]
use = "tensor.stack"
parts = "@orbit.time"
)"));
    const auto& parts = input(plan, "rows", "parts");
    REQUIRE(parts.elements.size() == 3);
    CHECK(parts.unit.symbol() == "km");
    CHECK(std::get<Tensor>(parts.elements[2].constant).number(0) == 0.001);
    CHECK(output(plan, "rows", "rows") == "f64[? x 3] in km");
    CHECK(input(plan, "one", "parts").elements.size() == 1);
  }

  TEST_CASE("whole scalars of a list are no letters") {
    const Plan plan = plan_of("[step.sum]\nuse = \"tensor.counts\"\ncounts = [3, 4, 3]\n");
    CHECK(input(plan, "sum", "counts").elements.size() == 3);
  }

  TEST_CASE("an output takes the element type of the input that it follows") {
    const Plan whole = plan_of("[step.rows]\nuse = \"tensor.stack\"\nparts = [[1, 2], [3, 4]]\n");
    CHECK(output(whole, "rows", "rows") == "i64[? x 2]");
    const Plan real = plan_of("[step.rows]\nuse = \"tensor.stack\"\nparts = [[1.5, 2], [3, 4]]\n");
    CHECK(output(real, "rows", "rows") == "f64[? x 2]");
    // The list is of one type, though its second row alone would be of whole numbers.
    for (const Source& row : input(real, "rows", "parts").elements) CHECK(row.signature.text() == "f64[2]");
  }

  TEST_CASE("an expression over wires is a formula with the slots in the order in which they stand") {
    const Plan plan = plan_of(with_orbit("[record]\nx = \"= @orbit.period + @orbit.time[0] * 2 - @orbit.period\"\n"));
    const Source& source = plan.records.at(0).source;
    REQUIRE(source.kind == Source::Kind::formula);
    CHECK(source.formula.slots == std::vector<plan::Slot>{3, 2, 3});
    CHECK(source.signature.text() == "f64 in s");
  }

  TEST_CASE("an expression whose value the shapes tell is a constant") {
    const Plan plan = plan_of(with_orbit("samples = 50\n[record]\nn = \"= len(@orbit.position)\"\n"));
    REQUIRE(plan.records.at(0).source.kind == Source::Kind::constant);
    CHECK(std::get<Tensor>(plan.records[0].source.constant).data<std::int64_t>()[0] == 50);
  }

  TEST_CASE("records may be numbers texts and truth values") {
    const Plan plan = plan_of(with_orbit(R"toml([step.shape]
use = "curve.curvature"
points = "@orbit.velocity"
[record]
period = "@orbit.period"
summary = "@shape.summary"
long = "= @orbit.period > 1 h"
word = "= if(@orbit.period > 1 h, 'long', 'short')"
fixed = "= if(1 > 2, 'a', 'b')"
late = "= if(@any.result[0] > 1, 1 km, 2 km)"
[step.any]
use = "any.shape"
)toml"));
    REQUIRE(plan.records.size() == 6);
    CHECK(plan.records[5].source.signature.text() == "f64 in m");
    CHECK(plan.records[1].source.signature.text() == "text");
    CHECK(plan.records[2].source.signature.text() == "bool");
    CHECK(plan.records[3].source.signature.text() == "text");
    CHECK(std::get<std::string>(plan.records[4].source.constant) == "b");
  }

  TEST_CASE("saved values are named after their wire and kept once") {
    const Plan plan = plan_of(with_orbit(
        "[save]\nvalues = [\"@orbit.position\", \"@orbit.position\", \"@orbit.position[0,:]\", \"@orbit.time[1:9:2]\", "
        "\"@orbit.time[-1]\", \"@orbit.time[:1]\"]\n"));
    Texts names;
    for (const auto& save : plan.saves) names.push_back(save.name);
    CHECK(names ==
          Texts{"orbit.position", "orbit.position[0,:]", "orbit.time[1:9:2]", "orbit.time[-1]", "orbit.time[:1]"});
    const Plan spelt =
        plan_of(with_orbit("[save]\nvalues = [\"@orbit.position[ 1 : 3 : 1, 0 ]\", \"@orbit.position[1:3,0]\", "
                           "\"@orbit.position[1:3][0]\"]\n"));
    REQUIRE(spelt.saves.size() == 2);
    CHECK(spelt.saves[0].name == "orbit.position[1:3,0]");
    CHECK(spelt.saves[1].name == "orbit.position[1:3][0]");
  }

  TEST_CASE("a bound is read in the unit of what it bounds and a tolerance is checked") {
    const Plan plan = plan_of(with_orbit(R"([expect.period]
that = "@orbit.period"
equals = "1.5 h"
rtol = 1e-3
atol = "100 ms"
[expect.range]
that = "@orbit.position"
between = ["-7000 km", "@orbit.position[0,0]"]
[expect.truth]
that = "= @orbit.period > 1 h"
[expect.known]
that = "= @orbit.period > 1 h"
equals = true
)"));
    REQUIRE(plan.expectations.size() == 4);
    CHECK(std::get<Tensor>(plan.expectations[0].bound->constant).number(0) == 5400);
    CHECK(std::get<Tensor>(plan.expectations[0].atol->constant).number(0) == 0.1);
    CHECK(plan.expectations[1].upper->kind == Source::Kind::wire);
    CHECK_FALSE(plan.expectations[2].bound);
  }

  TEST_CASE("bounds of other kinds dimensions or shapes are refused") {
    const auto message = [](const std::string& that, const std::string& bound) {
      const auto all =
          messages_of(with_orbit("[step.shape]\nuse = \"curve.curvature\"\npoints = \"@orbit.position\"\n"
                                 "[expect.x]\nthat = \"" +
                                 that + "\"\n" + bound + "\n"));
      REQUIRE(all.size() == 1);
      return all.front();
    };
    CHECK(message("@orbit.period", "below = \"5 km\"") == "'below' is a time, but '5 km' is a length");
    CHECK(message("@orbit.period", "below = \"@orbit.position[0,0]\"") == "'below' is a length, but 'that' is a time");
    CHECK(message("@orbit.period", "equals = \"= 2 * 3 kg\"") == "'equals' is a mass, but 'that' is a time");
    CHECK(message("@orbit.period", "equals = true") ==
          "'equals' wants f64|f32|c128|i64 in any unit, not a truth value");
    CHECK(message("= @orbit.period > 1 s", "equals = 1") == "'equals' wants true or false");
    CHECK(message("= @orbit.period > 1 s", "equals = \"= 1 + 1\"") == "'equals' is i64, but 'that' is bool");
    CHECK(message("@shape.summary", "equals = 3") == "'equals' wants a text, not a whole number");
    CHECK(message("@shape.summary", "below = 3") == "only real numbers have an order; this is text");
    CHECK(message("@orbit.period", "") == "an expectation of 'that' alone needs a truth value, but this is f64 in s");
    CHECK(message("@orbit.position", "equals = \"@orbit.position[0:10]\"") ==
          "'equals' is f64[10 x 3] in km, but 'that' is f64[256 x 3] in km");
    CHECK(message("@orbit.period", "equals = \"5 s\"\nrtol = \"1 s\"") == "'rtol' is a number, but '1 s' is a time");
    CHECK(message("@orbit.period", "equals = \"5 s\"\nrtol = [0.1, 0.2]") ==
          "'rtol' is one number, but this is f64[2]");
    CHECK(message("@orbit.period", "equals = \"5 s\"\nrtol = []") == "'rtol' is one number, but this is f64[0]");
    CHECK(message("@orbit.period", "equals = \"5 s\"\nrtol = -0.5") == "'rtol' must be at least 0; it is -0.5");
    CHECK(message("@orbit.period", "equals = \"5 s\"\natol = \"= 3 km\"") == "'atol' is a time, but this is a length");
  }

  TEST_CASE("a step that is wrong silences what depends on it and nothing else") {
    CHECK(messages_of(R"([step.a]
use = "orbital.propagte"
[step.b]
use = "curve.curvature"
points = "@a.velocity"
method = "fourrier"
[step.c]
use = "curve.curvature"
points = "@b.edges"
[step.d]
use = "tensor.total"
terms = "= @c.radius_mean / nothing"
[record]
x = "@c.radius_mean"
y = "@d.total"
z = "@e.total"
)") == Texts{"there is no operation 'orbital.propagte'", "'method' has no choice 'fourrier'",
             "there is no name 'nothing'", "there is no step 'e'"});
  }

  TEST_CASE("an input that is wrong silences those whose unit follows it") {
    CHECK(
        messages_of(
            "[step.fit]\nuse = \"optimizer.step\"\nweights = \"@nobody.x\"\ngradient = [1]\ntolerance = \"3 km\"\n") ==
        Texts{"there is no step 'nobody'"});
  }

  TEST_CASE("a misspelt input leaves the lengths that a default would give open") {
    CHECK(messages_of(with_orbit("sampels = 10\n[step.fit]\nuse = \"orbital.residual\"\nmodel = \"@orbit.position\"\n"
                                 "observed = [[\"1 km\", \"2 km\", \"3 km\"]]\n")) ==
          Texts{"'orbital.propagate' has no input 'sampels'"});
  }

  TEST_CASE("a misspelt input is not reported as missing too") {
    CHECK(messages_of("[step.a]\nuse = \"tensor.total\"\nterm = 3\n") == Texts{"'tensor.total' has no input 'term'"});
    CHECK(messages_of("[step.a]\nuse = \"tensor.total\"\nxyzzy = 3\n") ==
          Texts{"step 'a' needs 'terms'", "'tensor.total' has no input 'xyzzy'"});
  }

  TEST_CASE("an expectation about something wrong still tells of its other side") {
    CHECK(messages_of("[expect.x]\nthat = \"@a.x\"\nequals = \"= @b.x + zeta\"\nrtol = \"=eta\"\n").size() == 4);
  }

  TEST_CASE("errors come in the order of the file") {
    const auto errors = errors_of(with_orbit(R"(eccentricity = 2
[expect.b]
that = "@x.a"
below = 3
[record]
r = "@y.a"
[let]
l = "= zeta"
[step.shape]
use = "curve.curvature"
points = "@z.a"
)"));
    std::vector<std::uint32_t> lines;
    for (const base::Error& error : errors) lines.push_back(error.labels.front().span.line);
    CHECK(errors.size() == 5);
    CHECK(std::is_sorted(lines.begin(), lines.end()));
  }

  TEST_CASE("a wrong wire shows both ends and a better output") {
    const auto errors = errors_of(with_orbit(
        "[step.fit]\nuse = \"orbital.residual\"\nmodel = \"@orbit.velocity\"\nobserved = \"@orbit.position\"\n"));
    REQUIRE(errors.size() == 1);
    const base::Error& error = errors.front();
    CHECK(error.code == ErrorCode::wrong_wire);
    CHECK(error.message == "cannot connect a velocity to a length");
    REQUIRE(error.labels.size() == 2);
    CHECK(error.labels[0].text == "this is f64[256 x 3] in km/s");
    CHECK(error.labels[1].text == "made here by 'orbital.propagate'");
    CHECK(error.notes == Texts{"'orbital.residual' wants 'model' as f64[n x 3] in km"});
    CHECK(error.helps == Texts{"'@orbit.position' has the right type and unit"});
  }

  TEST_CASE("every edge of a cycle is shown once though two inputs use it") {
    const auto errors = errors_of(R"([step.a]
use = "tensor.total"
terms = ["@b.total", "@b.total"]
[step.b]
use = "tensor.total"
terms = "= @a.total + @a.total"
after = ["a"]
)");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].message == "steps wait for each other: a -> b -> a");
    CHECK(errors[0].labels.size() == 2);
  }

  TEST_CASE("a cycle does not hide other errors of its steps") {
    CHECK(messages_of(
              "[step.a]\nuse = \"tensor.total\"\nterms = \"@b.total\"\nextra = 3\n[step.b]\nuse = \"tensor.total\"\n"
              "terms = [\"@a.total\", \"= zeta\"]\n")
              .size() == 3);
  }

  TEST_CASE("the random key depends on the seed and the stream alone") {
    const auto key = [](const std::string& seed, const std::string& body) {
      return step(plan_of("[scenario]\nseed = " + seed + "\n" + body), "a").random_key;
    };
    const std::string a = "[step.a]\nuse = \"tensor.total\"\nterms = 1\n";
    const std::string b = "[step.b]\nuse = \"tensor.total\"\nterms = 1\n";
    CHECK(key("7", a) == key("7", b + a));
    CHECK(key("7", a) == key("7", "[step.a]\nuse = \"tensor.total\"\nterms = 2\n"));
    CHECK(key("7", a) != key("8", a));
    CHECK(key("7", a + "stream = \"noise\"\n") != key("7", a));
    CHECK(key("7", a + "stream = \"a\"\n") == key("7", a));
    const Plan both = plan_of(a + "stream = \"noise\"\n" + b + "stream = \"noise\"\n");
    CHECK(both.steps[0].random_key == both.steps[1].random_key);
  }

  TEST_CASE("columns that no plugin promised take any unit and leave what follows open") {
    const Plan plan = plan_of(R"toml([step.read]
use = "table.read"
name = "stars"
[step.stack]
use = "tensor.stack"
parts = ["@read.rows.mass", "@read.rows.length"]
[step.total]
use = "tensor.total"
terms = "= sum(@read.rows.mass + 3 kg) / 1 kg"
[record]
x = "= max(@read.rows.length)"
)toml");
    CHECK_FALSE(input(plan, "stack", "parts").unit_known);
    CHECK_FALSE(step(plan, "stack").signatures[0].unit_known);
  }

  TEST_CASE("a table has a length before the run only if it is known") {
    const Plan plan = plan_of("[step.read]\nuse = \"table.read\"\nname = \"x\"\n[record]\nn = \"= len(@read.rows)\"\n");
    CHECK(plan.records[0].source.kind == Source::Kind::formula);
  }

  TEST_CASE("the step of an unknown operation still has its wires and names looked at") {
    CHECK(messages_of("[step.a]\nuse = \"no.such\"\nx = \"@b.total\"\ny = \"= zeta + @a.q\"\nafter = [\"c\"]\n") ==
          Texts{"there is no operation 'no.such'", "there is no step 'b'", "there is no name 'zeta'",
                "step 'a' waits for itself", "there is no step 'c'"});
  }

  TEST_CASE("a text input takes the text of a file and a list of texts of several") {
    const std::string folder = std::string(ORRERY_TEST_DATA) + "/refused/plan";
    auto plan = test::try_plan(
        "orrery = 1\n[step.a]\nuse = \"text.note\"\ntext = \"file:data/points.txt\"\n"
        "more = [\"file:data/points.csv\", \"plain\", \"file:data/points.txt\"]\n",
        folder);
    REQUIRE(plan);
    const auto slurp = [&](const std::string& name) {
      std::ifstream file(folder + "/data/" + name, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const auto& step = plan->steps.front();
    CHECK(std::get<std::string>(step.inputs[0].elements[0].constant) == slurp("points.txt"));
    REQUIRE(step.inputs[1].elements.size() == 3);
    CHECK(std::get<std::string>(step.inputs[1].elements[0].constant) == slurp("points.csv"));
    CHECK(std::get<std::string>(step.inputs[1].elements[1].constant) == "plain");
    // A run keeps a copy of each file, once.
    CHECK(plan->files.size() == 2);
  }
}
