// The program behind main: from the command line to a verb.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/program.hpp"

#include <algorithm>
#include <cstring>
#include <exception>

#include "engine/cli/command_line.hpp"
#include "engine/cli/signals.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/host/scan.hpp"

namespace orrery::cli {
namespace {

struct Verb {
  std::string_view name;
  int (*run)(const Session&);
};

constexpr Verb verbs[] = {
    {"run", run_verb},       {"check", check_verb},     {"plan", plan_verb},
    {"eval", eval_verb},     {"ls", ls_verb},           {"describe", describe_verb},
    {"show", show_verb},     {"explain", explain_verb}, {"completion", completion_verb},
    {"doctor", doctor_verb}, {"__names", names_verb},
};

/// How to answer when the command line itself could not be understood.
Session bare_session(int argc, const char* const* argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const bool format = std::strcmp(argv[i], "--format") == 0 && i + 1 < argc && std::strcmp(argv[i + 1], "json") == 0;
    if (format || std::strcmp(argv[i], "--format=json") == 0) arguments.json = true;
  }
  return Session(std::move(arguments));
}

int do_verb(int argc, const char* const* argv) {
  auto parsed = parse_command_line(argc, argv);
  if (!parsed) return bare_session(argc, argv).refuse(parsed.errors(), exit_code::usage);
  if (const auto* answer = std::get_if<Answer>(&*parsed)) return Session({}).print(answer->text);
  const Session session(std::get<Arguments>(std::move(*parsed)));
  const auto verb = std::find_if(std::begin(verbs), std::end(verbs),
                                 [&](const Verb& one) { return one.name == session.arguments().verb; });
  ORRERY_ASSERT(verb != std::end(verbs));
  return verb->run(session);
}

}  // namespace

int run_program(int argc, const char* const* argv) noexcept {
  ignore_closed_pipes();
  try {
    if (argc == 3 && std::strcmp(argv[1], host::scan_verb) == 0) return host::scan_main(argv[2], host::scan_descriptor);
    return do_verb(argc, argv);
  } catch (const std::bad_alloc&) {
    write_all(2, "error[out_of_memory]: there was not enough memory\n");
    return exit_code::step_failed;
  } catch (const std::exception& fault) {
    write_all(2, std::string("error[internal]: a defect of orrery: ") + fault.what() + "\n");
  } catch (...) {
    write_all(2, "error[internal]: a defect of orrery: an exception of an unknown kind\n");
  }
  return exit_code::internal;
}

}  // namespace orrery::cli
