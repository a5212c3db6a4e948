// Looking up an operation's ports by name.
// SPDX-License-Identifier: Apache-2.0
#include "engine/catalog/operation.hpp"

#include <algorithm>

namespace orrery::catalog {
namespace {

std::optional<std::size_t> position_of(const std::vector<Port>& ports, std::string_view name) {
  const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) { return port.name == name; });
  if (found == ports.end()) return std::nullopt;
  return static_cast<std::size_t>(found - ports.begin());
}

}  // namespace

std::optional<std::size_t> OperationFacts::input(std::string_view port) const { return position_of(inputs, port); }
std::optional<std::size_t> OperationFacts::output(std::string_view port) const { return position_of(outputs, port); }

}  // namespace orrery::catalog
