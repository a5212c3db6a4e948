// Which build of the loop of sparse sketches this machine can run.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketch_gather.hpp"

namespace orrery::matrix::detail {

template <class R>
Gather<R> fastest_gather() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return avx512::gather<R>();
  if (__builtin_cpu_supports("avx2")) return avx2::gather<R>();
#endif
  return baseline::gather<R>();
}

template Gather<float> fastest_gather<float>();
template Gather<double> fastest_gather<double>();

}  // namespace orrery::matrix::detail
