// The builds of the product's tiles, one for each instruction set; private to the product_kernel files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/product_kernel.hpp"

namespace orrery::matrix::detail {

ProductKernel<float> baseline_float();
ProductKernel<double> baseline_double();
#if defined(__x86_64__)
ProductKernel<float> avx2_float();
ProductKernel<double> avx2_double();
ProductKernel<float> avx512_float();
ProductKernel<double> avx512_double();
#endif

}  // namespace orrery::matrix::detail
