// Which instruction sets this processor has, as CMakeLists.txt names them for the files of kernels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::orbital::detail {

/// False on other processors than x86-64.
bool has_avx2() noexcept;
bool has_avx2_and_fma() noexcept;
bool has_avx512() noexcept;  ///< the parts F, DQ and VL

}  // namespace orrery::orbital::detail
