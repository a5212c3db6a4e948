// The three ways from samples to derivatives, each filling a table; private to samples.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "plugins/curve/core/samples.hpp"

namespace orrery::curve {

/// A table of zeros for a curve that has been checked.
DerivativeTable empty_table(const SampledCurve& curve, std::size_t count);

/// Each fills `table` for its number of derivatives; the curve has been checked.
void fill_by_finite_differences(const SampledCurve& curve, std::size_t order, DerivativeTable& table);
void fill_by_spline(const SampledCurve& curve, std::size_t degree, DerivativeTable& table);
void fill_by_trigonometric_interpolation(const SampledCurve& curve, DerivativeTable& table);

}  // namespace orrery::curve
