// Frames as quaternions, and the checks that all reconstructions share; private to the reconstruction files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "plugins/curve/core/natural_equations.hpp"

namespace orrery::curve {

/// Unit quaternion (w, x, y, z) that turns the axes into the rows of an orthonormal, right-handed frame.
/// @accuracy 1e-15   @source Shepperd 1978
std::array<double, 4> rotation_of(std::span<const double> frame);

/// The frame of a quaternion, vectors in rows; it need not have length 1.
std::array<double, 9> frame_of(const std::array<double, 4>& rotation);

/// Largest |F F^T - 1| over frames of d x d numbers; 0 if there are none.
double orthonormality_defect(std::span<const double> frames, std::size_t d);

/// @throws std::invalid_argument unless the rows are finite and orthonormal to 1e-8, and, for d = 3, right-handed
void require_frame(std::span<const double> frame, std::size_t d);

/// @throws std::invalid_argument if torsion is given
void require_no_torsion(const NaturalEquations& equations);

/// @throws std::overflow_error naming the row where a result is not finite
void require_reached(std::span<const double> positions, std::size_t d);

}  // namespace orrery::curve
