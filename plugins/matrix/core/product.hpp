// Products of dense matrices, fast and with the same bits for any number of threads and on any processor.
// SPDX-License-Identifier: Apache-2.0
// Sources: Goto, van de Geijn 2008 (packing and blocking for the caches); Van Zee, van de Geijn 2015 (the
// micro-kernel).
#pragma once

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// What is done to a factor: nothing, the transpose, or the conjugate transpose (the transpose of a real matrix).
enum class Op { none, transpose, adjoint };

/// out = op_a(a) op_b(b), for float, double and Complex. `out` overlaps neither factor.
///
/// An element is a sum over k of fused multiply-adds in parts of fixed length, added in a fixed order, so that its bits
/// depend on nothing but its row of op_a(a), its column of op_b(b), and the three sizes of the product.
/// @param a [*] rows x inner after op_a   @param b [*] inner x cols after op_b   @param out [*] rows x cols
/// @throws std::invalid_argument if the sizes do not fit
/// @accuracy |error| <= 1.1 (256 + inner/256) eps |op_a(a)| |op_b(b)| elementwise, in practice a tenth of it
/// @source Goto, van de Geijn 2008
template <class T>
void multiply(Op op_a, In<T> a, Op op_b, In<T> b, View<T> out, const Workers& workers = in_caller());

/// The same, into a new matrix: product<double>(...).
template <class T>
Matrix<T> product(Op op_a, In<T> a, Op op_b, In<T> b, const Workers& workers = in_caller());

/// out += factor op_a(a) op_b(b).
template <class T>
void multiply_add(Real<T> factor, Op op_a, In<T> a, Op op_b, In<T> b, View<T> out,
                  const Workers& workers = in_caller());

/// a^H a, exactly Hermitian: gram<double>(a).
template <class T>
Matrix<T> gram(In<T> a, const Workers& workers = in_caller());

}  // namespace orrery::matrix
