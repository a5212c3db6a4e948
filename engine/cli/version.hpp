// What this program is: version and build.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace orrery::cli {

std::string version();       ///< "0.1.0"
std::string build();         ///< "gcc 12.2.0, x86_64, release"
std::string version_text();  ///< "orrery 0.1.0 (gcc 12.2.0, x86_64, release)"

}  // namespace orrery::cli
