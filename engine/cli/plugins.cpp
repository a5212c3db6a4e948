// The plugins that a command works with.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/plugins.hpp"

#include <cstdlib>

#include "engine/base/assert.hpp"
#include "engine/base/log.hpp"
#include "engine/cli/version.hpp"
#include "engine/run/averages.hpp"

namespace orrery::cli {
namespace fs = std::filesystem;
namespace {

void add_listed(std::vector<host::SearchFolder>& folders, const char* list) {
  std::string_view rest = list ? list : "";
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(':'));
    // An empty entry would mean the current folder to some programs; here it means nothing.
    if (!one.empty()) folders.push_back({one, true});
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
}

fs::path user_data_folder() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  if (data && *data == '/') return data;
  const char* const home = std::getenv("HOME");
  return home && *home == '/' ? fs::path(home) / ".local/share" : fs::path();
}

/// "drag" for /somewhere/drag.orrery.so
std::string plugin_name(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find('.'));
}

}  // namespace

fs::path own_executable() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

std::vector<host::SearchFolder> plugin_folders(const Arguments& arguments) {
  std::vector<host::SearchFolder> folders;
  for (const fs::path& folder : arguments.plugin_folders) folders.push_back({folder, true});
  add_listed(folders, std::getenv("ORRERY_PLUGIN_PATH"));
  if (const fs::path data = user_data_folder(); !data.empty()) folders.push_back({data / "orrery/plugins"});
  if (const fs::path own = own_executable(); !own.empty()) {
    folders.push_back({own.parent_path().parent_path() / "lib/orrery/plugins"});
  }
  return folders;
}

Plugins load_plugins_silently(const Arguments& arguments) {
  Plugins plugins;
  const auto added = run::add_engine_operations(plugins.catalog, version());
  ORRERY_ASSERT(added);  // nothing else is there yet
  host::LoadOptions options;
  options.folders = plugin_folders(arguments);
  options.scan_executable = own_executable();
  options.cache = host::default_cache();
  plugins.refused = host::load_all(options, plugins.catalog).refused;
  return plugins;
}

Plugins load_plugins(const Session& session) {
  Plugins plugins = load_plugins_silently(session.arguments());
  for (const host::Refusal& refusal : plugins.refused) {
    base::log_warn("plugin refused: " + refusal.path.string() + ": " + refusal.error.message);
  }
  return plugins;
}

void explain_unknown(base::Errors& errors, const std::vector<host::Refusal>& refused) {
  for (base::Error& error : errors) {
    if (error.code != base::ErrorCode::unknown_operation) continue;
    for (const host::Refusal& refusal : refused) {
      if (error.message.find("'" + plugin_name(refusal.path) + ".") == std::string::npos) continue;
      error.notes.push_back(refusal.path.string() + " was refused: " + refusal.error.message);
    }
  }
}

}  // namespace orrery::cli
