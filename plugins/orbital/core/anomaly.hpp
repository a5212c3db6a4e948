// Conversions between the mean, eccentric, true, hyperbolic and parabolic anomalies; revolutions are kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "plugins/orbital/core/eccentricity.hpp"

namespace orrery::orbital {

enum class AnomalyKind {
  mean,  ///< [rad] M = n t of an ellipse; N = sqrt(mu/|a|^3) t of a hyperbola; W = sqrt(mu/(2 q^3)) t of a parabola
  eccentric,     ///< [rad] E, ellipse only
  true_anomaly,  ///< [rad] f, angle from periapsis
  hyperbolic,    ///< [-] F, hyperbola only
  parabolic      ///< [-] D = tan(f/2), parabola only
};

/// Converts one anomaly of a conic into another; an ellipse keeps its revolutions (M, E and f differ by less than pi).
/// @param value [rad] or [-] any finite number; a true anomaly of an open orbit must lie between its asymptotes
/// @param eccentricity [-] e >= 0; one_minus_e = 0 is the parabola
/// @returns [rad] or [-] the other anomaly
/// @throws std::domain_error if an argument is outside its range, or if this conic has no such anomaly
/// @accuracy 4 ulp from the mean anomaly, 1 ulp to it from E, F or D (measured). From a true anomaly the condition of
/// the
///           problem comes in: near apoapsis as e -> 1, and near an asymptote, its own rounding decides
/// @source Broucke and Cefola, Celest. Mech. 7 (1973) 388, half-angle forms with two-argument arctangent
double convert_anomaly(double value, AnomalyKind from, AnomalyKind to, Eccentricity eccentricity);

/// The same for many; a bad row becomes a NaN and is counted, the others are not lost.
/// @param value n   @param eccentricity n or 1   @param result n
/// @returns the number of bad rows
/// @throws std::invalid_argument if lengths do not match
std::size_t convert_anomaly(std::span<const double> value, AnomalyKind from, AnomalyKind to,
                            std::span<const Eccentricity> eccentricity, std::span<double> result);

/// The single steps; @throws and @accuracy as convert_anomaly.
double mean_from_eccentric(double eccentric, Eccentricity eccentricity);
double true_from_eccentric(double eccentric, Eccentricity eccentricity);
double eccentric_from_true(double true_anomaly, Eccentricity eccentricity);
double mean_from_hyperbolic(double hyperbolic, Eccentricity eccentricity);
double true_from_hyperbolic(double hyperbolic, Eccentricity eccentricity);
double hyperbolic_from_true(double true_anomaly, Eccentricity eccentricity);
double mean_from_parabolic(double parabolic);
double true_from_parabolic(double parabolic);
double parabolic_from_true(double true_anomaly);

}  // namespace orrery::orbital
