// From nothing to the first step, and checking files, against /bin/true.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/benchmarks/support.hpp"

extern char** environ;

namespace {

/// Runs a program to its end with its output thrown away.
void run_program(std::vector<std::string> arguments) {
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  raw.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  if (posix_spawn(&child, raw[0], &actions, nullptr, raw.data(), environ) != 0) std::exit(1);
  int status = 0;
  waitpid(child, &status, 0);
  posix_spawn_file_actions_destroy(&actions);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "%s %s failed\n", arguments[0].c_str(), arguments.size() > 1 ? arguments[1].c_str() : "");
    std::exit(1);
  }
}

std::string scenario_of(int steps) {
  std::string text = "orrery = 1\n";
  for (int i = 0; i < steps; ++i)
    text += "\n[step.line" + std::to_string(i) + "]\nuse   = \"tensor.linspace\"\nfirst = " + std::to_string(i) +
            "\nlast  = 10\ncount = 5\n";
  return text;
}

}  // namespace

int main() {
  const std::string folder = "/tmp/orrery-bench-" + std::to_string(getpid());
  std::system(("mkdir -p " + folder).c_str());
  std::ofstream(folder + "/one.toml") << scenario_of(1);
  std::ofstream(folder + "/small.toml") << scenario_of(10);
  std::ofstream(folder + "/large.toml") << scenario_of(4000);
  const auto orrery = [&](const std::string& verb, const std::string& file) {
    return bench::best_of(30, [&] { run_program({ORRERY_PROGRAM, verb, folder + "/" + file}); });
  };
  const double nothing = bench::best_of(50, [] { run_program({"/bin/true"}); });
  std::printf("/bin/true                      %6.2f ms\n", nothing * 1e3);
  std::printf("orrery --version               %6.2f ms\n", bench::best_of(30, [] {
                                                             run_program({ORRERY_PROGRAM, "--version"});
                                                           }) * 1e3);
  const double plan = orrery("plan", "one.toml");
  std::printf("up to the first step (plan)    %6.2f ms   %+.2f ms beside /bin/true (goal 5)\n", plan * 1e3,
              (plan - nothing) * 1e3);
  std::printf("check, 60 lines                %6.2f ms   (goal 5)\n", orrery("check", "small.toml") * 1e3);
  std::printf("check, 4,000 steps             %6.2f ms   (goal 100)\n", orrery("check", "large.toml") * 1e3);
  std::system(("rm -r " + folder).c_str());
}
