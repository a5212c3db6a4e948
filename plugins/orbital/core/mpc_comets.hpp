// Comet elements as the Minor Planet Center publishes them, one comet to a line.
// SPDX-License-Identifier: Apache-2.0
// Source: Minor Planet Center, "Ephemerides and Orbital Elements Format" (CometEls.txt).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orrery::orbital {

struct MpcComet {
  int number = 0;                     ///< of a periodic comet; 0 for none
  char orbit_type = 'C';              ///< C, P, D, X, A or I
  std::string provisional;            ///< packed designation; may be empty
  double perihelion_time = 0.0;       ///< [s] past J2000 TT
  double perihelion_distance = 0.0;   ///< [m] > 0
  double eccentricity = 0.0;          ///< [-] >= 0; exactly 1 for a parabola
  double argument_of_perihelion = 0;  ///< [rad] J2000.0
  double ascending_node = 0.0;        ///< [rad] J2000.0
  double inclination = 0.0;           ///< [rad] 0 to pi, J2000.0
  double epoch = 0.0;                 ///< [s] past J2000 TT of the perturbed solution; NaN for an unperturbed one
  double absolute_magnitude = 0.0;    ///< NaN if blank
  double slope = 0.0;                 ///< NaN if blank
  std::string name;                   ///< designation and name
  std::string reference;
};

/// All comets of a text; blank lines are passed over.
/// @throws std::invalid_argument naming line and columns of what is not as the format says
/// @accuracy angles and distance within 1.5 ulp of the decimals; perihelion time within 1e-6 s of them
std::vector<MpcComet> parse_mpc_comets(std::string_view text);

}  // namespace orrery::orbital
