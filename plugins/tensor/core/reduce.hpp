// Reductions of a tensor along one axis or over all elements.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "plugins/tensor/core/element.hpp"
#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

/// The axis to reduce, negative from the end; empty: all elements.
using Axis = std::optional<std::int64_t>;

/// Shape of a reduction's result: the axis is gone, or stays with length 1 if `keep` is set; (), or all ones, for all
/// elements.
/// @throws std::out_of_range for an axis that does not exist
Shape reduced_shape(ShapeView shape, Axis axis, bool keep = false);

// All below: `out` holds element_count(reduced_shape(in.shape, axis)) elements. nan in a line gives nan for that line.
// @throws std::out_of_range for an axis that does not exist; std::invalid_argument if a size is wrong.

/// Sum; 0 for an empty line. T: double, float, std::int64_t, Complex.
/// @throws std::out_of_range if an integer sum does not fit   @accuracy 1 ulp (see CompensatedSum); integers exact
template <typename T>
void sum(View<T> in, Axis axis, std::span<T> out);

/// Arithmetic mean. T: double, float, std::int64_t, Complex.
/// @throws std::invalid_argument for an empty line   @accuracy 1.5 ulp; integers as long as the sum fits
template <typename T>
void mean(View<T> in, Axis axis, std::span<Mean<T>> out);

/// Product; 1 for an empty line. No partial product over- or underflows. T: double, float, std::int64_t, Complex.
/// @throws std::out_of_range if an integer product does not fit   @accuracy reals 1 ulp; complex n ulp; integers exact
template <typename T>
void product(View<T> in, Axis axis, std::span<T> out);

/// Smallest and largest element. T: double, float, std::int64_t.   @throws std::invalid_argument for an empty line
template <typename T>
void minimum(View<T> in, Axis axis, std::span<T> out);
template <typename T>
void maximum(View<T> in, Axis axis, std::span<T> out);

/// Index along the axis (in the flattened tensor for all elements) of the first smallest and largest element; a nan
/// counts as both. T: double, float, std::int64_t.   @throws std::invalid_argument for an empty line
template <typename T>
void index_of_minimum(View<T> in, Axis axis, std::span<std::int64_t> out);
template <typename T>
void index_of_maximum(View<T> in, Axis axis, std::span<std::int64_t> out);

/// Euclidean norm; 0 for an empty line. T: double, float, std::int64_t, Complex.
/// @accuracy 1 ulp from the smallest to the largest numbers, without over- or underflow on the way   @source Blue 1978
template <typename T>
void norm(View<T> in, Axis axis, std::span<Real<T>> out);

/// 1 if any (all) elements differ from 0; 0 (1) for an empty line; nan differs from 0.
/// T: double, float, std::int64_t, Complex, Truth.
template <typename T>
void any(View<T> in, Axis axis, std::span<Truth> out);
template <typename T>
void all(View<T> in, Axis axis, std::span<Truth> out);

}  // namespace orrery::tensor
