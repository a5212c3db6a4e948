// Exact moments of the sign, of softsign and of the first step of Adam for a normal number, and their closed forms.
// SPDX-License-Identifier: Apache-2.0
//
// The number is x ~ N(r, 1): a component of a batch's gradient in units of its own noise. softsign is x/sqrt(x^2 +
// e^2), Adam's first step x/(|x| + e). r = g sqrt(B)/sigma and e = epsilon sqrt(B)/sigma in the words of gradients.
#pragma once

namespace orrery::optimizer {

/// First and second moment of the step in one coordinate.
struct StepMoments {
  double mean = 0.0;
  double second = 0.0;
};

/// E x/sqrt(x^2 + e^2), by one integral: sqrt(2/pi) r int_0^inf exp(-(r^2/2) tanh^2 u - (e^2/2) sinh^2 u)/cosh^2 u du.
/// @param r [-] any finite number   @param e [-] e >= 0   @returns [-] in [-1, 1]
/// @accuracy 5e-13 relative for r in 1e-4..400 and e in 1e-6..3000; erf(r/sqrt 2) for e = 0
/// @source 1/sqrt(a) = (2/sqrt pi) int exp(-y^2 a) dy averaged over the normal law, then the trapezoidal rule:
/// Trefethen and Weideman, SIAM Review 56 (2014) 385
double softsign_mean(double r, double e);

/// E x^2/(x^2 + e^2) = 1 - sqrt(pi/2) e Re w((r + i e)/sqrt 2), with the Faddeeva function w.
/// @param r [-] any finite number   @param e [-] e >= 0   @returns [-] in [0, 1]
/// @accuracy 4e-13 relative for r in 1e-4..400 and e in 1e-6..3000
/// @source trapezoidal rule with the residue of its pole, Chiarella and Reichel, Mathematics of Computation 22 (1968)
/// 137; continued fraction far out, Gautschi, SIAM Journal on Numerical Analysis 7 (1970) 187
double softsign_second(double r, double e);

/// Both moments.
StepMoments softsign_exact(double r, double e);

/// d/dr E x/sqrt(x^2 + e^2) at r = 0.
/// @param e [-] e >= 0   @returns [-] sqrt(2/pi) at e = 0, near 1/e for large e   @accuracy as softsign_mean
double softsign_slope(double e);

/// Both moments of x/(|x| + e).
/// @param r [-] any finite number   @param e [-] e >= 0   @accuracy 1e-12 relative for r in 1e-4..400, e in 1e-6..3000
/// @source Kingma and Ba, ICLR 2015 (the step); Gauss-Legendre on panels that follow the pole at -e
StepMoments adam_first_step_exact(double r, double e);

/// Moments of clip(x/e, -1, 1), in error functions; of the sign for e = 0.
/// @param r [-] any finite number   @param e [-] e >= 0   @accuracy 1e-13 relative of the clip's own moments
/// @source kexue.fm 10563 (mean); the second moment by integration of the parts
StepMoments clip_moments(double r, double e);

/// mean r/sqrt(r^2 + e^2 + c), second moment 1 - e^2/(r^2 + e^2 + c): c = pi/2 has the sign's slope, c = 1 the mean
/// field.
/// @param r [-] any finite number   @param e [-] e >= 0   @param c [-] c >= 0
/// @source kexue.fm 10563 (c = pi/2) and 11280 (c = 1)
StepMoments rational_moments(double r, double e, double c);

/// The exact second moment, and a rational mean whose c(e) = 1/slope^2 - e^2 has the exact slope at r = 0.
StepMoments corrected_moments(double r, double e);

/// c(e) of corrected_moments: pi/2 at e = 0, 3 for large e.
/// @param e [-] e >= 0   @returns [-] in [pi/2, 3]   @accuracy 1e-14 (1 + e^2) absolute up to e = 60, 1e-9 beyond
double corrected_constant(double e);

}  // namespace orrery::optimizer
