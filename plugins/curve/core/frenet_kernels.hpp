// The geometry of one sample: plane and space in closed form, higher dimensions by orthogonalisation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugins/curve/core/curvature.hpp"
#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

/// One sample's derivatives, each scaled by a power of two so that its largest entry is near 1.
/// Private to the curvature files; made once and filled again for each sample.
struct ScaledSample {
  std::size_t d = 0;
  std::vector<std::vector<double>> derivative;  ///< derivative[k]: (k+1)-th derivative times 2^-exponent[k]
  std::vector<int> exponent;
  std::vector<double> noise;  ///< absolute noise of derivative[k], on the same scale
};

/// What a kernel finds. `frame` has room for frame_size x d numbers and starts as zeros.
struct LocalGeometry {
  double speed = 0.0;
  std::vector<double> curvatures;  ///< c
  std::span<double> frame;
  std::size_t rank = 0;
  PointStatus status = PointStatus::ok;
};

/// Length of a vector, correctly rounded but for 1e-4 ulp; entries must be of order 1 or less.
double scaled_norm(std::span<const double> vector);

/// True if the part of the second derivative that is normal to the tangent is not more than rounding.
bool is_straight(const ScaledSample& sample, double speed, double normal_part, double relative_tolerance);

/// Kernels for d = 1, d = 2, d = 3 and d >= 4. `out.speed` is on the scale of sample.exponent[0]
/// and must be positive on entry; the curvatures come out on the true scale.
void line_geometry(const ScaledSample& sample, LocalGeometry& out);
void plane_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out);
void space_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out);
void general_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out);

}  // namespace orrery::curve
