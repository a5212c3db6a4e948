// A multilayer perceptron that classifies: loss, exact gradient, and the sharpness of the loss.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::optimizer {

/// Layers of tanh, the last one linear. Without hidden layers it is logistic (softmax) regression.
/// Parameters: of each layer its weights, outputs x inputs by rows, then its biases.
struct Perceptron {
  std::vector<std::size_t> widths;  ///< inputs, hidden layers, classes; two or more, each >= 1
  double penalty = 0.0;             ///< [-] >= 0: penalty/2 times the sum of squares of all parameters

  std::size_t parameter_count() const;
};

/// Rows of features with their classes.
struct LabelledRows {
  std::span<const double> features;      ///< [-] k x inputs
  std::span<const std::int64_t> labels;  ///< k >= 1, each from 0 to classes - 1
};

/// The mean of minus the logarithm of the true class's softmax, and the penalty; with its gradient by back-propagation.
/// Of complex parameters it is the analytic continuation, which is what complex steps need.
/// @param net layers   @param rows data   @param parameters [-] n   @param gradient [-] n, written; or none
/// @returns [-] the loss   @accuracy gradient: 1e-14 of its largest element on Fisher's irises
/// @source Rumelhart, Hinton and Williams 1986
template <class T>
T perceptron_loss(const Perceptron& net, const LabelledRows& rows, std::span<const T> parameters,
                  std::span<T> gradient);

/// How many rows have their true class on top.
std::size_t correct_rows(const Perceptron& net, const LabelledRows& rows, std::span<const double> parameters);

/// The largest eigenvalue of the loss's Hessian, by Lanczos iterations with full orthogonalisation on exact products.
/// @param iterations >= 1; as many as parameters give it to rounding   @returns [-] it, from below
/// @accuracy 1e-10 relative once the iterations have converged
/// @source Golub and Van Loan 2013, section 10.1; products: Squire and Trapp 1998, a complex step of the gradient
double sharpness(const Perceptron& net, const LabelledRows& rows, std::span<const double> parameters,
                 std::size_t iterations);

}  // namespace orrery::optimizer
