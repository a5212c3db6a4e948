// Circle, sphere and helix that touch a curve closest, at every sample.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugins/curve/core/frame_limits.hpp"

namespace orrery::curve {

/// Where one does not exist its centre, radius and pitch are infinite; nothing is nan.
struct Osculating {
  std::vector<double> centre;          ///< [length] n x d, of the circle: r + N / kappa
  std::vector<double> radius;          ///< [length] n: 1 / kappa
  std::vector<double> curvature_rate;  ///< [1 / length^2] n: d kappa / d arc; empty without third derivatives
  std::vector<double> sphere_centre;   ///< [length] n x 3: r + N / kappa - kappa_s / (kappa^2 tau) B; d = 3 only
  std::vector<double> sphere_radius;   ///< [length] n
  std::vector<double> helix_point;     ///< [length] n x 3: nearest point of its axis; d = 3 only
  std::vector<double> helix_axis;      ///< [-] n x 3: unit vector along tau T + kappa B
  std::vector<double> helix_radius;    ///< [length] n: kappa / (kappa^2 + tau^2)
  std::vector<double> helix_pitch;     ///< [length] n: 2 pi tau / (kappa^2 + tau^2); positive: right-handed
};

/// @param points [length] n x d   @param second, third derivatives by the parameter of `frames`, n x d; third may be
///   empty, then there is neither rate nor sphere
/// @param frames of the same samples; limits are used as they are, at samples that are not regular the rate is 0 and
/// the
///   sphere infinite
/// @throws std::invalid_argument for a wrong size or a value that is not finite
/// @accuracy measured on named curves: circle and helix 1e-14, sphere 1e-12, rate 1e-13   @source do Carmo 1976,
/// section 1-5 and exercise 1-7; Kuehnel 2015, chapter 2
Osculating osculating(std::span<const double> points, std::span<const double> second, std::span<const double> third,
                      const FrameTable& frames);

}  // namespace orrery::curve
