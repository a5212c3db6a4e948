// All operations that a scenario may use, by name.
// SPDX-License-Identifier: Apache-2.0
#include "engine/catalog/catalog.hpp"

#include "engine/base/text.hpp"

namespace orrery::catalog {

base::Result<base::Done> Catalog::add(std::shared_ptr<const PluginFacts> plugin,
                                      std::vector<std::unique_ptr<Operation>> operations) {
  const auto [place, is_new] = plugins_.try_emplace(plugin->name, plugin);
  if (!is_new) {
    const std::string& file = place->second->file;
    return base::Error(base::ErrorCode::plugin_duplicate, "plugin '" + plugin->name + "' is already loaded" +
                                                              (file.empty() ? "" : " from " + base::printable(file)));
  }
  for (std::unique_ptr<Operation>& operation : operations) {
    std::string name = operation->facts().name;
    operations_.emplace(std::move(name), std::move(operation));
  }
  return base::Done{};
}

const Operation* Catalog::find(std::string_view name) const {
  const auto found = operations_.find(name);
  return found == operations_.end() ? nullptr : found->second.get();
}

std::vector<std::string> Catalog::names() const {
  std::vector<std::string> names;
  for (const auto& [name, operation] : operations_) names.push_back(name);
  return names;
}

std::vector<const Operation*> Catalog::operations() const {
  std::vector<const Operation*> all;
  for (const auto& [name, operation] : operations_) all.push_back(operation.get());
  return all;
}

std::vector<std::shared_ptr<const PluginFacts>> Catalog::plugins() const {
  std::vector<std::shared_ptr<const PluginFacts>> all;
  for (const auto& [name, plugin] : plugins_) all.push_back(plugin);
  return all;
}

}  // namespace orrery::catalog
