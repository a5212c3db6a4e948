// orrery completion: a script for bash, made from the definitions that parse the command line.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "engine/base/text.hpp"
#include "engine/cli/command_line.hpp"
#include "engine/cli/plugins.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/report/explain.hpp"
#include "engine/report/operation_list.hpp"

namespace orrery::cli {
namespace {

constexpr const char* script_begin = R"bash(# bash completion for orrery; to use it: eval "$(orrery completion bash)"
_orrery_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
_orrery_files() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen "$@" -- "$current"); }
_orrery() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" verb="" word i
  COMPREPLY=()
  # bash makes three words of --format=json.
  if [[ $current == "=" ]]; then current=""
  elif [[ $previous == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi
)bash";

constexpr const char* script_end = R"bash(}
complete -F _orrery orrery
)bash";

std::string all_names(const std::vector<OptionFacts>& options) {
  std::string names;
  for (const OptionFacts& option : options) names += (names.empty() ? "" : " ") + base::join(option.names, " ");
  return names;
}

/// What completes the word after an option, or a positional of this name.
std::string action_for(const std::string& takes) {
  if (takes.find('|') != std::string::npos) {
    std::string words = takes;
    std::replace(words.begin(), words.end(), '|', ' ');
    return "_orrery_words \"" + words + "\"";
  }
  if (takes == "FILE") return "_orrery_files -f -X '!*.toml'; [[ ${#COMPREPLY[@]} -gt 0 ]] || _orrery_files -f";
  if (takes == "DIR") return "_orrery_files -d";
  for (const auto& [word, kind] :
       {std::pair{"OPERATION", "operations"}, {"PLUGIN", "plugins"}, {"CODE", "codes"}, {"RUN", "runs"}}) {
    if (takes == word) return std::string("_orrery_words \"$(orrery __names ") + kind + " 2>/dev/null)\"";
  }
  return takes == "SHELL" ? "_orrery_words bash" : "return";
}

std::string option_cases(const std::vector<OptionFacts>& options) {
  std::string cases;
  for (const OptionFacts& option : options) {
    if (!option.takes.empty())
      cases += "    " + base::join(option.names, "|") + ") " + action_for(option.takes) + "; return;;\n";
  }
  return cases;
}

std::string verb_case(const VerbFacts& verb, const std::string& globals) {
  std::string text = "    " + verb.name + ")\n";
  if (const std::string cases = option_cases(verb.options); !cases.empty()) {
    text += "    case \"$previous\" in\n" + cases + "    esac\n";
  }
  const std::string words = all_names(verb.options) + " " + globals;
  text += "    if [[ $current == -* ]]; then _orrery_words \"" + words + "\"\n    else ";
  return text + (verb.positionals.empty() ? "return" : action_for(verb.positionals.front())) + "\n    fi;;\n";
}

std::string verb_search(const CommandFacts& facts) {
  std::string names;
  for (const VerbFacts& verb : facts.verbs) names += (names.empty() ? "" : "|") + verb.name;
  return "  for ((i = 1; i < COMP_CWORD; ++i)); do\n    word=\"${COMP_WORDS[i]}\"\n    case \"$word\" in " + names +
         ") verb=\"$word\"; break;; esac\n  done\n";
}

std::string bash_script() {
  const CommandFacts facts = command_facts();
  const std::string globals = all_names(facts.options);
  std::string verbs;
  for (const VerbFacts& verb : facts.verbs) verbs += verb.name + " ";
  std::string text = script_begin + verb_search(facts) + "  case \"$previous\" in\n" + option_cases(facts.options) +
                     "  esac\n  case \"$verb\" in\n    \"\") _orrery_words \"" + verbs + globals + "\";;\n";
  for (const VerbFacts& verb : facts.verbs) text += verb_case(verb, globals);
  return text + "  esac\n" + script_end;
}

/// The names in runs/, and those of their runs behind a slash.
std::vector<std::string> run_names() {
  namespace fs = std::filesystem;
  std::vector<std::string> names{"latest"};
  std::error_code ignored;
  for (const auto& name : fs::directory_iterator("runs", ignored)) {
    names.push_back(name.path().filename().string());
    for (const auto& run : fs::directory_iterator(name.path(), ignored)) {
      names.push_back(names.back().substr(0, names.back().find('/')) + "/" + run.path().filename().string());
    }
  }
  return names;
}

}  // namespace

int completion_verb(const Session& session) {
  if (session.arguments().name == "bash") return session.print(bash_script());
  base::Error error(base::ErrorCode::usage,
                    "there is no completion for '" + base::printable(session.arguments().name) + "'");
  return session.refuse({std::move(error).note("shells: bash")}, exit_code::usage);
}

int names_verb(const Session& session) {
  const std::string& kind = session.arguments().name;
  std::vector<std::string> names;
  if (kind == "codes") names = report::code_names();
  if (kind == "runs") names = run_names();
  if (kind == "operations" || kind == "plugins") {
    const Plugins plugins = load_plugins_silently(session.arguments());
    if (kind == "operations") names = plugins.catalog.names();
    else
      for (const auto& plugin : plugins.catalog.plugins()) names.push_back(plugin->name);
  }
  return session.print(names.empty() ? "" : base::join(names, "\n") + "\n");
}

}  // namespace orrery::cli
