// The check for our own mistakes: always on, says where, ends the process with a core.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::base {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

#define ORRERY_ASSERT(condition) \
  ((condition) ? void() : ::orrery::base::assertion_failed(#condition, __FILE__, __LINE__))
