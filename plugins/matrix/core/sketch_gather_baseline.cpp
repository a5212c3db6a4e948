// The loop of sparse sketches in the instructions of this build: baseline.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketch_gather_loops.hpp"

namespace orrery::matrix::detail::baseline {

template <>
Gather<float> gather<float>() {
  return &gather_tile<float>;
}
template <>
Gather<double> gather<double>() {
  return &gather_tile<double>;
}

}  // namespace orrery::matrix::detail::baseline
