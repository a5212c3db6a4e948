// All operations that a scenario may use, by name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/catalog/operation.hpp"

namespace orrery::catalog {

class Catalog {
 public:
  /// Adds the operations of one plugin. Error: plugin_duplicate, when its name is taken.
  base::Result<base::Done> add(std::shared_ptr<const PluginFacts> plugin,
                               std::vector<std::unique_ptr<Operation>> operations);
  const Operation* find(std::string_view name) const;
  std::vector<std::string> names() const;
  std::vector<const Operation*> operations() const;                 ///< sorted by name
  std::vector<std::shared_ptr<const PluginFacts>> plugins() const;  ///< sorted by name

 private:
  std::map<std::string, std::unique_ptr<Operation>, std::less<>> operations_;
  std::map<std::string, std::shared_ptr<const PluginFacts>, std::less<>> plugins_;
};

}  // namespace orrery::catalog
