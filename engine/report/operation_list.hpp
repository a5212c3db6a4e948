// Lists of plugins and of operations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/catalog/catalog.hpp"
#include "engine/report/layout.hpp"

namespace orrery::report {

/// One line a plugin: name, version, number of operations, the folder it comes from.
std::string plugins_text(const catalog::Catalog& catalog, const Paint& paint = Paint());
/// One line an operation of one plugin: name and title.
std::string operations_text(const catalog::Catalog& catalog, const std::string& plugin, const Paint& paint = Paint());
/// {"plugins": [{"name", "version", "title", "license", "file", "sha256", "operations": [{"name", "version",
/// "title"}]}]}; only one of them if a name is given.
std::string plugins_json(const catalog::Catalog& catalog, const std::string& only = "");

}  // namespace orrery::report
