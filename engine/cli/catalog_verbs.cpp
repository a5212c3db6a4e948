// orrery ls and orrery describe: what the loaded plugins offer.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/cli/plugins.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/report/describe.hpp"
#include "engine/report/operation_list.hpp"

namespace orrery::cli {
namespace {

using base::Error;
using base::ErrorCode;

std::vector<std::string> plugin_names(const catalog::Catalog& catalog) {
  std::vector<std::string> names;
  for (const auto& plugin : catalog.plugins()) names.push_back(plugin->name);
  return names;
}

Error unknown_plugin(const std::string& name, const std::vector<std::string>& names) {
  Error error(ErrorCode::plugin_not_found, "no plugin '" + base::printable(name) + "' is loaded");
  if (const auto near = base::nearest(name, names)) error.helps.push_back("did you mean '" + *near + "'?");
  return std::move(error).note("plugins: " + base::join(names));
}

base::Errors unknown_operation(const std::string& name, const Plugins& plugins) {
  const std::vector<std::string> names = plugins.catalog.names();
  base::Errors errors{Error(ErrorCode::unknown_operation, "no loaded plugin offers '" + base::printable(name) + "'")};
  if (const auto near = base::nearest(name, names)) errors[0].helps.push_back("did you mean '" + *near + "'?");
  else errors[0].helps.push_back("orrery ls lists the plugins, orrery ls PLUGIN the operations of one");
  explain_unknown(errors, plugins.refused);
  return errors;
}

int list_plugins(const Session& session, const Plugins& plugins) {
  if (session.arguments().json) return session.print(report::plugins_json(plugins.catalog));
  if (plugins.catalog.plugins().empty()) {
    session.say("no plugins are loaded; orrery doctor shows where they are looked for");
    return exit_code::done;
  }
  const int code = session.print(report::plugins_text(plugins.catalog, session.paint()));
  session.suggest("orrery ls " + plugins.catalog.plugins().front()->name);
  return code;
}

int list_operations(const Session& session, const Plugins& plugins, const std::string& name) {
  const std::vector<std::string> names = plugin_names(plugins.catalog);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return session.refuse({unknown_plugin(name, names)}, exit_code::usage);
  }
  if (session.arguments().json) return session.print(report::plugins_json(plugins.catalog, name));
  const int code = session.print(report::operations_text(plugins.catalog, name, session.paint()));
  for (const std::string& operation : plugins.catalog.names()) {
    if (!operation.starts_with(name + ".")) continue;
    session.suggest("orrery describe " + operation);
    break;
  }
  return code;
}

}  // namespace

int ls_verb(const Session& session) {
  const Plugins plugins = load_plugins(session);
  const std::string& name = session.arguments().name;
  return name.empty() ? list_plugins(session, plugins) : list_operations(session, plugins, name);
}

int describe_verb(const Session& session) {
  const Plugins plugins = load_plugins(session);
  const std::string& name = session.arguments().name;
  const catalog::Operation* const operation = plugins.catalog.find(name);
  if (!operation) return session.refuse(unknown_operation(name, plugins), exit_code::usage);
  return session.print(session.arguments().json ? report::describe_json(operation->facts())
                                                : report::describe_text(operation->facts(), session.paint()));
}

}  // namespace orrery::cli
