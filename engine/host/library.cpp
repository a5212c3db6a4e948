// Opening a plugin's shared library with Boost.DLL.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/core/demangle.hpp>
#include <boost/dll/shared_library.hpp>

#include <mutex>
#include <string>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/host/float_environment.hpp"

namespace orrery::host {
namespace {

using base::ErrorCode;
using boost::dll::shared_library;

/// Keeps every library for the life of the process; it is not destroyed, or libraries would close at exit.
void keep_forever(shared_library library) {
  static std::mutex mutex;
  static auto* const kept = new std::vector<shared_library>();
  const std::lock_guard lock(mutex);
  kept->push_back(std::move(library));
}

/// What dlerror said, without what Boost puts around it and without the path, which the reader has already.
std::string loader_message(std::string_view text, const std::string& path) {
  constexpr std::string_view head = "dlerror system message: ";
  if (const auto at = text.find(head); at != text.npos) {
    text.remove_prefix(at + head.size());
    text = text.substr(0, text.rfind("): "));  // what follows is the text of an errno that nobody set
  }
  if (text.starts_with(path + ": ")) text.remove_prefix(path.size() + 2);
  return base::printable(text);
}

base::Error refusal(const std::string& message) {
  constexpr std::string_view symbol = "undefined symbol: ", library = ": cannot open shared object file";
  if (message.starts_with(symbol)) {
    const std::string name = message.substr(symbol.size());
    return {ErrorCode::plugin_unresolved,
            "it needs the symbol '" + boost::core::demangle(name.c_str()) + "', which nothing provides"};
  }
  if (const auto at = message.find(library); at != message.npos)
    return {ErrorCode::plugin_unresolved, "it needs the library '" + message.substr(0, at) + "', which is not there"};
  const bool version = message.find("' not found (required by ") != message.npos;
  return {version ? ErrorCode::plugin_unresolved : ErrorCode::plugin_not_library, "the loader refuses it: " + message};
}

/// An exception of a constructor in the library: some builds let it through the loader, others end the process.
base::Error threw(std::string_view message) {
  base::Error error(ErrorCode::plugin_threw, "it threw an exception while it was loaded");
  if (!message.empty()) error.notes.push_back("its message: " + base::printable(message));
  return error;
}

base::Result<shared_library> load(const std::filesystem::path& path) {
  namespace load_mode = boost::dll::load_mode;
  try {
    return shared_library(path, load_mode::rtld_now | load_mode::rtld_local);
  } catch (const std::exception& problem) {
    const std::string_view message = problem.what();
    if (message.starts_with("boost::dll::")) return refusal(loader_message(message, path.string()));
    return threw(message);
  } catch (...) {
    return threw("");
  }
}

}  // namespace

base::Result<OpenLibrary> open_library(const std::filesystem::path& path) {
  const FloatEnvironment before = FloatEnvironment::current();
  auto library = load(std::filesystem::absolute(path));
  const bool changed = before.restore_if_changed();
  if (!library) return std::move(library).errors();
  if (!library->has(ORRERY_ENTRY_SYMBOL)) {
    keep_forever(std::move(*library));
    return base::Error(ErrorCode::plugin_no_symbol, "it does not export '" ORRERY_ENTRY_SYMBOL "'");
  }
  const OpenLibrary opened{&library->get<const orrery_plugin>(ORRERY_ENTRY_SYMBOL), changed};
  keep_forever(std::move(*library));
  return opened;
}

}  // namespace orrery::host
