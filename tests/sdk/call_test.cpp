// Inputs, outputs, tables and taps through the C++ layer, against a host by hand.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/fake_host.hpp"

using namespace orrery::sdk;
using fake::array;
using fake::Host;
using fake::number;
using fake::whole;

namespace {

using Numbers = std::vector<double>;
using Wholes = std::vector<std::int64_t>;

enum class Method { newton, halley, bisection };

/// Every kind of input, read into one line of text.
struct Read {
  static constexpr Info info{.name = "read", .version = "1.0.0", .title = "Reads"};
  static constexpr std::tuple ports{in<"number", f64>{},
                                    in<"count", i64>{},
                                    in<"flag", bool>{},
                                    in<"name", Text>{},
                                    in<"method", Choice<Method>>{.choices = {"newton", "halley", "bisection"}},
                                    out<"line", Text>{},
                                    in<"vector", f64, "n">{},
                                    in<"any", f64, "*">{},
                                    in<"anything", AnyElement, "*">{}};
  static void run(Call<Read>& call) {
    std::string line = std::to_string(call.in<"number">()) + " " + std::to_string(call.in<"count">());
    line += call.in<"flag">() ? " true " : " false ";
    line += call.in<"name">();
    line += " " + std::to_string(static_cast<int>(call.in<"method">()));
    line += " " + std::to_string(call.in<"vector">()(1)) + " " + std::to_string(call.in<"any">().shape().size());
    line += " " + std::to_string(call.in<"anything">().dtype());
    call.set<"line">(line);
  }
};

Host reading(std::string method = "halley") {
  return Host({{number(0.5)},
               {whole(7)},
               {array<bool>({}, {true})},
               {std::string("x y")},
               {std::move(method)},
               {array<double>({2}, {1, 2})},
               {array<double>({1, 1, 1}, {1})},
               {array<float>({}, {1})}});
}

struct Optional {
  static constexpr Info info{.name = "optional", .version = "1.0.0", .title = "Optional and list inputs"};
  static constexpr std::tuple ports{in<"number", f64>{.optional = true},
                                    in<"name", Text>{.optional = true},
                                    in<"method", Choice<Method>>{.optional = true, .choices = {"newton", "halley"}},
                                    in<"table", Table>{.optional = true},
                                    in<"vector", f64, "n">{.optional = true},
                                    in<"batch", f64, "...">{.optional = true},
                                    in<"any", AnyReal, "*">{.optional = true},
                                    in<"parts", f64, "n">{.list = true},
                                    in<"methods", Choice<Method>>{.list = true, .choices = {"newton", "halley"}},
                                    in<"names", Text>{.list = true},
                                    out<"given", i64>{},
                                    out<"sum", f64>{},
                                    out<"names", Text>{}};
  static void run(Call<Optional>& call) {
    int given = call.maybe<"number">().has_value();
    given += 2 * call.maybe<"name">().has_value() + 4 * call.maybe<"method">().has_value();
    given += 8 * call.maybe<"table">().has_value() + 16 * call.maybe<"vector">().has_value();
    given += 32 * call.maybe<"batch">().has_value() + 64 * call.maybe<"any">().has_value();
    call.set<"given">(given);
    double sum = 0;
    for (const auto& part : call.list<"parts">()) sum += part(0);
    for (const Method method : call.list<"methods">()) sum += 100 * static_cast<int>(method);
    call.set<"sum">(sum);
    std::string names;
    for (const std::string_view name : call.list<"names">()) names += name;
    call.set<"names">(names);
  }
};

struct Outputs {
  static constexpr Info info{.name = "outputs", .version = "1.0.0", .title = "Outputs of every kind"};
  static constexpr std::tuple ports{out<"fixed", f64, "n x 3">{}, out<"batch", f32, "... x 2">{},
                                    out<"any", i64, "*">{},       out<"anything", AnyElement, "*">{},
                                    out<"scalar", bool>{},        out<"whole", i64>{}};
  static void run(Call<Outputs>& call) {
    const auto fixed = call.out<"fixed">(2, 3);
    for (double& element : fixed) element = 1;
    fixed(1, 2) = 9;
    const std::int64_t shape[] = {2, 1};
    const auto batch = call.out<"batch">(shape, 2);
    for (float& element : batch.span()) element = 2;
    batch.item(1)(1) = 8;
    call.out<"any">(shape).span()[1] = 5;
    call.out_any<"anything">(ORRERY_C128, shape).as<c128>().span()[0] = {1, -1};
    call.set<"scalar">(true);
    call.set<"whole">(3);
  }
};

struct Tables {
  static constexpr Info info{.name = "tables", .version = "1.0.0", .title = "Tables in and out"};
  static constexpr std::tuple ports{in<"bodies", Table>{.columns = {{{.name = "mass", .unit = "kg"}}}},
                                    out<"bodies", Table>{.columns = {{{.name = "twice", .unit = "kg"}}}}};
  static void run(Call<Tables>& call) {
    const TableView bodies = call.in<"bodies">();
    const auto masses = bodies.numbers<f64>("mass");
    call.out_table<"bodies">(bodies.rows());
    f64* const twice = call.out_column<"bodies", f64>("twice");
    i64* const rank = call.out_column<"bodies", i64>("rank", "1");
    std::vector<std::string_view> names;
    for (std::int64_t i = 0; i < bodies.rows(); ++i) {
      twice[i] = 2 * masses[static_cast<std::size_t>(i)];
      rank[i] = i;
      names.push_back(bodies.text("name", i));
    }
    call.out_column_text<"bodies">("name", names);
  }
};

struct Taps {
  static constexpr Info info{.name = "taps", .version = "1.0.0", .title = "Taps"};
  static constexpr std::tuple ports{in<"x", f64, "n">{}, tap<"residual", f64>{}, out<"y", f64>{},
                                    tap<"iterate", f64, "n">{}};
  static inline int computed = 0;
  static void run(Call<Taps>& call) {
    const auto x = call.in<"x">();
    for (int i = 0; i < 3; ++i) call.tap<"residual">(i, 0.5 * i);
    call.tap<"iterate">(7, x);
    if (call.wants<"iterate">()) ++computed;
    call.set<"y">(0);
  }
};

struct Batches {
  static constexpr Info info{.name = "batches", .version = "1.0.0", .title = "Batches"};
  static constexpr std::tuple ports{in<"scalar", f64, "...">{}, in<"absent", f64, "...">{.optional = true},
                                    in<"vectors", f64, "... x 3">{}, out<"y", f64, "...">{}};
  static void run(Call<Batches>& call) {
    const auto scalar = call.in<"scalar">();
    const auto vectors = call.in<"vectors">();
    const auto y = call.out<"y">(call.batch());
    for (std::int64_t i = 0; i < y.count(); ++i) y(i) = scalar(i) * vectors.item(i)(2);
  }
};

struct Services {
  static constexpr Info info{.name = "services", .version = "1.0.0", .title = "Services"};
  static constexpr std::tuple ports{out<"sum", f64>{}, out<"random", f64>{}};
  static void run(Call<Services>& call) {
    const std::span<double> parts = call.scratch<double>(4);
    call.parallel_for(10, 3, [&](std::uint64_t begin, std::uint64_t end) {
      parts[begin / 3] = static_cast<double>(end - begin);
      call.poll(end, 10);
    });
    call.log(ORRERY_LOG_WARN, "a line");
    call.set<"sum">(parts[0] + parts[1] + parts[2] + parts[3] + 100 * call.max_threads());
    std::uint64_t words[2];
    orrery_random_words(call.random_key(), 5, 6, words);
    call.set<"random">(call.random_words(5, 6) == std::array{words[0], words[1]});
  }
};

}  // namespace

TEST_SUITE("sdk/call") {
  TEST_CASE("every kind of input is read as its type says") {
    Host host = reading();
    REQUIRE(host.run<Read>() == ORRERY_OK);
    CHECK(std::get<std::string>(host.outputs[0]) == "0.500000 7 true x y 1 2.000000 3 2");
  }

  TEST_CASE("a choice that is not offered is the host's mistake") {
    Host host = reading("secant");
    CHECK(host.run<Read>() == ORRERY_E_INTERNAL);
    CHECK(host.message == "the host passed a choice that the port does not offer");
  }

  TEST_CASE("optional inputs that are not given are empty") {
    Host host({{}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
    REQUIRE(host.run<Optional>() == ORRERY_OK);
    CHECK(host.out<std::int64_t>(0) == Wholes{0});
    CHECK(host.out<double>(1) == Numbers{0});
  }

  TEST_CASE("optional inputs and lists that are given are read") {
    Host host({{number(1)},
               {std::string("a")},
               {std::string("halley")},
               {fake::Table{}},
               {array<double>({1}, {1})},
               {number(1)},
               {whole(1)},
               {array<double>({1}, {1}), array<double>({2}, {2, 3})},
               {std::string("halley"), std::string("newton"), std::string("halley")},
               {std::string("a"), std::string("b")}});
    REQUIRE(host.run<Optional>() == ORRERY_OK);
    CHECK(host.out<std::int64_t>(0) == Wholes{127});
    CHECK(host.out<double>(1) == Numbers{203});
    CHECK(std::get<std::string>(host.outputs[2]) == "ab");
  }

  TEST_CASE("outputs have the shape and type that are asked for") {
    Host host;
    REQUIRE(host.run<Outputs>() == ORRERY_OK);
    CHECK(host.shape(0) == Wholes{2, 3});
    CHECK(host.out<double>(0) == Numbers{1, 1, 1, 1, 1, 9});
    CHECK(host.shape(1) == Wholes{2, 1, 2});
    CHECK(host.out<float>(1) == std::vector<float>{2, 2, 2, 8});
    CHECK(host.shape(2) == Wholes{2, 1});
    CHECK(host.out<std::int64_t>(2)[1] == 5);
    CHECK(std::get<fake::Array>(host.outputs[3]).dtype() == ORRERY_C128);
    CHECK(host.out<c128>(3)[0] == c128(1, -1));
    CHECK(std::get<fake::Array>(host.outputs[4]).dtype() == ORRERY_BOOL);
    CHECK(host.shape(4).empty());
    CHECK(host.out<std::int64_t>(5) == Wholes{3});
  }

  TEST_CASE("an output that the host refuses ends the operation without a second message") {
    Host host;
    host.no_memory = true;
    CHECK(host.run<Outputs>() == ORRERY_E_MEMORY);
    CHECK(host.failures == 0);
  }

  TEST_CASE("tables come in and go out") {
    Host host({{fake::Table{2, {{"mass", array<double>({2}, {1.5, 2.5}), "kg"}}, {{"name", {"Earth", "Mars"}}}}}});
    REQUIRE(host.run<Tables>() == ORRERY_OK);
    auto& made = std::get<fake::Table>(host.outputs[0]);
    REQUIRE(made.numbers.size() == 2);
    CHECK(made.numbers[0].name == "twice");
    CHECK(made.numbers[0].unit == "declared");
    CHECK(made.numbers[0].values.values<double>() == Numbers{3, 5});
    CHECK(made.numbers[1].unit == "1");
    CHECK(made.numbers[1].values.values<std::int64_t>() == Wholes{0, 1});
    REQUIRE(made.texts.size() == 1);
    CHECK(made.texts[0].values == std::vector<std::string>{"Earth", "Mars"});
  }

  TEST_CASE("a column that is missing is an invalid input") {
    Host host({{fake::Table{0, {{"weight", array<double>({0}, {})}}, {}}}});
    CHECK(host.run<Tables>() == ORRERY_E_INVALID);
    CHECK(host.message == "the table has no column 'mass'");
  }

  TEST_CASE("taps are not called when nobody listens") {
    Host host({{array<double>({2}, {1, 2})}});
    Taps::computed = 0;
    REQUIRE(host.run<Taps>() == ORRERY_OK);
    CHECK(host.tapped.empty());
    CHECK(Taps::computed == 0);
  }

  TEST_CASE("a tap hands its values over in order to who listens to it") {
    Host host({{array<double>({2}, {1, 2})}});
    host.taps_wanted = 1;
    REQUIRE(host.run<Taps>() == ORRERY_OK);
    REQUIRE(host.tapped.size() == 3);
    CHECK(host.tapped[2].tap == 0);
    CHECK(host.tapped[2].index == 2);
    CHECK(host.tapped[2].shape.empty());
    CHECK(host.tapped[2].values == Numbers{1});
    host.taps_wanted = 2;
    host.tapped.clear();
    REQUIRE(host.run<Taps>() == ORRERY_OK);
    REQUIRE(host.tapped.size() == 1);
    CHECK(host.tapped[0].tap == 1);
    CHECK(host.tapped[0].index == 7);
    CHECK(host.tapped[0].shape == Wholes{2});
    CHECK(host.tapped[0].values == Numbers{1, 2});
    CHECK(Taps::computed == 1);
  }

  TEST_CASE("inputs without a batch serve the batch of the others") {
    Host host({{number(10)}, {}, {array<double>({2, 3}, {1, 2, 3, 4, 5, 6})}});
    REQUIRE(host.run<Batches>() == ORRERY_OK);
    CHECK(host.shape(0) == Wholes{2});
    CHECK(host.out<double>(0) == Numbers{30, 60});
  }

  TEST_CASE("the batch is empty when every input is a single item") {
    Host host({{number(10)}, {}, {array<double>({3}, {1, 2, 3})}});
    REQUIRE(host.run<Batches>() == ORRERY_OK);
    CHECK(host.shape(0).empty());
    CHECK(host.out<double>(0) == Numbers{30});
  }

  TEST_CASE("a batch of no items has no results") {
    Host host({{array<double>({0}, {})}, {}, {array<double>({3}, {1, 2, 3})}});
    REQUIRE(host.run<Batches>() == ORRERY_OK);
    CHECK(host.shape(0) == Wholes{0});
  }

  TEST_CASE("threads and progress and memory and random words come from the host") {
    Host host;
    REQUIRE(host.run<Services>() == ORRERY_OK);
    CHECK(host.out<double>(0) == Numbers{310});
    CHECK(host.out<double>(1) == Numbers{1});
    CHECK(host.parts == std::vector<std::size_t>{0, 3, 6, 9});
    CHECK(host.polled == std::vector<std::uint64_t>{3, 6, 9, 10});
    CHECK(host.lines == std::vector<std::string>{"2 a line"});
  }

  TEST_CASE("memory that the host does not have is a failure of its own") {
    Host host;
    host.no_memory = true;
    CHECK(host.run<Services>() == ORRERY_E_MEMORY);
    CHECK(host.message == "out of memory");
  }
}
