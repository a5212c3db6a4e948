// Includes, overrides, profiles and --set: what wins, and what is no path.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/scenario/scenario.hpp"

using namespace orrery;
using scenario::ReadOptions;
using scenario::Scenario;
namespace fs = std::filesystem;

namespace {

/// A folder with files, gone at the end.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("orrery_merge_test_" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  base::Result<Scenario> read(const std::string& name, const ReadOptions& options = {}) const {
    return scenario::read(path_ / name, options);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

const std::string base_text =
    "orrery = 1\n[scenario]\nname = \"base\"\nseed = 9\n[let]\necc = 0.5\na = \"7000 km\"\n"
    "[step.orbit]\nuse = \"orbital.propagate\"\nsamples = 256\n"
    "[expect.x]\nthat = \"@orbit.a\"\nbelow = 1\n";

double number_of(const scenario::Node* node) {
  REQUIRE(node);
  if (const auto* whole = std::get_if<std::int64_t>(&node->value)) return static_cast<double>(*whole);
  return std::get<double>(node->value);
}

double samples_of(const Scenario& scenario) {
  return number_of(scenario.merged.find("step")->find("orbit")->find("samples"));
}

Scenario with_settings(const std::vector<scenario::Setting>& settings) {
  auto result = scenario::parse(base_text, "base.toml", ".", {settings, {}});
  REQUIRE(result);
  return *std::move(result);
}

}  // namespace

TEST_SUITE("engine/scenario/merge") {
  TEST_CASE("included tables merge and the head is that of the outermost file") {
    const Folder folder;
    folder.write("base.toml", base_text);
    folder.write("sub/more.toml", "include = \"deep.toml\"\n[let]\nmore = 1\n");
    folder.write("sub/deep.toml", "[let]\ndeep = 1\n");
    folder.write("main.toml",
                 "orrery = 1\ninclude = [\"base.toml\", \"sub/more.toml\"]\n[scenario]\nname = \"main\"\n[let]\nz = "
                 "1\n[step.orbit]\nextra = 3\n");
    const auto result = folder.read("main.toml");
    REQUIRE(result);
    CHECK(result->name == "main");
    CHECK(result->seed == 0);
    CHECK(result->files.size() == 4);
    CHECK(result->files.back().filename() == "main.toml");
    std::string names;
    for (const auto& let : result->lets) names += let.name + " ";
    CHECK(names == "ecc a deep more z ");
    REQUIRE(result->steps.size() == 1);
    CHECK(result->steps[0].inputs.size() == 2);
    CHECK(result->lets[2].name_span.source->name == (folder.path() / "sub/deep.toml").string());
  }

  TEST_CASE("a file that is included twice counts once") {
    const Folder folder;
    folder.write("d.toml", "[let]\nd = 1\n");
    folder.write("b.toml", "include = \"d.toml\"\n");
    folder.write("c.toml", "include = [\"d.toml\", \"./d.toml\"]\n");
    folder.write("a.toml", "orrery = 1\ninclude = [\"b.toml\", \"c.toml\"]\n");
    const auto result = folder.read("a.toml");
    REQUIRE(result);
    CHECK(result->lets.size() == 1);
  }

  TEST_CASE("a link that leads out of the folder is refused") {
    const Folder folder;
    folder.write("in/a.toml", "orrery = 1\ninclude = \"link.toml\"\n");
    folder.write("secret.toml", "[let]\nx = 1\n");
    fs::create_symlink(folder.path() / "secret.toml", folder.path() / "in/link.toml");
    const auto result = folder.read("in/a.toml");
    REQUIRE_FALSE(result);
    CHECK(result.error().code == base::ErrorCode::file_outside);
  }

  TEST_CASE("more than 64 files are refused") {
    const Folder folder;
    std::string list;
    for (int i = 0; i < 70; ++i) {
      folder.write("f" + std::to_string(i) + ".toml", "");
      list += "\"f" + std::to_string(i) + ".toml\",";
    }
    folder.write("a.toml", "orrery = 1\ninclude = [" + list + "]\n");
    const auto result = folder.read("a.toml");
    REQUIRE_FALSE(result);
    CHECK(result.error().code == base::ErrorCode::too_large);
  }

  TEST_CASE("override and profile and the command line win in this order") {
    const Folder folder;
    folder.write("base.toml", base_text);
    folder.write(
        "main.toml",
        "orrery = 1\ninclude = [\"base.toml\"]\n[override]\nlet.ecc = 0.6\nstep.orbit.samples = 1\n"
        "step.orbit.span = \"1 h\"\nscenario.seed = 5\nexpect.x.why = \"w\"\n"
        "[profile.quick.override]\nstep.orbit.samples = 2\n[profile.other.override]\nstep.orbit.samples = 7\n");
    const auto plain = folder.read("main.toml");
    REQUIRE(plain);
    CHECK(samples_of(*plain) == 1);
    CHECK(plain->seed == 5);
    CHECK(plain->expectations[0].why == "w");
    CHECK(plain->steps[0].inputs.size() == 2);
    const auto quick = folder.read("main.toml", {{}, "quick"});
    REQUIRE(quick);
    CHECK(samples_of(*quick) == 2);
    const auto set = folder.read("main.toml", {{{"step.orbit.samples", "3"}}, "quick"});
    REQUIRE(set);
    CHECK(samples_of(*set) == 3);
  }

  TEST_CASE("the override of an included file is weaker than that of the file that includes it") {
    const Folder folder;
    folder.write("base.toml", base_text + "[override]\nlet.ecc = 0.1\nstep.orbit.samples = 1\n");
    folder.write("main.toml", "orrery = 1\ninclude = [\"base.toml\"]\n[override]\nlet.ecc = 0.2\n");
    const auto result = folder.read("main.toml");
    REQUIRE(result);
    CHECK(number_of(result->merged.find("let")->find("ecc")) == 0.2);
    CHECK(samples_of(*result) == 1);
  }

  TEST_CASE("--set takes TOML values and plain text and names of let") {
    const Scenario scenario =
        with_settings({{"ecc", "0.9"}, {"a", "7100 km"}, {"step.orbit.samples", "[1, 2]"}, {"scenario.name", "x"}});
    CHECK(number_of(scenario.merged.find("let")->find("ecc")) == 0.9);
    CHECK(scenario.merged.find("let")->find("a")->text() == "7100 km");
    CHECK(scenario.merged.find("step")->find("orbit")->find("samples")->array().size() == 2);
    CHECK(scenario.name == "x");
    CHECK(with_settings({{"a", "\"8000 km\""}}).merged.find("let")->find("a")->text() == "8000 km");
    CHECK(with_settings({{"a", ""}}).merged.find("let")->find("a")->text() == "");
    CHECK(with_settings({{"a", "=ecc*2"}}).lets[1].value.kind == scenario::Term::Kind::expression);
    CHECK(with_settings({{"a", "@orbit.x"}}).lets[1].value.kind == scenario::Term::Kind::reference);
  }

  TEST_CASE("a setting cannot smuggle in other keys") {
    const Scenario scenario = with_settings({{"a", "1\nb = 2"}});
    CHECK(scenario.lets.size() == 2);
    CHECK(scenario.merged.find("let")->find("a")->text() == "1\nb = 2");
  }

  TEST_CASE("places of a setting lie on the command line") {
    const Scenario scenario = with_settings({{"step.orbit.points", "\"@orbt.velocity\""}});
    const auto& input = scenario.steps[0].inputs.back();
    const std::string& line = input.name_span.source->text;
    CHECK(line == "--set step.orbit.points=\"@orbt.velocity\"");
    CHECK(input.name_span.source->name == "<command line>");
    CHECK(input.name_span.column == line.find("step") + 1);
    CHECK(input.value.reference.step_span.column == line.find("orbt") + 1);
    const Scenario plain = with_settings({{"step.orbit.points", "@orbt.velocity"}});
    const auto& span = plain.steps[0].inputs.back().value.reference.step_span;
    CHECK(span.source->text.substr(span.column - 1, span.end_column - span.column) == "orbt");
  }

  TEST_CASE("a path that nobody knows is refused with the nearest one") {
    const auto result =
        scenario::parse(base_text, "base.toml", ".", {{{"step.orbt.samples", "1"}, {"step.orbit.anything", "2"}}, {}});
    REQUIRE_FALSE(result);
    REQUIRE(result.errors().size() == 1);
    CHECK(result.error().code == base::ErrorCode::unknown_setting);
    CHECK(result.error().labels[0].text == "did you mean 'step.orbit.samples'? (now 256, base.toml:10)");
  }
}
