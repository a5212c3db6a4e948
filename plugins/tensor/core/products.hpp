// Differences along an axis, dot and cross products along the last axis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "plugins/tensor/core/element.hpp"
#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

/// Differences of neighbours along an axis, taken `order` times: the axis gets shorter by `order`, at most to 0.
/// @param order order >= 0   @throws std::out_of_range for an axis that does not exist or a negative order
Shape differenced_shape(ShapeView shape, std::int64_t axis, std::int64_t order = 1);

/// T: double, float, std::int64_t, Complex.   @param out holds element_count(differenced_shape(...)) elements
/// @throws std::invalid_argument if a size is wrong; std::out_of_range also if an integer difference does not fit
/// @accuracy each difference is rounded once
template <typename T>
void difference(View<T> in, std::int64_t axis, std::int64_t order, std::span<T> out);

/// Shape of a dot product: the last axes must be equal and go, the others are broadcast.
/// @throws std::invalid_argument if the last axes differ, a scalar is given, or the others do not broadcast
Shape dot_shape(ShapeView a, ShapeView b);

/// sum_i a_i b_i along the last axis (no complex conjugate is taken). T: double, float, std::int64_t, Complex.
/// @accuracy double: 1 ulp, plus n 2^-106 times the sum of |a_i b_i|   @source Ogita, Rump, Oishi 2005
/// @throws std::out_of_range if an integer result does not fit
template <typename T>
void dot(View<T> a, View<T> b, std::span<T> out);

/// Shape of a cross product: both last axes have length 3, the others are broadcast.
Shape cross_shape(ShapeView a, ShapeView b);

/// Cross product of the vectors along the last axis. T: double, float, Complex.
/// @accuracy double and float: 1.5 ulp for each component   @source Kahan; Jeannerod, Louvet, Muller 2013
template <typename T>
void cross(View<T> a, View<T> b, std::span<T> out);

}  // namespace orrery::tensor
