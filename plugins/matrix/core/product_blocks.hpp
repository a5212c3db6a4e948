// Products of dense matrices with a kernel of one's choice: packing, blocking, and the cut into parts.
// SPDX-License-Identifier: Apache-2.0
// Source: Goto, van de Geijn 2008.
#pragma once

#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/product_kernel.hpp"

namespace orrery::matrix::detail {

/// out = factor op_a(a) op_b(b), or out += that. The sizes fit.
template <class T>
void multiply_with(const ProductKernel<Real<T>>& kernel, Real<T> factor, bool add, Op op_a, View<const T> a, Op op_b,
                   View<const T> b, View<T> out, const Workers& workers);

}  // namespace orrery::matrix::detail
