// The life of a run directory: whole at every moment, and read back afterwards.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "engine/store/json.hpp"
#include "engine/store/store.hpp"
#include "engine/value/npy.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;
using base::ErrorCode;
using store::Json;
using test::fs::path;

namespace {

const store::Provenance provenance{"9.9.9", "test build", {"orrery", "run", "small.toml"}, {test::Double::plugin()}, 2};

std::unique_ptr<store::RunDirectory> created(const plan::Plan& plan, const store::RunDirectory::Options& options) {
  auto directory = store::RunDirectory::create(plan, provenance, options);
  REQUIRE_MESSAGE(directory, directory.error().message);
  return std::move(*directory);
}

run::RunResult executed(const plan::Plan& plan, store::RunDirectory& directory) {
  run::RunOptions options;
  options.jobs = 1;
  options.listener = &directory;
  return run::execute(plan, options);
}

/// One whole run below a root.
path done_run(const path& root, const std::string& text = test::small_scenario) {
  const plan::Plan plan = test::plan_of(text);
  const auto directory = created(plan, {root, {}});
  const run::RunResult result = executed(plan, *directory);
  const auto finished = directory->finish(result, 1);
  REQUIRE(finished);
  return directory->path();
}

Json manifest_of(const path& run) { return Json::parse(test::content_of(run / "manifest.json")); }

std::set<std::string> names_in(const path& folder) {
  std::set<std::string> names;
  for (const auto& entry : test::fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

}  // namespace

TEST_SUITE("engine/store/run_directory") {
  TEST_CASE("a directory that was only created says that it is running and can be opened") {
    const test::TemporaryFolder folder;
    const plan::Plan plan = test::plan_of();
    const auto directory = created(plan, {folder / "runs", {}});
    CHECK(directory->path().parent_path() == folder / "runs/small");
    CHECK(names_in(directory->path()) ==
          std::set<std::string>{"log.jsonl", "manifest.json", "results.sqlite", "scenario.toml"});
    CHECK(manifest_of(directory->path())["state"] == "running");
    CHECK(manifest_of(directory->path())["exit_code"].is_null());
    const auto run = store::open_run("small", folder / "runs");
    REQUIRE(run);
    CHECK(run->state == "running");
    REQUIRE(run->steps.size() == 2);
    CHECK(run->steps[0].state == run::StepState::waiting);
    CHECK_FALSE(test::fs::exists(folder / "runs/small/latest"));
  }

  TEST_CASE("a finished run tells what happened") {
    const test::TemporaryFolder folder;
    const path made = done_run(folder / "runs");
    const auto run = store::open_run("latest", folder / "runs");
    REQUIRE_MESSAGE(run, run.error().message);
    CHECK(run->path == made);
    CHECK(run->name == "small");
    CHECK(run->state == "done");
    CHECK(run->exit_code == 1);
    CHECK(value::preview(run->records.at(0).value) == "8 m");
    REQUIRE(run->verdicts.size() == 2);
    CHECK(run->verdicts[0].state == run::Verdict::State::met);
    CHECK(run->verdicts[1].state == run::Verdict::State::failed);
    CHECK(run->saved == std::vector<std::string>{"second.y"});
    const auto saved = store::load_saved(*run, "second.y");
    REQUIRE(saved);
    CHECK(value::preview(*saved) == "8 m");
  }

  TEST_CASE("the manifest holds the provenance") {
    const test::TemporaryFolder folder;
    const path run = done_run(folder / "runs");
    const Json manifest = manifest_of(run);
    CHECK(manifest["state"] == "done");
    CHECK(manifest["engine"]["version"] == "9.9.9");
    CHECK(manifest["command_line"] == Json({"orrery", "run", "small.toml"}));
    CHECK(manifest["plugins"][0]["sha256"] == "ab12");
    CHECK(manifest["plugins"][0]["license"] == "Apache-2.0");
    CHECK(manifest["seed"] == 7);
    CHECK(manifest["steps"][1]["version"] == "1.2.3");
    CHECK(manifest["expectations"] == Json({{"met", 1}, {"of", 2}}));
    CHECK(manifest["results"][0]["file"] == "out/second.y.npy");
    CHECK(manifest["results"][0]["unit"] == "m");
    CHECK(manifest["results"][0]["sha256"].get<std::string>().size() == 64);
    CHECK(manifest["scenario"]["merged_sha256"].get<std::string>().size() == 64);
    CHECK(manifest["float_environment"] == "round to nearest");
    CHECK(manifest["started"] <= manifest["ended"]);
  }

  TEST_CASE("the stored scenario runs again to the same values") {
    const test::TemporaryFolder folder;
    const path first = done_run(folder / "runs");
    const path second = done_run(folder / "runs", test::content_of(first / "scenario.toml"));
    CHECK(test::content_of(first / "out/second.y.npy") == test::content_of(second / "out/second.y.npy"));
  }

  TEST_CASE("the log holds steps and the plugin's lines") {
    const test::TemporaryFolder folder;
    const std::string log = test::content_of(done_run(folder / "runs") / "log.jsonl");
    CHECK(log.find("\"event\":\"step_started\",\"step\":\"first\"") != std::string::npos);
    CHECK(log.find("\"text\":\"doubling\"") != std::string::npos);
    CHECK(log.find("\"text\":\"... 2 more\"") != std::string::npos);
    CHECK(log.find("\"event\":\"run_finished\",\"text\":\"done\"") != std::string::npos);
  }

  TEST_CASE("a failed step is told with its reason") {
    const test::TemporaryFolder folder;
    std::string text = test::small_scenario;
    text.replace(text.find("\"2 m\""), 5, "\"-2 m\"");
    done_run(folder / "runs", text);
    const auto run = store::open_run("small/latest", folder / "runs");
    REQUIRE(run);
    CHECK(run->state == "failed");
    REQUIRE(run->steps.size() == 2);
    INFO(run->steps[0].error->message);
    REQUIRE(run->steps[0].error);
    CHECK(run->steps[0].error->message == "step 'first' failed: x is negative");
    CHECK(run->steps[1].state == run::StepState::not_run);
    CHECK(run->steps[1].because == "first");
    CHECK(run->saved.empty());
  }

  TEST_CASE("runs are found by name and age and id and path") {
    const test::TemporaryFolder folder;
    const path root = folder / "runs";
    const path first = done_run(root), second = done_run(root), third = done_run(root);
    CHECK(store::open_run("small", root)->path == third);
    CHECK(store::open_run("small/latest", root)->path == third);
    CHECK(store::open_run("small/latest~1", root)->path == second);
    CHECK(store::open_run("latest~2", root)->path == first);
    CHECK(store::open_run("small/" + first.filename().string(), root)->path == first);
    CHECK(store::open_run(second.string(), root)->path == second);
    CHECK(test::fs::read_symlink(root / "small/latest") == third.filename());
  }

  TEST_CASE("a run that is not there is an error with the nearest name") {
    const test::TemporaryFolder folder;
    CHECK(store::open_run("small", folder / "runs").error().code == ErrorCode::unknown_run);
    done_run(folder / "runs");
    const auto misspelt = store::open_run("smal", folder / "runs");
    REQUIRE_FALSE(misspelt);
    CHECK(misspelt.error().helps == std::vector<std::string>{"did you mean 'small'?"});
    CHECK(store::open_run("small/latest~1", folder / "runs").error().code == ErrorCode::unknown_run);
    CHECK(store::open_run("", folder / "runs").error().code == ErrorCode::unknown_run);
  }

  TEST_CASE("a run without manifest or with a broken one is damaged") {
    const test::TemporaryFolder folder;
    const path run = done_run(folder / "runs");
    std::ofstream(run / "manifest.json") << "{";
    CHECK(store::open_run("small", folder / "runs").error().code == ErrorCode::damaged_run);
    test::fs::remove(run / "manifest.json");
    CHECK(store::open_run(run.string(), folder / "runs").error().code == ErrorCode::damaged_run);
  }

  TEST_CASE("a saved value that is gone or unknown is an error") {
    const test::TemporaryFolder folder;
    const path made = done_run(folder / "runs");
    const auto run = store::open_run("small", folder / "runs");
    REQUIRE(run);
    CHECK(store::load_saved(*run, "second.x").error().helps.front() == "did you mean 'second.y'?");
    test::fs::remove(made / "out/second.y.npy");
    CHECK_FALSE(store::load_saved(*run, "second.y"));
  }

  TEST_CASE("--out takes a new or an empty folder and nothing else") {
    const test::TemporaryFolder folder;
    const plan::Plan plan = test::plan_of();
    CHECK(created(plan, {"runs", folder / "a/b"})->path() == folder / "a/b");
    test::fs::create_directory(folder / "empty");
    CHECK(created(plan, {"runs", folder / "empty"})->path() == folder / "empty");
    const auto again = store::RunDirectory::create(plan, provenance, {"runs", folder / "empty"});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::usage);
    std::ofstream(folder / "file");
    CHECK(store::RunDirectory::create(plan, provenance, {"runs", folder / "file"}).error().code == ErrorCode::usage);
  }

  TEST_CASE("a folder that cannot be written is an error and leaves nothing behind") {
    const auto made = store::RunDirectory::create(test::plan_of(), provenance, {"/proc/nothing/runs", {}});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::cannot_write);
    CHECK(made.error().message.find("/proc/nothing/runs") != std::string::npos);
  }

  TEST_CASE("a name full of tricks stays in its folder") {
    const test::TemporaryFolder folder;
    std::string text = test::small_scenario;
    const plan::Plan base = test::plan_of(text);
    plan::Plan plan = test::plan_of(text);
    plan.scenario.name = "../../escape";
    const auto directory = created(plan, {folder / "runs", {}});
    CHECK(directory->path().parent_path().parent_path() == folder / "runs");
    CHECK(names_in(folder.path()) == std::set<std::string>{"runs"});
  }

  TEST_CASE("texts and tables are saved in forms of their own") {
    const test::TemporaryFolder folder;
    const plan::Plan plan = test::plan_of();
    const auto directory = created(plan, {folder / "runs", {}});
    run::RunResult result;
    const auto table = std::make_shared<const value::Table>(value::Table{2, {{"who", value::Texts{"a", "b"}}}});
    result.saved = {{"s.text", std::string("two\nlines")}, {"s.table", table}, {"s/table", table}, {"s_table", table}};
    const auto finished = directory->finish(result, 0);
    REQUIRE_MESSAGE(finished, finished.error().message);
    CHECK(names_in(directory->path() / "out") ==
          std::set<std::string>{"s.text.txt", "s.table.csv", "s_table.csv", "s_table-2.csv"});
    const auto run = store::open_run("small", folder / "runs");
    REQUIRE(run);
    CHECK(std::get<std::string>(*store::load_saved(*run, "s.text")) == "two\nlines");
    const auto read = store::load_saved(*run, "s_table");
    REQUIRE(read);
    CHECK(std::get<std::shared_ptr<const value::Table>>(*read)->columns[0].texts() == value::Texts{"a", "b"});
  }
}
