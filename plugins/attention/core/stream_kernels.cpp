// Which build of the kernels runs.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/stream_kernels.hpp"

#include <stdexcept>

namespace orrery::attention {

bool has(InstructionSet set) {
#if defined(__x86_64__)
  if (set == InstructionSet::avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  if (set == InstructionSet::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return set == InstructionSet::baseline;
}

template <class T>
const StreamKernels<T>& stream_kernels(InstructionSet set) {
  if (!has(set)) throw std::invalid_argument("this machine does not have the instruction set");
  switch (set) {
    case InstructionSet::avx512:
      return avx512_kernels(T());
    case InstructionSet::avx2:
      return avx2_kernels(T());
    default:
      return baseline_kernels(T());
  }
}

template <class T>
const StreamKernels<T>& stream_kernels() {
  static const InstructionSet best = has(InstructionSet::avx512) ? InstructionSet::avx512
                                     : has(InstructionSet::avx2) ? InstructionSet::avx2
                                                                 : InstructionSet::baseline;
  return stream_kernels<T>(best);
}

template const StreamKernels<float>& stream_kernels(InstructionSet);
template const StreamKernels<double>& stream_kernels(InstructionSet);
template const StreamKernels<float>& stream_kernels();
template const StreamKernels<double>& stream_kernels();

}  // namespace orrery::attention
