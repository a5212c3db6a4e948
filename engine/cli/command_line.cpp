// The definition of every verb and option; the only file that includes CLI11.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/command_line.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "engine/base/text.hpp"
#include "engine/cli/version.hpp"

namespace orrery::cli {
namespace {

using base::Error;
using base::ErrorCode;

/// The texts as CLI11 delivers them, before they are understood.
struct Raw {
  Arguments arguments;
  std::string format = "text", color = "auto", profile, out;
  std::vector<std::string> settings, plugin_folders, data_folders;
};

/// A shell variable that is not set must not become "without this option".
std::string not_empty(const std::string& given) { return given.empty() ? "it is empty" : ""; }

CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& into, std::vector<std::string> choices,
                        const std::string& doc) {
  const auto check = [choices](const std::string& given) -> std::string {
    if (std::find(choices.begin(), choices.end(), given) != choices.end()) return "";
    const auto near = base::nearest(given, choices);
    return "'" + base::printable(given) + "' is none of " + base::join(choices) +
           (near ? "; did you mean '" + *near + "'?" : "");
  };
  return app.add_option(names, into, doc)->check(check, "")->type_name(base::join(choices, "|"));
}

/// An option that may be given several times, with one value each time.
void add_repeated(CLI::App& app, const std::string& name, std::vector<std::string>& into, const char* takes,
                  const std::string& doc) {
  app.add_option(name, into, doc)->allow_extra_args(false)->type_name(takes);
}

void add_positional(CLI::App& app, const char* name, std::string& into, bool required, const std::string& doc) {
  app.add_option(name, into, doc)->required(required)->type_name("");
}

void add_global_options(CLI::App& app, Raw& raw) {
  add_choice(app, "--format", raw.format, {"text", "json"}, "The form of what is printed");
  add_choice(app, "--color", raw.color, {"auto", "always", "never"}, "Colour; auto asks the terminal and NO_COLOR");
  add_repeated(app, "--plugin-path", raw.plugin_folders, "DIR", "A folder with plugins; may be repeated");
  add_repeated(app, "--data", raw.data_folders, "DIR", "A folder that scenarios may read from; may be repeated");
  app.add_flag("-q,--quiet", raw.arguments.quiet, "Errors only: no progress, no warnings, no hints");
  app.add_flag("-v,--verbose", raw.arguments.verbose, "Say more: plugins' notes; twice: everything");
}

void add_scenario_options(CLI::App& verb, Raw& raw) {
  add_positional(verb, "FILE", raw.arguments.file, true, "The scenario; - reads standard input");
  add_repeated(verb, "--set", raw.settings, "PATH=VALUE", "Set a value, such as samples=64 or step.orbits.reach=5");
  verb.add_option("--profile", raw.profile, "Apply [profile.NAME.override]")->type_name("NAME")->check(not_empty, "");
}

void add_jobs(CLI::App& verb, Raw& raw) {
  verb.add_option("-j,--jobs", raw.arguments.jobs, "Threads; without it one for each core")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u), "");
}

struct Examples {
  std::string_view verb, lines;
};

constexpr Examples verb_examples[] = {
    {"run",
     "  orrery run scenarios/hodograph.toml\n"
     "  orrery run scenarios/hodograph.toml --set samples=64 --set step.radius.axis=-1\n"
     "  orrery run scenarios/hodograph.toml --out hodograph -j 1\n"},
    {"check",
     "  orrery check scenarios/hodograph.toml\n"
     "  orrery check scenarios/hodograph.toml --set samples=64\n"
     "  orrery check - < scenarios/hodograph.toml\n"},
    {"plan",
     "  orrery plan scenarios/hodograph.toml\n"
     "  orrery plan scenarios/hodograph.toml --dot | dot -Tsvg > hodograph.svg\n"},
    {"eval",
     "  orrery eval scenarios/hodograph.toml @orbits.velocity\n"
     "  orrery eval scenarios/hodograph.toml '= max(@circle.radius)' --set samples=64\n"
     "  orrery eval fit.toml fit/residual/iterations --feed @orbit.position=file:measured.npy\n"},
    {"ls", "  orrery ls\n  orrery ls orbital\n"},
    {"describe", "  orrery describe orbital.propagate\n"},
    {"show",
     "  orrery show latest\n"
     "  orrery show hodograph/latest~1 worst_circle\n"
     "  orrery show latest '@circle.radius[0:2]'\n"},
    {"explain", "  orrery explain wrong_wire\n  orrery explain\n"},
    {"completion", "  eval \"$(orrery completion bash)\"\n"},
    {"doctor", "  orrery doctor\n"},
};

/// Beneath the options of a verb, its own examples.
std::string footer_of(std::string_view verb) {
  for (const Examples& examples : verb_examples)
    if (examples.verb == verb) return "examples:\n" + std::string(examples.lines);
  return "";
}

CLI::App& add_verb(CLI::App& app, const std::string& name, const std::string& doc) {
  CLI::App& verb = *app.add_subcommand(name, doc);
  verb.footer(footer_of(name));
  verb.allow_extras();
  verb.group("Verbs");
  return verb;
}

void add_scenario_verbs(CLI::App& app, Raw& raw) {
  CLI::App& run = add_verb(app, "run", "Run a scenario and judge its expectations");
  add_scenario_options(run, raw);
  run.add_option("--out", raw.out, "The run's directory; without it runs/NAME/<time>-<id>")
      ->type_name("DIR")
      ->check(not_empty, "");
  add_jobs(run, raw);
  add_scenario_options(add_verb(app, "check", "Check a scenario; run nothing"), raw);
  CLI::App& plan = add_verb(app, "plan", "Show what a scenario would do, step by step");
  add_scenario_options(plan, raw);
  plan.add_flag("--dot", raw.arguments.dot, "The graph in Graphviz's language");
  CLI::App& eval = add_verb(app, "eval", "Compute values of a scenario from what they need, and nothing else");
  add_scenario_options(eval, raw);
  eval.add_option("VALUE", raw.arguments.targets, "@STEP.OUTPUT, = EXPRESSION, or the path of a tap; one or more")
      ->required()
      ->type_name("");
  add_repeated(eval, "--feed", raw.arguments.feeds, "@STEP.OUTPUT=VALUE",
               "What to take for a value instead of making it");
  add_jobs(eval, raw);
}

void add_other_verbs(CLI::App& app, Raw& raw) {
  std::string& name = raw.arguments.name;
  add_positional(add_verb(app, "ls", "List plugins, or the operations of one"), "PLUGIN", name, false, "A plugin");
  add_positional(add_verb(app, "describe", "Show an operation with an example"), "OPERATION", name, true,
                 "Such as orbital.propagate");
  CLI::App& show = add_verb(app, "show", "Show a stored run, or a value of it");
  add_positional(show, "RUN", name, true, "NAME, NAME/latest, NAME/latest~1, latest, or a path");
  add_positional(show, "VALUE", raw.arguments.value, false, "A record, or a saved value such as @orbit.velocity[0:2]");
  add_positional(add_verb(app, "explain", "Explain an error code"), "CODE", name, false, "Without it all are listed");
  add_positional(add_verb(app, "completion", "Print a completion script"), "SHELL", name, true, "bash");
  add_verb(app, "doctor", "Show what the program found on this machine");
  CLI::App& names = add_verb(app, "__names", "Names for completion");
  add_positional(names, "KIND", name, true, "operations, plugins, codes or runs");
  names.group("");
}

constexpr const char* footer = R"(examples:
  orrery check scenarios/hodograph.toml
  orrery run scenarios/hodograph.toml --set samples=64
  orrery describe orbital.propagate
  orrery show latest

exit codes: 0 done, 1 an expectation failed, 2 wrong command line, 3 the scenario is not valid, 4 a step failed,
  70 a defect of the program, 130 interrupted, 143 told to end

ORRERY_PLUGIN_PATH holds more folders of plugins, separated by colons.)";

std::unique_ptr<CLI::App> make_app(Raw& raw) {
  auto app = std::make_unique<CLI::App>("Orrery runs machines of plugins that a scenario describes.", "orrery");
  app->set_help_flag("-h,--help", "Print this and exit");
  app->set_version_flag("--version", version_text(), "Print the version and exit");
  app->allow_extras();
  app->fallthrough();
  app->require_subcommand(0, 1);
  app->footer(footer);
  app->get_formatter()->column_width(34);
  app->get_formatter()->label("SUBCOMMAND", "VERB");
  add_global_options(*app, raw);
  add_scenario_verbs(*app, raw);
  add_other_verbs(*app, raw);
  return app;
}

std::string verb_of(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? "" : chosen.front()->get_name();
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!verb->get_group().empty()) names.push_back(verb->get_name());
  }
  return names;
}

void collect_option_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
}

Error unknown_verb(const CLI::App& app, const std::string& given) {
  Error error(ErrorCode::usage, "there is no verb '" + base::printable(given) + "'");
  const std::vector<std::string> names = verb_names(app);
  if (given == "help") return std::move(error).help("did you mean 'orrery --help'?");
  if (const auto near = base::nearest(given, names)) return std::move(error).help("did you mean '" + *near + "'?");
  return std::move(error).note("verbs: " + base::join(names)).help("to run a scenario: orrery run FILE");
}

Error unknown_argument(const CLI::App& app, const std::string& given) {
  const auto chosen = app.get_subcommands();
  const std::string whose = chosen.empty() ? "orrery" : "orrery " + chosen.front()->get_name();
  if (!given.starts_with('-')) {
    return Error(ErrorCode::usage, "'" + base::printable(given) + "' is one argument too many for " + whose)
        .help(whose + " --help");
  }
  std::vector<std::string> names;
  collect_option_names(app, names);
  if (!chosen.empty()) collect_option_names(*chosen.front(), names);
  const std::string name = given.substr(0, given.find('='));
  Error error(ErrorCode::usage, whose + " has no option '" + base::printable(name) + "'");
  if (const auto near = base::nearest(name, names)) return std::move(error).help("did you mean '" + *near + "'?");
  return std::move(error).help(whose + " --help");
}

/// The first thing that no definition took: it explains more than what then was missing.
std::optional<Error> leftover(const CLI::App& app) {
  const std::vector<std::string> rest = app.remaining(true);
  if (rest.empty()) return std::nullopt;
  const auto option = std::find_if(rest.begin(), rest.end(), [](const auto& text) { return text.starts_with('-'); });
  if (verb_of(app).empty() && !rest.front().starts_with('-')) return unknown_verb(app, rest.front());
  return unknown_argument(app, option == rest.end() ? rest.front() : *option);
}

Error usage_error(const CLI::App& app, const CLI::ParseError& fault) {
  if (auto error = leftover(app)) return *std::move(error);
  const std::string verb = verb_of(app);
  std::string message = base::printable(fault.what());
  if (dynamic_cast<const CLI::RequiredError*>(&fault)) {
    message = "orrery " + verb + " needs " + message.substr(0, message.find(' '));
  }
  return Error(ErrorCode::usage, message).help(verb.empty() ? "orrery --help" : "orrery " + verb + " --help");
}

base::Result<std::vector<scenario::Setting>> parse_settings(const std::vector<std::string>& texts) {
  std::vector<scenario::Setting> settings;
  base::Errors errors;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
      errors.push_back(Error(ErrorCode::usage, "--set wants PATH=VALUE; it is '" + base::printable(text) + "'")
                           .help("such as --set samples=64"));
    } else {
      settings.push_back({text.substr(0, sign), text.substr(sign + 1)});
    }
  }
  if (!errors.empty()) return errors;
  return settings;
}

base::Result<std::variant<Arguments, Answer>> understood(Raw raw, const CLI::App& app) {
  Arguments& arguments = raw.arguments;
  arguments.verb = verb_of(app);
  arguments.json = raw.format == "json";
  arguments.color = raw.color == "always"  ? ColorWish::always
                    : raw.color == "never" ? ColorWish::never
                                           : ColorWish::automatic;
  arguments.plugin_folders.assign(raw.plugin_folders.begin(), raw.plugin_folders.end());
  arguments.data_folders.assign(raw.data_folders.begin(), raw.data_folders.end());
  if (!raw.profile.empty()) arguments.profile = raw.profile;
  if (!raw.out.empty()) arguments.out = raw.out;
  auto settings = parse_settings(raw.settings);
  if (!settings) return std::move(settings).errors();
  arguments.settings = std::move(*settings);
  return std::variant<Arguments, Answer>(std::move(arguments));
}

std::vector<OptionFacts> option_facts(const CLI::App& app) {
  std::vector<OptionFacts> facts;
  for (const CLI::Option* option : app.get_options([](const CLI::Option* o) { return o->nonpositional(); })) {
    OptionFacts one;
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    if (option->get_type_size_max() > 0 && option->get_items_expected_max() > 0) one.takes = option->get_type_name();
    facts.push_back(std::move(one));
  }
  return facts;
}

}  // namespace

base::Result<std::variant<Arguments, Answer>> parse_command_line(int argc, const char* const* argv) {
  Raw raw;
  raw.arguments.command_line.assign(argv, argv + argc);
  const auto app = make_app(raw);
  try {
    app->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return std::variant<Arguments, Answer>(Answer{app->help()});
  } catch (const CLI::CallForVersion&) {
    return std::variant<Arguments, Answer>(Answer{version_text() + "\n"});
  } catch (const CLI::ParseError& fault) {
    return usage_error(*app, fault);
  }
  if (auto error = leftover(*app)) return *std::move(error);
  if (verb_of(*app).empty()) {
    return Error(ErrorCode::usage, "orrery needs a verb: " + base::join(verb_names(*app))).help("orrery --help");
  }
  return understood(std::move(raw), *app);
}

CommandFacts command_facts() {
  Raw raw;
  const auto app = make_app(raw);
  CommandFacts facts{option_facts(*app), {}};
  for (const CLI::App* verb : app->get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); })) {
    VerbFacts one{verb->get_name(), verb->get_description(), option_facts(*verb), {}};
    for (const CLI::Option* option : verb->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      one.positionals.push_back(option->get_single_name());
    }
    facts.verbs.push_back(std::move(one));
  }
  return facts;
}

}  // namespace orrery::cli
