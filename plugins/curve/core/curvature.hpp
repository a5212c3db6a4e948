// Curvatures and Frenet frames of a curve in R^d from its derivatives.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace orrery::curve {

/// What a sample is good for. The order of the tests is: stationary, straight, ok.
enum class PointStatus : std::uint8_t {
  ok,          ///< speed and curvature are both clearly positive
  stationary,  ///< the speed vanishes: no tangent, no curvature
  straight,    ///< the curvature vanishes: no principal normal (in the plane the left normal still exists)
};

/// From when on a number counts as zero.
struct DegeneracyOptions {
  /// [-] The part of r'' (and of each later derivative) that is new in direction counts as zero
  /// if it is at most this fraction of its length. The default is what rounding of the inputs explains.
  double relative_tolerance = 8.0 * std::numeric_limits<double>::epsilon();
  /// [length / parameter] A speed at or below this counts as zero.
  double speed_floor = 0.0;
};

/// The derivatives of a curve by a parameter u; the curve's own parameter is t = unit * u.
/// Geometry does not depend on the parameter, so tables are made with a u of spacing near 1, which cannot overflow.
struct DerivativeTable {
  std::size_t n = 0;                        ///< samples
  std::size_t d = 0;                        ///< dimension
  double unit = 1.0;                        ///< [parameter] length of one step of u
  std::vector<std::vector<double>> values;  ///< values[k - 1]: the k-th derivative, n x d
  std::vector<std::vector<double>>
      rounding;  ///< rounding[k - 1]: absolute noise of each row, n; empty if the values are exact

  /// The k-th derivative by t, n x d.   @param k 1 <= k <= values.size()   @throws std::out_of_range
  [[nodiscard]] std::vector<double> by_parameter(std::size_t k) const;
};

/// The local geometry of a curve at n samples. With m derivatives in R^d there are c = min(m, d) - 1 curvatures
/// and f frame vectors, f = d if m >= d - 1, else m.
/// Where something is not defined it is 0, and `status` and `rank` say so; nothing is ever nan.
struct FrenetData {
  std::size_t n = 0;
  std::size_t d = 0;
  std::size_t curvature_count = 0;       ///< c
  std::size_t frame_size = 0;            ///< f
  std::vector<double> speed;             ///< [length / parameter] n
  std::vector<double> curvature;         ///< [1 / length] n, never negative; 0 where not ok
  std::vector<double> signed_curvature;  ///< [1 / length] n, positive to the left; only for d = 2
  std::vector<double> torsion;  ///< [1 / length] n, positive for a right-handed helix; only for d = 3 and m >= 3
  std::vector<double>
      curvatures;  ///< [1 / length] n x c; all positive but the (d-1)-th, which has the sign of the orientation
  std::vector<double> frame;        ///< [-] n x f x d: tangent, normal, binormal, ...; positively oriented when f = d
  std::vector<PointStatus> status;  ///< n
  std::vector<std::size_t> rank;    ///< n; the first `rank` frame vectors are defined
  std::size_t stationary_count = 0;
  std::size_t straight_count = 0;
};

/// Speed, curvatures and frame from the first m derivatives, each n x d, row-major.
/// @param derivatives m arrays n x d, first derivative first; m >= min(2, d); derivatives beyond the d-th are not used
/// @param n samples, any   @param d dimension, d >= 1
/// @returns one row for each sample
/// @throws std::invalid_argument for a wrong size, too few derivatives, or a value that is not finite (the row is
/// named)
/// @accuracy measured against 113-bit arithmetic on the same doubles, sizes 1e-150 .. 1e150, also for r'' within 1e-12
/// of
///   parallel to r': d <= 3: speed 0.5 ulp, curvature 4.9 ulp, torsion 4.4 ulp; d >= 4: 0.6 ulp; frame orthonormal to
///   1e-15
/// @source do Carmo 1976, section 1-5; Kuehnel 2015, chapter 2 (R^n, sign of the last curvature)
FrenetData curvature_from_derivatives(std::span<const std::span<const double>> derivatives, std::size_t n,
                                      std::size_t d, const DegeneracyOptions& options = {});

/// The same from a table; its noise raises the limits below which speed (8 times) and curvature (once) count as zero.
FrenetData curvature_from_table(const DerivativeTable& table, const DegeneracyOptions& options = {});

/// Centre of the osculating circle at each sample: r + N / kappa.
/// @param points [length] n x d, the samples that `geometry` belongs to
/// @returns [length] n x d; infinity in every column where the status is not ok
/// @throws std::invalid_argument if the sizes differ, a point is not finite, or the geometry has no normal (d = 1)
/// @accuracy 4 ulp of the larger of |r| and 1 / kappa   @source do Carmo 1976, section 1-5
std::vector<double> centres_of_curvature(std::span<const double> points, const FrenetData& geometry);

}  // namespace orrery::curve
