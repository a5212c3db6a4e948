// results.sqlite: what is written is read back.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/results.hpp"

#include <cmath>
#include <complex>
#include <limits>

#include "engine/store/database.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;
using run::StepState;
using run::Verdict;
using value::Tensor;

namespace {

store::Results sample() {
  store::Results results;
  results.run = {{"name", "sample"}, {"state", "done"}};
  results.steps = {{"a", "x.y", StepState::done, 0.25, {}, ""},
                   {"b", "x.z", StepState::failed, 0.5, base::Error(base::ErrorCode::step_failed, "no; 'luck'"), ""},
                   {"c", "x.z", StepState::not_run, 0.0, {}, "b"}};
  const auto metres = *value::parse_unit("m");
  results.records = {{"real", Tensor::scalar(0.1, metres)},
                     {"nan", Tensor::scalar(std::nan(""))},
                     {"minus_infinity", Tensor::scalar(-std::numeric_limits<double>::infinity())},
                     {"minus_zero", Tensor::scalar(-0.0)},
                     {"single", Tensor::scalar(0.1f)},
                     {"whole", Tensor::scalar(std::numeric_limits<std::int64_t>::max())},
                     {"truth", Tensor::scalar(true)},
                     {"complex", Tensor::scalar(std::complex<double>(1.5, -2e-300))},
                     {"text", std::string("it's \"quoted\"")}};
  const auto source = std::make_shared<const base::Source>(base::Source{"s.toml", "x"});
  results.verdicts = {{"good", "because", Verdict::State::met, "1", "below 2", "", {source, 4, 2, 3}},
                      {"bad", "", Verdict::State::failed, "3", "below 2", "at [1]", {}},
                      {"none", "", Verdict::State::not_judged, "", "", "", {}}};
  results.files = {{"a.v", "out/a.v.npy", "f64", "2 x 3", "m", "00ff"}};
  return results;
}

}  // namespace

TEST_SUITE("engine/store/results") {
  TEST_CASE("everything is read back as it was written") {
    const test::TemporaryFolder folder;
    const store::Results written = sample();
    REQUIRE(store::write_results(folder / "results.sqlite", written));
    const auto read = store::read_results(folder / "results.sqlite");
    REQUIRE_MESSAGE(read, read.error().message);
    CHECK(read->run == written.run);
    REQUIRE(read->steps.size() == 3);
    CHECK(read->steps[0].state == StepState::done);
    CHECK(read->steps[0].seconds == 0.25);
    CHECK(read->steps[1].error->message == "no; 'luck'");
    CHECK(read->steps[2].because == "b");
    REQUIRE(read->verdicts.size() == 3);
    CHECK(read->verdicts[0].state == Verdict::State::met);
    CHECK(read->verdicts[0].span.line == 4);
    CHECK(read->verdicts[1].detail == "at [1]");
    CHECK(read->verdicts[2].state == Verdict::State::not_judged);
    REQUIRE(read->files.size() == 1);
    CHECK(read->files[0].shape == "2 x 3");
  }

  TEST_CASE("records keep their bits and units") {
    const test::TemporaryFolder folder;
    const store::Results written = sample();
    REQUIRE(store::write_results(folder / "results.sqlite", written));
    const auto read = store::read_results(folder / "results.sqlite");
    REQUIRE(read);
    REQUIRE(read->records.size() == written.records.size());
    for (std::size_t i = 0; i < written.records.size(); ++i) {
      INFO(written.records[i].name);
      CHECK(read->records[i].name == written.records[i].name);
      if (written.records[i].name == "nan") CHECK(std::isnan(std::get<Tensor>(read->records[i].value).number(0)));
      else CHECK(value::same_bits(read->records[i].value, written.records[i].value));
    }
    CHECK(std::get<Tensor>(read->records[0].value).unit().symbol() == "m");
  }

  TEST_CASE("a rewritten database replaces the old one and leaves nothing beside it") {
    const test::TemporaryFolder folder;
    REQUIRE(store::write_results(folder / "results.sqlite", {}));
    REQUIRE(store::write_results(folder / "results.sqlite", sample()));
    CHECK(store::read_results(folder / "results.sqlite")->steps.size() == 3);
    CHECK(std::distance(test::fs::directory_iterator(folder.path()), {}) == 1);
  }

  TEST_CASE("the schema has a version and needs no shared memory") {
    const test::TemporaryFolder folder;
    REQUIRE(store::write_results(folder / "results.sqlite", sample()));
    auto database = store::Database::open(folder / "results.sqlite");
    REQUIRE(database);
    CHECK(store::text_of((*database->query("PRAGMA user_version"))[0][0]) == "1");
    CHECK(store::text_of((*database->query("PRAGMA journal_mode"))[0][0]) == "delete");
    CHECK(store::text_of((*database->query("PRAGMA integrity_check"))[0][0]) == "ok");
  }

  TEST_CASE("what is no database or of another version is a damaged run") {
    const test::TemporaryFolder folder;
    CHECK(store::read_results(folder / "missing").error().code == base::ErrorCode::damaged_run);
    std::ofstream(folder / "text") << std::string(5000, 'x');
    CHECK(store::read_results(folder / "text").error().code == base::ErrorCode::damaged_run);
    auto other = store::Database::create(folder / "other");
    REQUIRE(other);
    REQUIRE(other->query("PRAGMA user_version = 99"));
    CHECK(store::read_results(folder / "other").error().message.find("schema version 99") != std::string::npos);
  }

  TEST_CASE("a folder that is not there cannot be written to") {
    const auto done = store::write_results("/nowhere/at/all/results.sqlite", {});
    REQUIRE_FALSE(done);
    CHECK(done.error().code == base::ErrorCode::cannot_write);
    CHECK(done.error().message.find("No such file or directory") != std::string::npos);
  }
}
