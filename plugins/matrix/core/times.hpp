// Products of single numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

/// x y, without the detour that the product of std::complex makes for infinities.
template <class T>
constexpr T times(const T& x, const T& y) {
  if constexpr (is_complex<T>)
    return T(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
  else return x * y;
}

}  // namespace orrery::matrix
