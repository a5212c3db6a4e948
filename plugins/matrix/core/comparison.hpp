// Rules for choosing columns side by side: error, size of the coefficients, operations and time.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Van Loan 2013 (operation counts); Eckart, Young 1936 (the floor).
#pragma once

#include <vector>

#include "plugins/matrix/core/interpolative.hpp"

namespace orrery::matrix {

struct Compared {
  ColumnChoice choice{};
  double relative_error = 0.0;  ///< |a - c z| / |a|, computed in full; 0 for a matrix of zeros
  double ratio = 1.0;           ///< error over the floor; 1 where both are round-off
  double largest_coefficient = 0.0;
  Index chosen = 0, swaps = 0;
  double flops = 0.0;    ///< leading_flops
  double seconds = 0.0;  ///< of choice and coefficients together, by the clock
};

struct Comparison {
  double floor = 0.0;  ///< the least Frobenius norm of an error of this rank
  std::vector<Compared> rows;
};

/// Runs the rules in order: compare_choices<double>(a, choices, options, random). options.choice is not read.
/// @throws what interpolative throws   @accuracy errors and floor 1e-15 sqrt(cols) |a| absolutely
template <class T>
Comparison compare_choices(In<T> a, const std::vector<ColumnChoice>& choices, const InterpolativeOptions& options,
                           const Random& random, const Workers& workers = in_caller());

/// The leading term of the operations that a rule takes for its choice and its coefficients; exchanges not counted.
double leading_flops(ColumnChoice choice, Index rows, Index cols, const InterpolativeOptions& options);

}  // namespace orrery::matrix
