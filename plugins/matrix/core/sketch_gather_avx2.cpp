// The loop of sparse sketches in the instructions of this build: avx2.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketch_gather_loops.hpp"

namespace orrery::matrix::detail::avx2 {

template <>
Gather<float> gather<float>() {
  return &gather_tile<float>;
}
template <>
Gather<double> gather<double>() {
  return &gather_tile<double>;
}

}  // namespace orrery::matrix::detail::avx2
