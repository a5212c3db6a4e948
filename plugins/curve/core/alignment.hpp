// The motion that brings one set of points nearest to another, and distances between curves.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::curve {

/// Whether the best fit may be a mirror image.
enum class Reflection : std::uint8_t {
  forbid,  ///< a rotation, the nearest one
  allow,   ///< whichever of rotation and reflection is nearer
};

struct AlignOptions {
  bool scale = false;  ///< find a factor as well
  Reflection reflection = Reflection::forbid;
  double tolerance = 1e-12;  ///< [-] > 0; the verdict is relative_residual <= tolerance
};

/// target ~ scale * rotation * source + shift.
struct Alignment {
  std::vector<double> rotation;    ///< [-] d x d, orthogonal
  std::vector<double> shift;       ///< [length] d
  double scale = 1.0;              ///< [-]
  bool reflected = false;          ///< the determinant of `rotation` is -1
  bool unique = true;              ///< false where points are too special for one best motion (a line in space)
  std::vector<double> residuals;   ///< [length] n, distance of each pair
  double rms_residual = 0.0;       ///< [length]
  double max_residual = 0.0;       ///< [length]
  double relative_residual = 0.0;  ///< [-] max_residual over the largest distance of a target point from their mean
  bool is_congruent = false;
};

/// The least-squares motion of paired points.
/// @param source [length] n x d   @param target [length] n x d   @param n n >= 1   @param d d >= 1
/// @throws std::invalid_argument for sizes that differ, a value that is not finite, an option out of range, or a scale
///   wanted of points that all coincide
/// @accuracy congruent sets: relative residual 1e-15, and orthogonal to 1e-15, measured for d = 2, 3, 5
/// @source Kabsch 1976; Umeyama 1991
Alignment align(std::span<const double> source, std::span<const double> target, std::size_t n, std::size_t d,
                const AlignOptions& options = {});

/// Discrete Frechet distance: the shortest leash with which two walkers can go along both sequences of points, each
/// standing still or stepping on, never back.
/// @param a [length] n x d   @param b [length] m x d   @returns [length]
/// @throws std::invalid_argument for a wrong size, no points, or a value that is not finite
/// @accuracy 1 ulp, sizes 1e-150 .. 1e150   @source Eiter, Mannila 1994; in O(n m) time and O(m) memory
double frechet_distance(std::span<const double> a, std::span<const double> b, std::size_t d);

struct Hausdorff {
  double distance = 0.0;      ///< [length] the larger of the two below
  double from_first = 0.0;    ///< [length] farthest that a point of the first is from the second set
  double from_second = 0.0;   ///< [length]
  std::size_t first_row = 0;  ///< the point of the first set that is farthest
  std::size_t second_row = 0;
};

/// Hausdorff distance of two sets of points. Arguments, errors and accuracy as frechet_distance.
/// @source Hausdorff 1914, chapter VIII
Hausdorff hausdorff_distance(std::span<const double> a, std::span<const double> b, std::size_t d);

}  // namespace orrery::curve
