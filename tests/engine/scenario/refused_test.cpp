// Scenarios that must be refused: each file of tests/data/refused/parse has the exact text of its errors beside it.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/report/diagnostic.hpp"
#include "engine/scenario/scenario.hpp"

using namespace orrery;
namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A first line "# orrery: --set a=1 --profile quick" gives the command line.
scenario::ReadOptions options_of(const std::string& text) {
  scenario::ReadOptions options;
  constexpr std::string_view marker = "# orrery: ";
  if (!text.starts_with(marker)) return options;
  std::istringstream words(text.substr(marker.size(), text.find('\n') - marker.size()));
  for (std::string option, word; words >> option >> word;) {
    const std::size_t equals = word.find('=');
    if (option == "--profile") options.profile = word;
    if (option == "--set") options.settings.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
  return options;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(ORRERY_TEST_DATA) / "refused/parse")) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_SUITE("engine/scenario/refused") {
  TEST_CASE("every wrong scenario is refused with exactly its text") {
    const auto files = cases();
    CHECK(files.size() >= 40);
    for (const fs::path& file : files) {
      CAPTURE(file.filename().string());
      const std::string text = slurp(file);
      const auto result = scenario::parse(text, file.filename().string(), file.parent_path(), options_of(text));
      REQUIRE_FALSE(result);
      const std::string rendered = report::render(result.errors(), false);
      const fs::path expected = fs::path(file).replace_extension(".txt");
      // ORRERY_ACCEPT=1 writes what came out, to be read before it is committed.
      if (std::getenv("ORRERY_ACCEPT")) std::ofstream(expected, std::ios::binary) << rendered;
      CHECK(rendered == slurp(expected));
    }
  }

  TEST_CASE("the name of a wrong scenario is the code that it is refused with") {
    for (const fs::path& file : cases()) {
      CAPTURE(file.filename().string());
      const std::string stem = file.stem().string();
      const std::string code = stem.substr(0, stem.find('-'));
      const std::string text = slurp(file);
      const auto result = scenario::parse(text, file.filename().string(), file.parent_path(), options_of(text));
      REQUIRE_FALSE(result);
      CHECK(std::any_of(result.errors().begin(), result.errors().end(),
                        [&](const base::Error& error) { return base::name_of(error.code) == code; }));
    }
  }
}
