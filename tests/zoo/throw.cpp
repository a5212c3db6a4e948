// Throws an exception while it is loaded.
// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include <orrery/abi/plugin.h>

namespace {
const struct Thrower {
  Thrower() { throw std::runtime_error("no configuration file"); }
} thrower;
}  // namespace

extern "C" ORRERY_EXPORT const orrery_plugin orrery_plugin_0{};
