// What an ELF file says of itself, read without loading it: dlopen may crash on a bad file, this may not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace orrery::host {

struct ElfFacts {
  std::vector<std::string> exports;  ///< names of the symbols that the library defines for others
  std::vector<std::string> needed;   ///< names of the libraries that it needs
  bool no_delete = false;            ///< linked with -z nodelete
};

/// Reads the headers, segments and dynamic symbols of a shared library for this machine; no byte is trusted.
/// Errors: plugin_not_library, plugin_truncated, plugin_wrong_machine.
base::Result<ElfFacts> read_elf(std::string_view bytes);

/// A plugin exports its descriptor and nothing else. Errors: plugin_no_symbol, plugin_two_symbols.
base::Result<base::Done> check_exports(const ElfFacts& facts);

}  // namespace orrery::host
