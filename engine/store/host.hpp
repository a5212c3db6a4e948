// The machine that a run happens on, as the manifest tells it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace orrery::store {

std::string host_name();
std::string user_name();
std::string system_name();  ///< "Linux 6.1.0 x86_64"
std::string cpu_model();
unsigned core_count();

/// How this thread rounds: "round to nearest", and ", flush to zero" or ", denormals are zero" where that is on.
std::string float_environment();

}  // namespace orrery::store
