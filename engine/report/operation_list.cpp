// Lists of plugins and of operations.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/operation_list.hpp"

#include <filesystem>

#include "engine/store/json.hpp"

namespace orrery::report {
namespace {

std::vector<const catalog::Operation*> operations_of(const catalog::Catalog& catalog, const std::string& plugin) {
  std::vector<const catalog::Operation*> operations;
  for (const catalog::Operation* operation : catalog.operations()) {
    if (operation->facts().plugin && operation->facts().plugin->name == plugin) operations.push_back(operation);
  }
  return operations;
}

std::string folder_of(const catalog::PluginFacts& plugin) {
  return plugin.file.empty() ? "the engine itself" : std::filesystem::path(plugin.file).parent_path().string();
}

store::Json plugin_json(const catalog::Catalog& catalog, const catalog::PluginFacts& plugin) {
  store::Json operations = store::Json::array();
  for (const catalog::Operation* operation : operations_of(catalog, plugin.name)) {
    const catalog::OperationFacts& facts = operation->facts();
    operations.push_back({{"name", facts.name}, {"version", facts.version}, {"title", facts.title}});
  }
  return {{"name", plugin.name},
          {"version", plugin.version},
          {"title", plugin.title},
          {"license", plugin.license},
          {"file", plugin.file},
          {"sha256", plugin.sha256},
          {"operations", std::move(operations)}};
}

}  // namespace

std::string plugins_text(const catalog::Catalog& catalog, const Paint& paint) {
  std::vector<Line> lines{{Cell("plugin", Tone::bold), Cell("version", Tone::bold), Cell("operations", Tone::bold),
                           Cell("from", Tone::bold)}};
  for (const auto& plugin : catalog.plugins()) {
    const std::size_t count = operations_of(catalog, plugin->name).size();
    lines.push_back({plugin->name, plugin->version, right(std::to_string(count)), folder_of(*plugin)});
  }
  return columns(lines, paint);
}

std::string operations_text(const catalog::Catalog& catalog, const std::string& plugin, const Paint& paint) {
  std::vector<Line> lines;
  for (const catalog::Operation* operation : operations_of(catalog, plugin)) {
    lines.push_back({operation->facts().name, operation->facts().title});
  }
  return columns(lines, paint);
}

std::string plugins_json(const catalog::Catalog& catalog, const std::string& only) {
  store::Json json = {{"plugins", store::Json::array()}};
  for (const auto& plugin : catalog.plugins()) {
    if (only.empty() || plugin->name == only) json["plugins"].push_back(plugin_json(catalog, *plugin));
  }
  return store::dump(json) + "\n";
}

}  // namespace orrery::report
