// Frames in any dimension carried along a curve by matrix exponentials; private to the reconstruction files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "plugins/curve/core/natural_equations.hpp"

namespace orrery::curve {

/// The chain e_i' = v (k_i e_{i+1} - k_{i-1} e_{i-1}), r' = v e_1; hyperbolic: e_2' has + k_1 e_1.
struct MatrixFlow {
  std::size_t d = 0;
  std::span<const double> parameter;  ///< n
  std::span<const double> rates;      ///< (n - 1) x nodes x (d - 1), [1 / length]
  std::span<const double> speed;      ///< (n - 1) x nodes; empty: 1
  bool moves = true;                  ///< false: there is no r
  bool hyperbolic = false;            ///< the first sign turned around: e_2' has + k_1 e_1
  Integrator integrator = Integrator::magnus4;
  std::span<const double> start_position;  ///< d; empty: the origin
  std::span<const double> start_frame;     ///< d x d, vectors in rows; empty: the axes
  std::function<void(std::size_t)> progress;
};

struct MatrixFlowResult {
  std::vector<double> position;  ///< n x d; empty if nothing moves
  std::vector<double> frame;     ///< n x d x d, vectors in rows
};

/// @accuracy order 4 or 6 (runge_kutta: 4); rounding see reconstruct_general
/// @source Blanes, Casas, Oteo, Ros 2009; Higham 2008, chapter 10 (scaling and squaring)
MatrixFlowResult follow(const MatrixFlow& flow);

}  // namespace orrery::curve
