// What this program is.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/version.hpp"

#ifndef ORRERY_VERSION
#define ORRERY_VERSION "0.0.0"
#endif

namespace orrery::cli {
namespace {

std::string compiler() {
#if defined(__clang__)
  return __VERSION__;
#else
  return std::string("gcc ") + __VERSION__;
#endif
}

std::string machine() {
#if defined(__x86_64__)
  return "x86_64";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "unknown machine";
#endif
}

}  // namespace

std::string version() { return ORRERY_VERSION; }

std::string build() {
#if defined(NDEBUG)
  return compiler() + ", " + machine() + ", release";
#else
  return compiler() + ", " + machine() + ", debug";
#endif
}

std::string version_text() { return "orrery " + version() + " (" + build() + ")"; }

}  // namespace orrery::cli
