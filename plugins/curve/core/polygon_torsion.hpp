// Total torsion of a polygon: the turning of the planes of successive edges.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::curve {

/// Sum of the signed angles between the planes of successive pairs of edges. Repeated points are passed over; a corner
/// that is straight to rounding has no plane, and the planes before and after it are compared.
/// @param points [length] n x 3   @param closed adds the edge from the last point to the first
/// @returns [rad] positive for right-handed coils   @throws std::invalid_argument for a wrong size or a value that is
///   not finite   @accuracy 1e-15 for each angle of a clear corner
/// @source Banchoff, White 1975 (limit of inscribed polygons)
double polygon_total_torsion(std::span<const double> points, bool closed);

}  // namespace orrery::curve
