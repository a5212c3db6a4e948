// What a command line says, as plain data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/scenario.hpp"

namespace orrery::cli {

enum class ColorWish { automatic, always, never };

struct Arguments {
  std::string verb;
  std::vector<std::string> command_line;  ///< as typed

  bool json = false;
  ColorWish color = ColorWish::automatic;
  bool quiet = false;
  int verbose = 0;
  std::vector<std::filesystem::path> plugin_folders, data_folders;

  std::string file;  ///< run, check, plan
  std::vector<scenario::Setting> settings;
  std::optional<std::string> profile;
  std::optional<std::filesystem::path> out;
  std::uint32_t jobs = 0;
  bool dot = false;
  std::vector<std::string> targets, feeds;  ///< eval: what is asked for, and what is replaced

  std::string name;   ///< ls: a plugin; describe: an operation; explain: a code; show: a run; completion: a shell
  std::string value;  ///< show: a value of the run
};

/// What the program knows about itself for completion: taken from the definitions that also parse.
struct OptionFacts {
  std::vector<std::string> names;  ///< "--jobs", "-j"
  std::string takes;               ///< "N", "FILE", "text|json"; empty for a flag
};
struct VerbFacts {
  std::string name, summary;
  std::vector<OptionFacts> options;
  std::vector<std::string> positionals;  ///< "FILE", "OPERATION", ...
};
struct CommandFacts {
  std::vector<OptionFacts> options;  ///< of every verb
  std::vector<VerbFacts> verbs;
};

}  // namespace orrery::cli
