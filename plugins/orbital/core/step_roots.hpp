// All sign changes of a smooth function along a step.
// SPDX-License-Identifier: Apache-2.0
//
// Trefethen, Approximation Theory and Approximation Practice (2013) chapters 3 and 18 (interpolation in Chebyshev
// points, splitting); Farouki, Computer Aided Geometric Design 29 (2012) 379 (Bernstein form, variation diminishing);
// Chandrupatla, Advances in Engineering Software 28 (1997) 145 (bracketed roots).
#pragma once

#include <functional>
#include <vector>

namespace orrery::orbital {

struct StepRoot {
  double at = 0.0;      ///< from the begin of the step
  bool rising = false;  ///< from below zero to above, in the direction of the step
};

/// Finds where f changes its sign between 0 and the length, in order. f is replaced by its interpolant in Chebyshev
/// points, on parts of the step that are halved until 17 points resolve it; the interpolant's Bernstein coefficients
/// isolate its roots, none of which is missed; each is then found on f itself, in an interval at whose ends f differs
/// in sign.
/// @param length of the step, of either sign   @param positive the sign of f at the begin; a change there is a root
/// @param noise the size of f's own rounding errors; a function that is nowhere larger has no roots
/// @returns the sign of f at the end, which the next step begins with
/// @accuracy 2 roundings of the length, plus noise over |f'|
bool find_step_roots(const std::function<double(double)>& f, double length, bool positive, double noise,
                     std::vector<StepRoot>& roots);

/// A root of f between a and b, where its signs differ.
double bracketed_root(const std::function<double(double)>& f, double a, double fa, double b, double fb);

/// All sign changes of a polynomial on [0, 1] given by its Bernstein coefficients, as intervals with one change each.
/// @param polish called with the ends of each
void isolate_bernstein(std::vector<double> coefficients, double low, double high, int depth,
                       const std::function<void(double, double)>& polish);

}  // namespace orrery::orbital
