// Element-wise arithmetic and reductions on operands, with NumPy's broadcasting; the numerics under expressions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "engine/plan/evaluate.hpp"

namespace orrery::plan {

/// Real numbers in SI units: f64, or i64 where they were whole numbers. Error, without position: bad_operands.
base::Result<Operand> to_si(Operand operand);

bool is_tensor_of(const Operand& operand, value::DType type);
bool is_whole(const Operand& operand);  ///< i64 for certain

using Kernel = double (*)(double, double);
using WholeKernel = bool (*)(std::int64_t, std::int64_t, std::int64_t*);  ///< false when the result does not fit
using Comparison = bool (*)(double, double);

/// f64 of the kernel over both, shapes broadcast. Error, without position: bad_operands (shapes).
base::Result<Operand> elementwise(const Operand& a, const Operand& b, const value::Unit& unit, Kernel kernel);
base::Result<Operand> elementwise_whole(const Operand& a, const Operand& b, WholeKernel kernel);
base::Result<Operand> compare(const Operand& a, const Operand& b, Comparison comparison);
base::Result<Operand> logical(const Operand& a, const Operand& b, bool (*kernel)(bool, bool));
Operand map(const Operand& a, const value::Unit& unit, double (*kernel)(double));
/// One number from all elements. Error, without position: bad_operands (nothing to reduce).
base::Result<Operand> reduce(const Operand& a, const value::Unit& unit, double (*kernel)(std::span<const double>));
/// a or b, by one truth value. Error, without position: bad_operands.
base::Result<Operand> choose(const Operand& condition, Operand a, Operand b);

/// The numbers of a tensor as doubles.
std::vector<double> doubles(const value::Tensor& tensor);

Operand constant(double number, const value::Unit& unit);
Operand truth(bool value);
/// An operand of a shape that has no value yet.
Operand unknown(value::DType type, const value::Unit& unit, std::optional<std::vector<Extent>> shape);

}  // namespace orrery::plan
