// Which instruction sets this processor has.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/instruction_sets.hpp"

namespace orrery::orbital::detail {

#if defined(__x86_64__)
bool has_avx2() noexcept { return __builtin_cpu_supports("avx2"); }
bool has_avx2_and_fma() noexcept { return has_avx2() && __builtin_cpu_supports("fma"); }
bool has_avx512() noexcept {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
bool has_avx2() noexcept { return false; }
bool has_avx2_and_fma() noexcept { return false; }
bool has_avx512() noexcept { return false; }
#endif

}  // namespace orrery::orbital::detail
