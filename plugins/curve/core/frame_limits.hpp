// Frenet frames where the plain formulas give none: one-sided limits by order of vanishing, then rotation-minimising.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// How the frame of a sample was found.
enum class FrameStatus : std::uint8_t {
  regular,      ///< by the formulas
  limit,        ///< as the limit from one side, by derivatives of higher order
  transported,  ///< the tangent is known, the normals are those of a neighbour, carried along without turning
  unknown,      ///< not even a tangent: the frame is a neighbour's, or the axes if no sample has one
};

enum class Side : std::uint8_t { right, left };

struct FrameOptions {
  Side side = Side::right;  ///< whose limit is taken
  DegeneracyOptions degeneracy;
  /// [parameter] If above 0: a derivative that over this length contributes less than relative_tolerance of the largest
  /// counts as zero; 0: derivatives are taken at their word.
  double parameter_scale = 0.0;
};

/// Frames of all samples, all orthonormal and positively oriented; nothing is nan.
struct FrameTable {
  std::size_t n = 0, d = 0;
  std::vector<double> speed;        ///< [length / parameter] n
  std::vector<double> frame;        ///< n x d x d, vectors in rows
  std::vector<double> curvatures;   ///< [1 / length] n x (d - 1); a limit may be 0 or infinite; unknown: 0
  std::vector<FrameStatus> status;  ///< n
  std::vector<std::size_t> order;   ///< n x d: order of the derivative that a frame vector is due to; 0: none; regular:
                                    ///< 1, 2, ..., also where the last curvature is 0
};

/// Let r^(k_1), r^(k_2), ... be the derivatives that bring a new direction. Then the j-th frame vector tends to
/// (+-1)^(k_j - j) times that direction from right and left, and the curvature kappa_j behaves like
/// h^(k_(j+1) - k_j - k_1), so that it tends to 0, to infinity, or to a number.
/// @param derivatives m arrays n x d, m >= min(2, d); all of them are used   @param n samples   @param d >= 2
/// @param rounding noise of each row of each derivative, or empty
/// @throws std::invalid_argument as curvature_from_derivatives; for d < 2
/// @accuracy regular samples as curvature_from_derivatives; limits 1e-15 for directions, 1e-14 for curvatures
/// @source Kuehnel 2015, chapter 2 (frame in R^n); Bishop 1975 (parallel frames); the limits follow from Taylor's
///   theorem and the Wronskian of monomials
FrameTable frames_with_limits(std::span<const std::span<const double>> derivatives, std::size_t n, std::size_t d,
                              const FrameOptions& options = {}, std::span<const std::vector<double>> rounding = {});

/// The same from a table of derivatives, whose noise decides what is zero.
FrameTable frames_with_limits(const DerivativeTable& table, const FrameOptions& options = {});

}  // namespace orrery::curve
