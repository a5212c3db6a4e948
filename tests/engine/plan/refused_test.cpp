// Scenarios that must be refused by planning: each file of tests/data/refused/plan has the exact text of its errors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/report/diagnostic.hpp"
#include "tests/engine/plan/test_catalog.hpp"

using namespace orrery;
namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> cases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(ORRERY_TEST_DATA) / "refused/plan"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

base::Errors errors_in(const fs::path& file) {
  auto scenario = scenario::parse(slurp(file), file.filename().string(), file.parent_path());
  REQUIRE_MESSAGE(scenario, report::render(scenario.errors(), false));
  const auto plan = plan::make_plan(std::move(*scenario), test::test_catalog());
  REQUIRE_FALSE(plan);
  return plan.errors();
}

}  // namespace

TEST_SUITE("engine/plan/refused") {
  TEST_CASE("every scenario that cannot be planned is refused with exactly its text") {
    const auto files = cases();
    CHECK(files.size() >= 50);
    for (const fs::path& file : files) {
      CAPTURE(file.filename().string());
      const std::string rendered = report::render(errors_in(file), false);
      const fs::path expected = fs::path(file).replace_extension(".txt");
      // ORRERY_ACCEPT=1 writes what came out, to be read before it is committed.
      if (std::getenv("ORRERY_ACCEPT")) std::ofstream(expected, std::ios::binary) << rendered;
      CHECK(rendered == slurp(expected));
    }
  }

  TEST_CASE("every error of a file that is named after a code has that code unless the file says otherwise") {
    for (const fs::path& file : cases()) {
      CAPTURE(file.filename().string());
      const std::string stem = file.stem().string();
      const std::string code = stem.substr(0, stem.find('-'));
      const bool mixed = slurp(file).find("# and others") != std::string::npos;
      const auto errors = errors_in(file);
      const auto fits = [&](const base::Error& error) { return base::name_of(error.code) == code; };
      CHECK(std::any_of(errors.begin(), errors.end(), fits));
      CHECK((mixed || std::all_of(errors.begin(), errors.end(), fits)));
    }
  }
}
